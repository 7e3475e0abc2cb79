"""What a post says of one target, and which of them are worth telling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Span = tuple[int, int]
Kind = Literal["brand", "aspect"]


@dataclass(frozen=True, slots=True)
class Target:
    """What a post says of one brand or aspect.

    `start` and `end` are its first mention in code points of the text, or with a title of title, line break and text.
    `sentiment` is negative, neutral or positive with its probability `score`; both None where nothing can be told. `clause`
    is what was judged, as written, and `spans` where its parts stand, counted as `start` is. `kind` is brand for each of
    the names that were asked for.
    """

    name: str
    kind: Kind
    start: int
    end: int
    sentiment: str | None
    score: float | None
    clause: str
    spans: tuple[Span, ...]


def worth_telling(targets: Sequence[Target], sentiment: str | None) -> tuple[Target, ...]:
    """The targets, brands first, that say more than the tone of the whole post (`sentiment`): two or more, or one whose
    tone is another. None when no tone can be told."""
    told = [one for one in targets if one.sentiment is not None]
    if len(told) < 2 and not any(one.sentiment != sentiment for one in told):
        return ()
    return tuple(sorted(told, key=lambda one: one.kind != "brand"))
