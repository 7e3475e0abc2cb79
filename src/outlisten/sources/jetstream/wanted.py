"""Which of all posts are wanted: those with one of the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from outlisten.sources.mentions import mentions


class Wanted:
    """A test for posts that say one of the words, in their text, the hashtags beside it, or what their pictures show."""

    def __init__(self, words: Sequence[str]) -> None:
        self._says = mentions(words)

    def __call__(self, record: Mapping[str, Any]) -> bool:
        embed = record.get("embed") or {}
        media = embed.get("media") or embed
        pictures = [one.get("alt") for one in [*(media.get("images") or []), media]]
        parts = [record.get("text"), *(record.get("tags") or []), *pictures]
        return self._says("\n".join(str(part) for part in parts if part))
