"""The series a promise is tested on: the treated metric and its controls, bucket by bucket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Numbers = npt.NDArray[np.float64]
Booleans = npt.NDArray[np.bool_]
Kind = Literal["count", "share"]
Step = Literal["day", "week"]
LENGTHS: Mapping[Step, timedelta] = {"day": timedelta(days=1), "week": timedelta(days=7)}
MOST_BUCKETS = 4_000  # eleven years of days; a filter over more takes longer than a page may
MOST_CONTROLS = 8


class BadSeries(ValueError):
    """A series that cannot be tested at all; `code` names why, `params` fill the sentence of `reasons.py`."""

    def __init__(self, code: str, **params: str | int | float) -> None:
        super().__init__(code)
        self.code, self.params = code, params

    def text(self, locale: Literal["en", "zh-hans"] = "en") -> str:
        """One sentence in a language."""
        from outlisten.insights.effects.reasons import Reason

        return Reason(self.code, self.params).text(locale)

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True, slots=True)
class ClaimSeries:
    """One value a bucket, in order and without holes: a bucket that was not seen is NaN, never zero.

    `kind` is *count* (posts or people in a bucket, from zero up) or *share* (0 to 1). `controls` are series of the
    same kind that the promise should leave alone. Raises BadSeries for what is no such series.
    """

    starts: tuple[date, ...]
    treated: Numbers
    controls: Mapping[str, Numbers] = field(default_factory=dict)
    kind: Kind = "count"
    step: Step = "day"

    def __post_init__(self) -> None:
        if not 1 <= len(self.starts) <= MOST_BUCKETS:
            raise BadSeries("wrong_length", n=len(self.starts), most=MOST_BUCKETS)
        if len(self.controls) > MOST_CONTROLS:
            raise BadSeries("too_many_controls", n=len(self.controls), most=MOST_CONTROLS)
        for name, values in {"": self.treated, **self.controls}.items():
            _check(name, values, len(self.starts), self.kind)
        for here, after in pairwise(self.starts):
            if after - here != LENGTHS[self.step]:
                raise BadSeries("not_regular", day=after.isoformat())

    def __len__(self) -> int:
        return len(self.starts)

    def before(self, start: date) -> int:
        """How many buckets end before the effect begins: a week that holds the day belongs to neither side."""
        return sum(1 for day in self.starts if day + LENGTHS[self.step] <= start)

    def first_after(self, start: date) -> int:
        """The place of the first bucket that lies wholly on or after the day."""
        return sum(1 for day in self.starts if day < start)

    def without(self, names: Sequence[str]) -> ClaimSeries:
        """The same with some controls left out."""
        return replace(self, controls={k: v for k, v in self.controls.items() if k not in names})

    @classmethod
    def from_table(cls, table: pa.Table, *, kind: Kind = "count") -> ClaimSeries:
        """From an Arrow table: first column days, second the treated metric, any others controls.

        Days that the table leaves out are missing. The step is a week when no two rows are nearer than that.
        """
        names = table.column_names
        if len(names) < 2:
            raise BadSeries("too_few_columns")
        rows = dict(zip(map(_day, table[names[0]].to_pylist()), range(table.num_rows), strict=True))
        if len(rows) < table.num_rows:
            raise BadSeries("day_twice")
        days = sorted(rows)
        step = _step(days)
        starts = _every(days, step)
        columns = {name: _numbers(table[name], [rows.get(day) for day in starts]) for name in names[1:]}
        treated = columns.pop(names[1])
        return cls(starts, treated, columns, kind, step)


def _check(name: str, values: Numbers, length: int, kind: Kind) -> None:
    if values.shape != (length,):
        raise BadSeries("unequal_length", name=name or "—")
    seen = values[~np.isnan(values)]
    if np.isinf(seen).any() or (seen < 0).any() or (kind == "share" and (seen > 1).any()):
        raise BadSeries("out_of_range_share" if kind == "share" else "out_of_range_count", name=name or "—")


def _day(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip()[:10])
    except ValueError:
        raise BadSeries("not_a_day", text=str(value)[:40]) from None


def _step(days: Sequence[date]) -> Step:
    gaps = [after - here for here, after in pairwise(days)]
    weekly = gaps and min(gaps) >= LENGTHS["week"] and all(gap.days % 7 == 0 for gap in gaps)
    return "week" if weekly else "day"


def _every(days: Sequence[date], step: Step) -> tuple[date, ...]:
    if not days:
        raise BadSeries("wrong_length", n=0, most=MOST_BUCKETS)
    length = (days[-1] - days[0]) // LENGTHS[step] + 1
    if length > MOST_BUCKETS:
        raise BadSeries("wrong_length", n=length, most=MOST_BUCKETS)
    return tuple(days[0] + place * LENGTHS[step] for place in range(length))


def _numbers(column: pa.ChunkedArray, places: Sequence[int | None]) -> Numbers:
    values = column.to_pylist()
    return np.array([np.nan if place is None else _number(values[place]) for place in places])


def _number(value: object) -> float:
    """A blank cell is missing."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return np.nan
    try:
        return float(str(value))
    except ValueError:
        raise BadSeries("not_a_number", text=str(value)[:40]) from None
