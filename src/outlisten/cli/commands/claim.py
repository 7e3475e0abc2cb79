"""`outlisten claim`: promises written down, frozen, and tested."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import Application, open_application
from outlisten.cli.commands.insight import who
from outlisten.cli.days import day_named
from outlisten.cli.endings import Refused, WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.decisions.claims.queries import Entry
    from outlisten.app.decisions.models import Claim, ClaimTest

Number = Annotated[int, typer.Argument(metavar="NUMBER", help=_("The number of the claim."))]
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
Instead = Annotated[
    int | None, typer.Option(metavar="NUMBER", help=_("The frozen claim that this one stands instead of."))
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

    one_of(session, "--metric", metric, Claim.Metric.values)
    one_of(session, "--promiser", promiser, Claim.Promiser.values)
    size, relative = read_size(promised, kind_of(metric))
    claim = Claim(
        text=text, promised_by=promised_by, promiser=promiser, metric=metric, subject=_key(session, of),
        comparisons=[_key(session, name) for name in against or []], size=size, relative=relative,
        start=day_named(session, "--start", start), until=day_named(session, "--until", until),
        replaces=claim_called(session, app, instead) if instead else None,
    )  # fmt: skip
    actions.write_down(claim, by=who(app))
    return _tell(session, queries.entry_of(claim))


@command(where="store")
def freeze(session: Session, number: Number) -> int:
    """From then on nobody can change it; the hash of its content is printed and stands in the audit log."""
    app = open_application(session, "make_claim")
    from outlisten.app.decisions.claims import actions, queries

    claim = actions.freeze(claim_called(session, app, number), by=who(app))
    if queries.entry_of(claim).afterwards:
        session.say(
            session.words(
                "Written down afterwards: it was frozen after its start, so it can never be supported."
            )
        )
    return _tell(session, queries.entry_of(claim))


@command(where="store")
def list_claims(session: Session) -> int:
    """Every claim that was ever registered, the newest first."""
    app = open_application(session, "see_decisions")
    from outlisten.app.decisions.claims import queries
    from outlisten.cli.safe_text import on_one_line

    entries = queries.entries(who(app))
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

    return _tell(session, queries.entry_of(claim_called(session, app, number)))


def _tell(session: Session, entry: Entry) -> int:
    """One claim in words, or everything about it as JSON."""
    from outlisten.app.decisions.claims.shown import lead, shown

    if session.json:
        session.emit({**_entry_json(entry), "tests": [test_json(test) for test in entry.claim.tests.all()]})
        return 0
    session.print(f"{entry.claim.pk}\t{_state(session, entry)}")
    if entry.content is not None:
        told = shown(entry.counts, entry.content) if entry.counts else None
        session.print(lead(entry.content, told))
    if entry.claim.frozen:
        session.print(f"sha256 {entry.claim.digest}")
    if entry.counts is not None:
        say_bar(session, entry.counts)
    return 0


def say_bar(session: Session, result: ClaimTest) -> None:
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


def test_json(test: ClaimTest) -> dict[str, object]:
    """One test as machines read it."""
    names = ("outcome", "finding", "bar", "effect", "low", "high", "detectable")
    return {"test": test.pk, "at": test.at.isoformat(), **{name: getattr(test, name) for name in names}}


def claim_called(session: Session, app: Application, number: int | None) -> Claim:
    """The claim of this number. Raises Refused."""
    from django.http import Http404

    from outlisten.app.decisions.claims import queries

    try:
        return queries.claim(who(app), number or 0)
    except Http404:
        raise Refused(
            session.words("There is no claim {number}. `outlisten claim list` shows them.").format(
                number=number
            )
        ) from None


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


def one_of(session: Session, option: str, given: str, known: list[str]) -> None:
    """Raise WrongUsage for a word that an option does not know."""
    if given not in known:
        raise WrongUsage(
            session.words("{option} {given} is not known. Choose {known}.").format(
                option=option, given=given, known=", ".join(known)
            )
        )
