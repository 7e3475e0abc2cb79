"""What an insight is: a tidy table with everything needed to read it rightly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from outlisten.insights.notes import Note
from outlisten.posts.store import ALL_TIME, TimeRange

Unit = Literal["posts", "authors"]


@dataclass(frozen=True, slots=True)
class Insight:
    """The answer to one question about many posts.

    `table` has one row for each thing the answer is about; where it has a column `evidence`, that is the
    query whose posts are behind the row (null where the language cannot say it). `evidence` opens the posts
    behind the whole answer. `unit` is what is counted, `interval` names the method of the columns `low` and
    `high`, None where the figures are exact counts. `settings` holds what decided the figures: bucket,
    zone, seed, versions.
    """

    name: str
    table: pa.Table
    evidence: str
    unit: Unit
    interval: str | None = None
    notes: tuple[Note, ...] = ()
    window: TimeRange = ALL_TIME
    cut: bool = False
    settings: Mapping[str, str | int | float] = field(default_factory=dict)

    def note(self, code: str) -> Note | None:
        """The note with this code, None when the insight has none."""
        return next((note for note in self.notes if note.code == code), None)
