"""The words of a post in order: English by token, Chinese by a segmenter."""

from __future__ import annotations

import re
from collections.abc import Sequence

from outlisten.insights.stop_words import stop_words
from outlisten.query.segmenting import cut
from outlisten.query.tokens import FIELD, GAP

BREAK = ""  # stands between two words that do not touch: a gap, another field, another sentence
HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
BETWEEN_HAN = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")
HAN_RUN = re.compile(rf"[{HAN}]+")
# One letter, a number, or one letter repeated (xxxx hides personal data in public files; www says nothing).
WORDLESS = re.compile(r"[a-z]?|[\d._]+|([a-z])\1+")


def words_in_order(stream: str, sentences: Sequence[int]) -> list[str]:
    """Every word of a post from its token stream, with `BREAK` between words that do not touch and at the end.

    Neighbouring Han characters are put together again and cut by the segmenter; every other token is a word.
    """
    items = stream.split(" ")
    for start in reversed(sentences[1:]):
        items.insert(start, GAP)
    words: list[str] = []
    for piece in BETWEEN_HAN.sub("", " ".join(items)).split(" "):
        if piece in {GAP, FIELD}:
            words.append(BREAK)
        elif HAN_RUN.match(piece):
            words += cut(piece)
        else:
            words.append(piece)
    words.append(BREAK)
    return words


def tells(word: str) -> bool:
    """Whether a word can mean something by itself: no break, single letter, number or stop word."""
    return not WORDLESS.fullmatch(word) and word not in stop_words()
