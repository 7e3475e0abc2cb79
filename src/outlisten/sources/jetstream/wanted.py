"""Which of all posts are wanted: those with one of the words."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from outlisten.query.folding import fold

# Scripts without blanks between words: there a word is found inside others. Elsewhere it must stand alone.
UNSPACED = (
    r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
    r"\u2e80-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese, Japanese
    r"\u1100-\u11ff\ua960-\ua97f\uac00-\ud7ff"  # Korean: it has blanks, but joins endings to words
)
SPACED = rf"[^\W{UNSPACED}]"


class Wanted:
    """Words in the form that queries use too: no matter of case, width, accents, or traditional characters."""

    def __init__(self, words: Sequence[str]) -> None:
        forms = [_form(fold(word)) for word in words if fold(word).strip()]
        self._words = re.compile("|".join(forms)) if forms else None

    def __call__(self, record: Mapping[str, Any]) -> bool:
        """Whether a post is wanted; all are where there are no words."""
        return self._words is None or bool(self._words.search(fold(_said(record))))


def _form(word: str) -> str:
    """A word, or several in this order with any blanks between them; no letter of its script around it."""
    body = r"\s+".join(re.escape(part) for part in word.split())
    before = rf"(?<!{SPACED})" if re.match(SPACED, word.lstrip()) else ""
    after = rf"(?!{SPACED})" if re.match(SPACED, word.rstrip()[-1]) else ""
    return before + body + after


def _said(record: Mapping[str, Any]) -> str:
    """All that an author wrote: the text, the hashtags beside it, and what the pictures show."""
    embed = record.get("embed") or {}
    media = embed.get("media") or embed
    pictures = [one.get("alt") for one in [*(media.get("images") or []), media]]
    return "\n".join(
        str(part) for part in [record.get("text"), *(record.get("tags") or []), *pictures] if part
    )
