"""What the commands of decisions can be given."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from outlisten.cli.locales import help_words as _


class Level(StrEnum):
    """How far a decision reaches."""

    STRATEGIC = "strategic"
    TACTICAL = "tactical"


class Horizon(StrEnum):
    """How long it is for."""

    SHORT = "short"
    LONG = "long"


class State(StrEnum):
    """Where it stands."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    IN_PROGRESS = "in_progress"
    REVIEWED = "reviewed"
    DROPPED = "dropped"


class Verdict(StrEnum):
    """What came of it."""

    BETTER = "better"
    AS_EXPECTED = "as_expected"
    WORSE = "worse"
    CANNOT_TELL = "cannot_tell"


Number = Annotated[int, typer.Argument(metavar="NUMBER", help=_("The number of the decision."))]
Text = Annotated[str, typer.Argument(metavar="TEXT", help=_("What is decided, in one sentence."))]
From = Annotated[
    list[int] | None,
    typer.Option("--insight", metavar="NUMBER", help=_("An insight behind it; repeat for more.")),
]
FromNone = Annotated[bool, typer.Option("--no-insight", help=_("Say that no insight stands behind it."))]
Why = Annotated[str, typer.Option(metavar="TEXT", help=_("The reason."))]
GivenLevel = Annotated[Level, typer.Option("--level", metavar="LEVEL", help=_("strategic or tactical."))]
GivenHorizon = Annotated[Horizon, typer.Option("--horizon", metavar="HORIZON", help=_("short or long."))]
Owner = Annotated[str | None, typer.Option(metavar="EMAIL", help=_("Who owns it; you unless you say so."))]
InDepartment = Annotated[
    str | None, typer.Option("--department", metavar="KEY", help=_("Whose it is, such as support."))
]
Expect = Annotated[str, typer.Option(metavar="TEXT", help=_("What should change."))]
Amount = Annotated[str, typer.Option(metavar="TEXT", help=_("By how much."))]
By = Annotated[str | None, typer.Option(metavar="DATE", help=_("By which day."))]
Review = Annotated[
    str | None, typer.Option(metavar="DATE", help=_("When somebody looks what came of it; in 30 days."))
]
GivenState = Annotated[
    State, typer.Option("--state", metavar="STATE", help=_("proposed, decided or in_progress."))
]
OnlyState = Annotated[
    State | None, typer.Option("--state", metavar="STATE", help=_("Only those in this state."))
]
Due = Annotated[bool, typer.Option("--due", help=_("Only those whose review is due."))]
Outcome = Annotated[str, typer.Option("--outcome", metavar="TEXT", help=_("What came of it."))]
GivenVerdict = Annotated[
    Verdict,
    typer.Option("--verdict", metavar="VERDICT", help=_("better, as_expected, worse or cannot_tell.")),
]
Value = Annotated[float | None, typer.Option(metavar="X", help=_("The measured value."))]
Low = Annotated[float | None, typer.Option(metavar="X", help=_("Lower end of its interval."))]
High = Annotated[float | None, typer.Option(metavar="X", help=_("Upper end of its interval."))]
Unit = Annotated[str, typer.Option(metavar="TEXT", help=_("The unit of the value."))]
Shown = Annotated[
    int | None, typer.Option("--insight", metavar="NUMBER", help=_("The pinned figure that shows it."))
]
Tested = Annotated[int | None, typer.Option("--claim", metavar="NUMBER", help=_("The claim that tests it."))]
NewState = Annotated[
    State, typer.Argument(metavar="STATE", help=_("proposed, decided, in_progress or dropped."))
]
