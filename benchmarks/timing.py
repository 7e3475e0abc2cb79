"""Time that work on posts takes, in processor time beside the clock's, so that other work on the machine disturbs least."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import perf_counter, process_time

import pyarrow as pa


@dataclass(frozen=True)
class Timed:
    """Posts, and the seconds they took."""

    posts: int
    cpu: float
    wall: float

    @property
    def micros(self) -> float:
        """Processor time a post, in millionths of a second."""
        return self.cpu / self.posts * 1e6

    def times(self, other: Timed) -> str:
        """How many times quicker this is than another."""
        return f"{other.micros / self.micros:,.0f} ×"


def timed(posts: int, work: Callable[[], object], runs: int = 3) -> Timed:
    """The best of a few runs."""
    best = (float("inf"), float("inf"))
    for _ in range(runs):
        wall, cpu = perf_counter(), process_time()
        work()
        best = min(best, (process_time() - cpu, perf_counter() - wall))
    return Timed(posts, *best)


def side_by_side(batches: Sequence[pa.Table], runs: int, *works: Callable[[pa.Table], object]) -> list[Timed]:
    """Several works on the same batches by turns; of each batch the best of a few runs counts."""
    best = [[(float("inf"), float("inf"))] * len(batches) for _ in works]
    for place, batch in enumerate(batches):
        for _ in range(runs):
            for work, times in zip(works, best, strict=True):
                wall, cpu = perf_counter(), process_time()
                work(batch)
                times[place] = min(times[place], (process_time() - cpu, perf_counter() - wall))
    posts = sum(batch.num_rows for batch in batches)
    return [Timed(posts, *map(sum, zip(*times, strict=True))) for times in best]
