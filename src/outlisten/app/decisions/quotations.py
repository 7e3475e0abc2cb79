"""Finding and blanking what is quoted from a post inside what colleagues wrote."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

BLANK = "[…]"
# A shared run of this many characters is a quotation, not a chance: eight Han characters are two words or three,
# twenty-four of other scripts are four or five.
HAN_RUN, OTHER_RUN = 8, 24
HAN = re.compile(r"[\u3400-\u9fff]")
SHORTEST_NAME = 3  # in Han two: shorter names stand inside other words


def runs_of(posts: Iterable[str]) -> frozenset[str]:
    """Every run of words in these posts that is long enough to be known again."""
    return frozenset(
        window
        for post in posts
        for run in (HAN_RUN, OTHER_RUN)
        for _place, window in _windows(post.casefold(), run)
    )


def without_quotations(text: str, runs: frozenset[str], names: Iterable[str] = ()) -> str:
    """The text with every run that stands in a post blanked, and every name too."""
    gone = bytearray(len(text))
    folded = text.casefold() if len(text.casefold()) == len(text) else text
    for run in (HAN_RUN, OTHER_RUN):
        for place, window in _windows(folded, run):
            if window in runs:
                gone[place : place + run] = b"\1" * run
    for name in filter(_long_enough, (name.strip().casefold() for name in names)):
        for found in re.finditer(_as_name(name), folded):
            gone[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    return _blanked(text, gone)


def _windows(text: str, run: int) -> Iterator[tuple[int, str]]:
    """Each run with its place; short ones only where they are mostly Han."""
    for place in range(len(text) - run + 1):
        window = text[place : place + run]
        if run == OTHER_RUN or len(HAN.findall(window)) >= run // 2:
            yield place, window


def _long_enough(name: str) -> bool:
    return len(name) >= (2 if HAN.search(name) else SHORTEST_NAME)


def _as_name(name: str) -> str:
    """A Latin name stands between signs that belong to no word; Han names stand anywhere."""
    return re.escape(name) if HAN.search(name) else rf"@?(?<!\w){re.escape(name)}(?!\w)"


def _blanked(text: str, gone: bytearray) -> str:
    parts, place = [], 0
    while place < len(text):
        end = place
        while end < len(text) and gone[end] == gone[place]:
            end += 1
        parts.append(BLANK if gone[place] else text[place:end])
        place = end
    return "".join(parts)
