"""What a source reads: a search for each of its words, and what is written to its account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from outlisten.sources.connector import Setting

PAGE = 100  # the most at once
MENTIONS = "mentions"
REASONS = ("mention", "reply", "quote")  # of a notification that is a post written to us


@dataclass(frozen=True, slots=True)
class Timeline:
    """A list that the service gives page by page: the query, what it is asked, and the name of the list in its answer.

    `bounded` says that it takes `since` and `until`.
    """

    key: str
    method: str
    name: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    bounded: bool = False

    @property
    def to_us(self) -> bool:
        return self.key == MENTIONS


def chosen(setting: Setting) -> list[Timeline]:
    """The lists of a source's entries."""
    mentions = [_mentions()] if setting.options.get("mentions") else []
    return [*mentions, *(_search(words) for words in setting.words("words"))]


def _mentions() -> Timeline:
    asked = {"reasons": list(REASONS), "limit": PAGE}
    return Timeline(MENTIONS, "app.bsky.notification.listNotifications", "notifications", asked)


def _search(words: str) -> Timeline:
    asked = {"q": words, "sort": "latest", "limit": PAGE}
    return Timeline(f"search:{words}", "app.bsky.feed.searchPosts", "posts", asked, bounded=True)
