"""What a search by meaning gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hit:
    """A post and why it was found.

    `words` are those of the question that stand in it; `similarity` is the cosine of the angle between what the search
    encoder makes of both, 1 for the same and about 0 for unrelated texts. `copies` counts further posts with the same
    text but for small changes among those that were looked at.
    """

    post: Mapping[str, object]
    similarity: float
    words: tuple[str, ...] = ()
    copies: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """The hits, best first. `cut`: the time ended before every vector was compared. `unread` posts of the store have no
    vector yet and were searched for words alone."""

    hits: tuple[Hit, ...]
    cut: bool = False
    unread: int = 0
