"""Posts that people labelled: whether the models are right as often as they say."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import sqrt

import pyarrow as pa
import pyarrow.compute as pc
from scipy.stats import norm

from outlisten.insights.estimate import Estimate
from outlisten.insights.proportions import wilson
from outlisten.posts.store import TimeRange

FEWEST = 30  # labels; with fewer a share is known to ±18 points at best


@dataclass(frozen=True, slots=True)
class JudgedPosts:
    """Posts drawn at random and labelled by people: columns `created_at` (UTC), `lang`, `right` (whether the models read
    them so) and `chance` (how sure they were, 0–1)."""

    table: pa.Table

    def of(self, lang: str, window: TimeRange) -> Judged:
        """Those of a language and a window."""
        at = self.table["created_at"]
        inside = pc.equal(self.table["lang"], lang)
        for edge, compare in ((window.start, pc.greater_equal), (window.end, pc.less)):
            if edge is not None:
                inside = pc.and_(inside, compare(at, pa.scalar(edge, at.type)))
        rows = self.table.filter(pc.fill_null(inside, False))
        chances = rows["chance"].to_pylist()
        return Judged(
            rows.num_rows, int(pc.sum(pc.cast(rows["right"], pa.int64())).as_py() or 0), sum(chances),
            sum(chance * (1 - chance) for chance in chances),
        )  # fmt: skip

    @staticmethod
    def made_of(
        created_at: list[datetime], langs: list[str], right: list[bool], chances: list[float]
    ) -> JudgedPosts:
        """From columns of equal length."""
        table = {"created_at": pa.array(created_at, pa.timestamp("s", "UTC")), "lang": pa.array(langs, pa.string()),
                 "right": pa.array(right, pa.bool_()), "chance": pa.array(chances, pa.float64())}  # fmt: skip
        return JudgedPosts(pa.table(table))


@dataclass(frozen=True, slots=True)
class Judged:
    """`n` labelled posts, `right` of them read rightly; the chances promised `expected` of them, with that variance."""

    n: int = 0
    right: int = 0
    expected: float = 0.0
    variance: float = 0.0

    @property
    def enough(self) -> bool:
        """Whether there are enough to say anything."""
        return self.n >= FEWEST

    @property
    def share(self) -> Estimate | None:
        """The share read rightly, with its Wilson interval; None where there are too few."""
        return wilson(self.right, self.n) if self.enough else None

    @property
    def promised(self) -> float | None:
        """The share that the chances promise."""
        return self.expected / self.n if self.n else None

    def falls_short(self, false_alarms: float) -> bool:
        """Whether fewer are right than the chances promise, beyond what chance alone does that often.

        Spiegelhalter, Statistics in Medicine 5 (1986) 421–433, one-sided and with a correction for continuity.
        """
        if not self.enough or self.variance <= 0:
            return False
        gap = (self.expected - self.right - 0.5) / sqrt(self.variance)
        return bool(gap > norm.ppf(1 - false_alarms))
