"""`outlisten claim`: promises written down, frozen, and tested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from outlisten.cli.application import open_application
from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from datetime import date

    from outlisten.app.decisions.claims.queries import Entry
    from outlisten.app.decisions.models import Claim, ClaimTest
    from outlisten.app.people.models import Account
    from outlisten.insights.effects import Verdict

Number = Annotated[int, typer.Argument(metavar="NUMBER", help=_("The number of the claim."))]
MaybeNumber = Annotated[int | None, typer.Argument(metavar="NUMBER", help=_("The number of the claim."))]
Text = Annotated[
    str, typer.Argument(metavar="TEXT", help=_("What is promised, in the words of whoever promises it."))
]
By = Annotated[str, typer.Option("--promised-by", metavar="NAME", help=_("Who promises it."))]
Promiser = Annotated[
    str, typer.Option(metavar="KIND", help=_("Who that is: person, team, agency or vendor."))
]
Metric = Annotated[
    str,
    typer.Option(metavar="METRIC", help=_("Measured by posts, authors, unhappy, negative or voice.")),
]
Of = Annotated[str, typer.Option("--of", metavar="NAME", help=_("The brand or topic that is measured."))]
Against = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME", help=_("A brand or topic to compare with; repeat for more.")),
]
Promised = Annotated[
    str, typer.Option(metavar="SIZE", help=_("How much, with its sign: -20% of what would have been, or +5."))
]
Day = Annotated[str, typer.Option(metavar="DATE", help=_("The day the effect begins: 2020-05-01."))]
LastDay = Annotated[str, typer.Option(metavar="DATE", help=_("The last day that counts."))]
MaybeDay = Annotated[
    str | None, typer.Option(metavar="DATE", help=_("The day the effect begins: 2020-05-01."))
]
MaybeLastDay = Annotated[str | None, typer.Option(metavar="DATE", help=_("The last day that counts."))]
MaybePromised = Annotated[
    str | None,
    typer.Option(metavar="SIZE", help=_("How much, with its sign: -20% of what would have been, or +5.")),
]
Instead = Annotated[
    int | None, typer.Option(metavar="NUMBER", help=_("The frozen claim that this one stands instead of."))
]
File = Annotated[
    str | None,
    typer.Option(
        "--file",
        metavar="CSV",
        help=_("Test a series instead: a column of days, one of values, any others as comparisons."),
    ),
]
KindOf = Annotated[
    str, typer.Option("--kind", metavar="KIND", help=_("What a series of a file holds: count or share."))
]


@command(where="store")
def add(
    session: Session, text: Text, *, promised_by: By, of: Of, promised: Promised, start: Day, until: LastDay,
    metric: Metric = "posts", promiser: Promiser = "agency", against: Against = None, instead: Instead = None,
) -> int:  # fmt: skip
    """Keeps a draft; freeze it before the promise begins."""
    app = open_application(session, "make_claim")
    from outlisten.app.decisions.claims import actions, queries
    from outlisten.app.decisions.claims.content import kind_of
    from outlisten.app.decisions.models import Claim
    from outlisten.insights.effects import read_size

    _one_of(session, "--metric", metric, Claim.Metric.values)
    _one_of(session, "--promiser", promiser, Claim.Promiser.values)
    size, relative = read_size(promised, kind_of(metric))
    claim = Claim(
        text=text, promised_by=promised_by, promiser=promiser, metric=metric, subject=_key(session, of),
        comparisons=[_key(session, name) for name in against or []], size=size, relative=relative,
        start=_day(session, "--start", start), until=_day(session, "--until", until),
        replaces=_claim(session, app.account, instead) if instead else None,
    )  # fmt: skip
    actions.write_down(claim, by=_actor(app.account))
    return _tell(session, queries.entry_of(claim))


@command(where="store")
def freeze(session: Session, number: Number) -> int:
    """From then on nobody can change it; the hash of its content is printed and stands in the audit log."""
    app = open_application(session, "make_claim")
    from outlisten.app.decisions.claims import actions, queries

    claim = actions.freeze(_claim(session, app.account, number), by=_actor(app.account))
    if queries.entry_of(claim).afterwards:
        session.say(
            session.words(
                "Written down afterwards: it was frozen after its start, so it can never be supported."
            )
        )
    return _tell(session, queries.entry_of(claim))


@command(where="store")
def run_test(
    session: Session, number: MaybeNumber = None, *, file: File = None, start: MaybeDay = None,
    until: MaybeLastDay = None, promised: MaybePromised = None, kind: KindOf = "count",
) -> int:  # fmt: skip
    """Every test of a claim is kept, whatever it finds. With --file nothing is kept and no home is needed."""
    if (number is None) == (file is None):
        raise WrongUsage(session.words("Name a claim by its number, or a series with --file."))
    if file is not None:
        return _test_file(session, file, start, until, promised, kind)
    app = open_application(session, "make_claim")
    from outlisten.app.decisions.claims import actions
    from outlisten.app.decisions.claims.content import content_of
    from outlisten.app.decisions.claims.shown import lead, shown

    claim = _claim(session, app.account, number)
    result = actions.test(claim, by=_actor(app.account))
    told = shown(result, content_of(claim))
    if session.json:
        session.emit(
            {"claim": claim.pk, **_test_json(result), "sentence": told.sentence, "verdict": result.result}
        )
        return 0
    session.print(lead(told.content, told))
    _say_bar(session, result)
    for line in (*told.reasons, *told.notes, *told.assumptions):
        session.print(f"  {line}")
    return 0


@command(where="store")
def list_claims(session: Session) -> int:
    """Every claim that was ever registered, the newest first."""
    app = open_application(session, "see_decisions")
    from outlisten.app.decisions.claims import queries
    from outlisten.cli.safe_text import on_one_line

    entries = queries.entries(_actor(app.account))
    if session.json:
        session.emit({"claims": [_entry_json(entry) for entry in entries]})
        return 0
    for entry in entries:
        session.print(
            f"{entry.claim.pk}\t{_state(session, entry)}\t{entry.claim.start}\t{on_one_line(entry.claim.text)}"
        )
    if not entries:
        session.say(session.words("No promise is written down yet."))
    return 0


@command(where="store")
def show(session: Session, number: Number) -> int:
    """One claim with everything that was promised and every test of it."""
    app = open_application(session, "see_decisions")
    from outlisten.app.decisions.claims import queries

    return _tell(session, queries.entry_of(_claim(session, app.account, number)))


def _test_file(
    session: Session, name: str, start: str | None, until: str | None, promised: str | None, kind: str
) -> int:
    """The verdict on a series of a file."""
    from outlisten.cli.series_files import read_series
    from outlisten.insights import effects

    if start is None or promised is None:
        raise WrongUsage(session.words("A series needs --start and --promised."))
    _one_of(session, "--kind", kind, ["count", "share"])
    sort: Any = kind
    size, relative = effects.read_size(promised, sort)
    last = _day(session, "--until", until) if until else None
    promise = effects.Promise(_day(session, "--start", start), size, relative, last)
    series = read_series(session, name, sort)
    verdict = effects.test(series, promise)
    sentence = effects.sentence(verdict, locale=session.locale, kind=sort, step=series.step)
    if session.json:
        session.emit({**verdict.as_json(), "sentence": sentence})
        return 0
    session.print(sentence)
    _print_details(session, verdict)
    return 0


def _print_details(session: Session, verdict: Verdict) -> None:
    for line in (*verdict.reasons, *verdict.notes, *verdict.assumptions):
        session.print(f"  {line.text(session.locale)}")


def _tell(session: Session, entry: Entry) -> int:
    """One claim in words, or everything about it as JSON."""
    from outlisten.app.decisions.claims.shown import lead, shown

    if session.json:
        session.emit({**_entry_json(entry), "tests": [_test_json(test) for test in entry.claim.tests.all()]})
        return 0
    session.print(f"{entry.claim.pk}\t{_state(session, entry)}")
    if entry.content is not None:
        told = shown(entry.counts, entry.content) if entry.counts else None
        session.print(lead(entry.content, told))
    if entry.claim.frozen:
        session.print(f"sha256 {entry.claim.digest}")
    if entry.counts is not None:
        _say_bar(session, entry.counts)
    return 0


def _say_bar(session: Session, result: ClaimTest) -> None:
    """Why what was found is no verdict."""
    said = {
        "early": session.words("Too early: the promise has not ended, so this is no verdict."),
        "afterwards": session.words(
            "Written down afterwards: it was frozen after its start, so it can never be supported."
        ),
    }
    if result.bar:
        session.print(said[result.bar])


def _state(session: Session, entry: Entry) -> str:
    if entry.counts is not None:
        return str(entry.counts.get_outcome_display())
    return session.words("frozen") if entry.claim.frozen else session.words("draft")


def _entry_json(entry: Entry) -> dict[str, object]:
    claim, counts = entry.claim, entry.counts
    return {
        "claim": claim.pk, "text": claim.text, "promised_by": claim.promised_by, "promiser": claim.promiser,
        "metric": claim.metric, "size": claim.size, "relative": claim.relative, "start": claim.start.isoformat(),
        "until": claim.until.isoformat(), "frozen": claim.frozen, "sha256": claim.digest or None,
        "content": entry.content.as_json() if entry.content else None, "afterwards": entry.afterwards,
        "untouched": entry.untouched, "replaces": claim.replaces.pk if claim.replaces else None,
        "outcome": counts.outcome if counts and counts.bar != "early" else None,
    }  # fmt: skip


def _test_json(test: ClaimTest) -> dict[str, object]:
    names = ("outcome", "finding", "bar", "effect", "low", "high", "detectable")
    return {"test": test.pk, "at": test.at.isoformat(), **{name: getattr(test, name) for name in names}}


def _claim(session: Session, account: Account | None, number: int | None) -> Claim:
    from django.http import Http404

    from outlisten.app.decisions.claims import queries

    try:
        return queries.claim(_actor(account), number or 0)
    except Http404:
        raise Refused(
            session.words("There is no claim {number}. `outlisten claim list` shows them.").format(
                number=number
            )
        ) from None


def _actor(account: Account | None) -> Any:
    """Before there is an owner nobody may make claims; the rules say so."""
    from django.contrib.auth.models import AnonymousUser

    return account or AnonymousUser()


def _key(session: Session, name: str) -> str:
    from outlisten.app.listening.queries.names import comparable
    from outlisten.cli.named_queries import called

    found = called(name)
    if found is None:
        known = ", ".join(one.name for one in comparable()) or session.words("none yet")
        raise Refused(
            session.words("There is no topic {name}. There are: {known}.").format(name=name, known=known)
        )
    return found.key


def _one_of(session: Session, option: str, given: str, known: list[str]) -> None:
    if given not in known:
        raise WrongUsage(
            session.words("{option} {given} is not known. Choose {known}.").format(
                option=option, given=given, known=", ".join(known)
            )
        )


def _day(session: Session, option: str, text: str) -> date:
    from datetime import date

    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise WrongUsage(
            session.words("{option} {text} is not a day. Write 2020-05-01.").format(option=option, text=text)
        ) from None
