"""What was promised: from when, until when, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from outlisten.insights.effects.series import BadSeries


@dataclass(frozen=True, slots=True)
class Promise:
    """A change of `size` from `start` to `until` (both included; None: to the end of the series).

    A relative size is a share of what would have been without it: -0.2 is 20 % less. An absolute one is in the
    metric's own unit a bucket: posts a day, or points of a share as a fraction. Its sign is the promised direction.
    """

    start: date
    size: float
    relative: bool = True
    until: date | None = None

    def __post_init__(self) -> None:
        if not self.size or self.size != self.size or abs(self.size) == float("inf"):
            raise BadSeries("no_size")
        if self.relative and self.size <= -1:
            raise BadSeries("more_than_all")
        if self.until is not None and self.until < self.start:
            raise BadSeries("ends_before_it_starts")

    @property
    def direction(self) -> int:
        """1 for more, -1 for fewer."""
        return 1 if self.size > 0 else -1
