"""`outlisten claim test`: a frozen claim, or a series of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from outlisten.cli.application import open_application
from outlisten.cli.commands.claim import claim_called, one_of, say_bar, test_json
from outlisten.cli.commands.insight import who
from outlisten.cli.days import day_named
from outlisten.cli.endings import WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.insights.effects import Verdict

MaybeNumber = Annotated[int | None, typer.Argument(metavar="NUMBER", help=_("The number of the claim."))]
MaybeDay = Annotated[
    str | None, typer.Option(metavar="DATE", help=_("The day the effect begins: 2020-05-01."))
]
MaybeLastDay = Annotated[str | None, typer.Option(metavar="DATE", help=_("The last day that counts."))]
MaybePromised = Annotated[
    str | None,
    typer.Option(metavar="SIZE", help=_("How much, with its sign: -20% of what would have been, or +5.")),
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

    claim = claim_called(session, app, number)
    result = actions.test(claim, by=who(app))
    told = shown(result, content_of(claim))
    if session.json:
        session.emit(
            {"claim": claim.pk, **test_json(result), "sentence": told.sentence, "verdict": result.result}
        )
        return 0
    session.print(lead(told.content, told))
    say_bar(session, result)
    for line in (*told.reasons, *told.notes, *told.assumptions):
        session.print(f"  {line}")
    return 0


def _test_file(
    session: Session, name: str, start: str | None, until: str | None, promised: str | None, kind: str
) -> int:
    """The verdict on a series of a file."""
    from outlisten.cli.series_files import read_series
    from outlisten.insights import effects

    if start is None or promised is None:
        raise WrongUsage(session.words("A series needs --start and --promised."))
    one_of(session, "--kind", kind, ["count", "share"])
    sort: Any = kind
    size, relative = effects.read_size(promised, sort)
    last = day_named(session, "--until", until) if until else None
    promise = effects.Promise(day_named(session, "--start", start), size, relative, last)
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
