"""Asking Hacker News: its search for what is new, its own interface for what is gone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from outlisten.sources.fetching import Fetcher
from outlisten.sources.problems import ShapeChanged
from outlisten.sources.walking import Found, Listed, by_second

SEARCH = "https://hn.algolia.com/api/v1/search_by_date"
ITEM = "https://hacker-news.firebaseio.com/v0/item/{}.json"
MOST = 100  # hits an answer
TAGS = {"both": "(story,comment)", "story": "story", "comment": "comment"}
# Where the words are looked for: an author called Apple is no post about Apple.
SEARCHED = "title,story_text,comment_text,url"


class HackerNewsClient:
    """Searches newest first, and looks up single items."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher

    def search(self, words: str, kinds: str, at: Mapping[str, Any] | None, floor: int | None) -> Listed:
        """Hits after `at` (the oldest second so far, and the ids of it), not older than `floor`. Raises SourceProblem."""
        asked: dict[str, Any] = {
            "query": _phrase(words), "tags": TAGS[kinds], "hitsPerPage": MOST,
            "restrictSearchableAttributes": SEARCHED, "advancedSyntax": "true", "typoTolerance": "false",
        }  # fmt: skip
        bounds = [f"created_at_i>={floor}"] if floor is not None else []
        bounds += [f"created_at_i<={at['second']}"] if at else []
        if bounds:
            asked["numericFilters"] = ",".join(bounds)
        answer = self._fetcher.get(SEARCH, params=asked)
        hits = [_found(hit, answer.host) for hit in answer.records("hits")]
        return by_second(hits, at, more=len(hits) >= MOST)

    def is_gone(self, item: str) -> bool | None:
        """Whether an item is deleted or dead; None where that is not said. Raises SourceProblem."""
        told = self._fetcher.get(ITEM.format(item)).json()
        if not isinstance(told, Mapping):
            return None
        return bool(told.get("deleted") or told.get("dead"))


def _phrase(words: str) -> str:
    return '"{}"'.format(words.replace('"', " ").strip())


def _found(hit: Mapping[str, Any], host: str) -> Found:
    second, name = hit.get("created_at_i"), hit.get("objectID")
    if not isinstance(second, int) or not name:
        raise ShapeChanged(host=host, reason="a record without its number or its date")
    return Found(second, str(name), hit)
