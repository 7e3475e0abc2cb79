"""What a statement of the ten is measured by: a figure in words with its interval, its trend and its evidence.

Each room writes its measures in `measures.py`, as functions from a reader to a Measure; the page *Ten statements* asks
them all. A measure is counted for what its reader may see.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
Unit = Literal["share", "ratio", "count", "minutes", "score", "days"]


@dataclass(frozen=True, slots=True)
class Step:
    """Somewhere to go: a label and an address inside the application."""

    label: Text
    address: str


@dataclass(frozen=True, slots=True)
class Point:
    """The figure in one period of the trend; `low` and `high` where it is an estimate."""

    start: date
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of one statement.

    `sentence` says it in words, its number and interval included. `value` is None where nothing can be measured yet:
    then `missing` says what is lacking, and `next_step` leads to where one starts. `evidence` opens the posts or acts
    behind the figure. `limits` are sentences a reader must know.
    """

    name: Text
    sentence: Text = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Unit = "share"
    trend: Sequence[Point] = ()
    evidence: Sequence[Step] = ()
    next_step: Step | None = None
    missing: Text = ""
    limits: Sequence[Text] = ()
