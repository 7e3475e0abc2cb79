"""Day first or month first: answered from the whole column of dates, with the row that proves it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from outlisten.posts.files.dates import Order

Certainty = Literal["unambiguous", "proved", "mixed", "future", "assumed", "given"]
AMBIGUOUS = re.compile(r"\s*(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row whose first or second number is above 12."""

    line: int
    value: str


@dataclass(frozen=True, slots=True)
class DateDecision:
    """How the column's dates are read and why.

    - unambiguous: no date in the column leaves the order open
    - proved: `evidence` shows it and nothing contradicts
    - mixed: rows contradict one another (`evidence`, `against`); the more frequent order is used for rows
      that could be either
    - future: nothing proves it, but the other order would put a date into the future (`evidence`)
    - assumed: nothing decides; the order is the custom of the way the dates are written
    - given: a person said so
    """

    order: Order
    certainty: Certainty
    evidence: Evidence | None = None
    against: Evidence | None = None
    rows_for: int = 0
    rows_against: int = 0


class OrderSearch:
    """Collects evidence date by date; `decision` gives the answer."""

    def __init__(self, today: date) -> None:
        self._today = today
        self._first: dict[Order, Evidence] = {}
        self._count: dict[Order, int] = {"day-first": 0, "month-first": 0}
        self._future: dict[Order, Evidence] = {}
        self._open = 0
        self._sample: tuple[str, str] | None = None

    def add(self, line: int, value: object) -> None:
        """Look at one cell."""
        found = AMBIGUOUS.match(value) if isinstance(value, str) else None
        if found is None:
            return
        first, second = int(found[1]), int(found[3])
        if first > 12 >= second:
            self._prove("day-first", line, found[0])
        elif second > 12 >= first:
            self._prove("month-first", line, found[0])
        elif first <= 12 and first != second:
            self._open += 1
            self._sample = self._sample or (found[2], found[5])
            self._note_future(line, found)

    def _prove(self, order: Order, line: int, value: str) -> None:
        self._count[order] += 1
        self._first.setdefault(order, Evidence(line, value.strip()))

    def _note_future(self, line: int, found: re.Match[str]) -> None:
        year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
        for order, month, day in (("day-first", 3, 1), ("month-first", 1, 3)):
            if (year, int(found[month]), int(found[day])) > self._today.timetuple()[:3]:
                self._future.setdefault(order, Evidence(line, found[0].strip()))  # type: ignore[arg-type]

    def decision(self) -> DateDecision:
        """The answer from everything added."""
        days, months = self._count["day-first"], self._count["month-first"]
        if days or months:
            return self._proved(days, months)
        if not self._open:
            return DateDecision("year-first", "unambiguous")
        if len(self._future) == 1:
            wrong = next(iter(self._future))
            right: Order = "month-first" if wrong == "day-first" else "day-first"
            return DateDecision(right, "future", self._future[wrong], rows_for=self._open)
        return DateDecision(self._custom(), "assumed", rows_for=self._open)

    def _proved(self, days: int, months: int) -> DateDecision:
        order: Order = "day-first" if days >= months else "month-first"
        other: Order = "month-first" if order == "day-first" else "day-first"
        against = self._first.get(other)
        return DateDecision(
            order,
            "mixed" if against else "proved",
            self._first[order],
            against,
            rows_for=self._count[order],
            rows_against=self._count[other],
        )

    def _custom(self) -> Order:
        """5/2/2018 1:04 PM is how American programs write; everybody else puts the day first."""
        separator, rest = self._sample or ("", "")
        american = separator == "/" and rest.strip().lower().replace(".", "").endswith(("am", "pm"))
        return "month-first" if american else "day-first"


def decide(column: Iterable[tuple[int, object]], today: date) -> DateDecision:
    """The answer for a whole column of (line, cell)."""
    search = OrderSearch(today)
    for line, value in column:
        search.add(line, value)
    return search.decision()
