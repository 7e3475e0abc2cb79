"""Clauses of a post, and which target each of them speaks of."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

_END = re.compile(r"[。!?\n~…;]+|\.(?=\s|$)|\.{2,}")
_PAUSE = re.compile(
    r"[,:()\[\]—]|(?:但是|但|不过|可是|然而|只是|就是|反而|倒是|至于|而且|而)"
    r"|\b(?:but|however|though|although|whereas|while|yet|except|unfortunately|compared (?:with|to)|on the other hand)\b"
)
# "the screen is bright and the battery lasts" speaks of two things; "bright and sharp" of one.
_AND = re.compile(r"\b(?:and|or)\b|、")


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a target stands in folded text."""

    name: str
    start: int
    end: int


def clauses(text: str, mentions: list[Mention]) -> list[tuple[int, int]]:
    """The clauses of a folded text as spans; "and" parts two of them where something is named on both sides."""
    cuts = sorted(
        {
            0,
            len(text),
            *(match.end() for match in _END.finditer(text)),
            *(match.start() for match in _PAUSE.finditer(text)),
        }
    )
    spans: list[tuple[int, int]] = []
    for start, end in itertools.pairwise(cuts):
        inside = [one for one in mentions if start <= one.start < end]
        spans += (
            _parted(text, start, end, inside) if len({one.name for one in inside}) > 1 else [(start, end)]
        )
    return [span for span in spans if text[slice(*span)].strip()]


def _parted(text: str, start: int, end: int, inside: list[Mention]) -> list[tuple[int, int]]:
    """A clause that names several things, parted at each "and" that has words of judgement on its left."""
    spans, at = [], start
    for match in _AND.finditer(text, start, end):
        left = [one for one in inside if at <= one.start < match.start()]
        right = [one for one in inside if one.start >= match.end()]
        if left and right and match.start() - left[-1].end >= 4:
            spans.append((at, match.start()))
            at = match.start()
    return [*spans, (at, end)]


def spoken_of(text: str, mentions: list[Mention]) -> dict[str, list[tuple[int, int]]]:
    """Target → its clauses: those that name it, and those behind them that name nothing, up to the end of the sentence."""
    ends = sorted(match.start() for match in _END.finditer(text))
    found: dict[str, list[tuple[int, int]]] = {one.name: [] for one in mentions}
    current: list[str] = []
    waiting: list[tuple[int, int]] = []
    before = 0
    for start, end in clauses(text, mentions):
        if any(before <= at < start for at in ends):
            current, waiting = [], []
        before = start
        named = list(dict.fromkeys(one.name for one in mentions if start <= one.start < end))
        if named and waiting and not current:
            for name in named:
                found[name] += waiting
        if named:
            current, waiting = named, []
        elif not current:
            waiting.append((start, end))
        for name in current:
            found[name].append((start, end))
    return found
