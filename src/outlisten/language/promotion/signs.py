"""The signs of selling and of talking in a post, each with the words that are the evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from outlisten.language.promotion.weights import CONVERSATION, PROMOTION, Side, SignKind

WORDINGS = Path(__file__).parent / "wordings"
LANGUAGES = ("en", "zh")
PILE = 3  # hashtags from which they are there to be found, not to be read
HASHTAG = re.compile(r"#[^\s#，。！？,.!?]+(?:#|\b)")


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: its kind, the side it speaks for, its weight, and where its words stand (code points)."""

    kind: SignKind
    side: Side
    weight: float
    start: int
    end: int
    words: str


def sign(kind: SignKind, start: int, end: int, words: str) -> Sign:
    """A sign with the side and the weight of its kind."""
    side: Side = "promotion" if kind in PROMOTION else "conversation"
    return Sign(kind, side, {**PROMOTION, **CONVERSATION}[kind], start, end, words)


def find_signs(text: str) -> tuple[Sign, ...]:
    """Every sign in a text, in its order; each kind counts once, at its first place."""
    found = [*_by_wording(text), *_pile(text)]
    return tuple(sorted(found, key=lambda one: (one.start, one.kind)))


def _by_wording(text: str) -> Iterator[Sign]:
    for kind, pattern in _patterns().items():
        match = pattern.search(text)
        if match:
            yield sign(kind, match.start(), match.end(), match.group())


def _pile(text: str) -> Iterator[Sign]:
    tags = list(HASHTAG.finditer(text))
    if len(tags) >= PILE:
        yield sign("hashtags", tags[0].start(), tags[-1].end(), " ".join(tag.group() for tag in tags))


@cache
def _patterns() -> Mapping[SignKind, re.Pattern[str]]:
    wordings: dict[SignKind, list[str]] = {}
    for language in LANGUAGES:
        kind: SignKind | None = None
        for line in (WORDINGS / f"{language}.txt").read_text("utf-8").splitlines():
            if re.fullmatch(r"\[\w+\]", line):
                kind = cast("SignKind", line[1:-1])
            elif kind and line and not line.startswith("# "):
                wordings.setdefault(kind, []).append(line)
    return {kind: re.compile("|".join(lines), re.IGNORECASE) for kind, lines in wordings.items()}
