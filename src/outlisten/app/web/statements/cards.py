"""A card of the page: the statement, its measures as this reader may see them, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass

from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.web.measure import Measure, Step
from outlisten.app.web.statements.falling_short import falling_short
from outlisten.app.web.statements.ten import TEN, Statement
from outlisten.app.web.statements.trend import Trend, trend


@dataclass(frozen=True, slots=True)
class Line:
    """One measure, and its trend where there are periods enough to draw."""

    measure: Measure
    trend: Trend | None


@dataclass(frozen=True, slots=True)
class Card:
    """A statement with what is known first and what is still missing after it."""

    statement: Statement
    known: tuple[Line, ...]
    missing: tuple[Measure, ...]
    short: tuple[str, ...] = ()  # why the company falls short of it

    @property
    def next_step(self) -> Step | None:
        """The one thing to do: where something is missing, where to start with it; else what leads on."""
        steps = [one.next_step for one in (*self.missing, *(line.measure for line in self.known))]
        return next((step for step in steps if step is not None), None)


def card(reader: Actor, number: int) -> Card | None:
    """The card of a statement; None for a number there is none of. Raises Refused."""
    require(reader, Act.SEE_STATEMENTS)
    statement = next((one for one in TEN if one.number == number), None)
    if statement is None:
        return None
    measures = [measure(reader) for measure in statement.measures]
    known = tuple(Line(one, trend(one.trend, one.unit)) for one in measures if one.value is not None)
    short = falling_short(zip(statement.measures, measures, strict=True))
    return Card(statement, known, tuple(one for one in measures if one.value is None), short)


def cards(reader: Actor) -> list[Card]:
    """All ten. Raises Refused."""
    made = (card(reader, statement.number) for statement in TEN)
    return [one for one in made if one is not None]
