"""Which timelines a source reads: hashtags, words searched for, the public one, and what is written to its account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from outlisten.sources.connector import Setting
from outlisten.sources.problems import WrongOption


@dataclass(frozen=True, slots=True)
class Timeline:
    """One list that a server gives in pages.

    `lower` is the server's word for "above this id", `stream` the path that sends its new posts as they come (empty: none),
    `may_be_absent` that an empty one is answered like one that is not there.
    """

    key: str
    path: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    lower: str = "since_id"
    stream: str = ""
    may_be_absent: bool = False

    @property
    def to_us(self) -> bool:
        """Whether it holds what is written to our own account, as notifications."""
        return self.key == MENTIONS


PUBLIC, MENTIONS = "public", "mentions"
FOR_ACCOUNTS = "searching, mentions and answers need an access token"


def chosen(setting: Setting) -> list[Timeline]:
    """The timelines of a source's entries; the server's public one where nothing else is chosen. Raises WrongOption."""
    local = bool(setting.options.get("local"))
    tags = [_tag(word, local=local) for word in setting.words("hashtags")]
    searches = [_search(words) for words in setting.words("words")]
    mentions = bool(setting.options.get("mentions"))
    if (searches or mentions) and not setting.secrets.get("token"):
        raise WrongOption(option="token", reason=FOR_ACCOUNTS)
    found = [*tags, *searches, *([_mentions()] if mentions else [])]
    if not found or setting.options.get("public"):
        found.append(_public(local=local))
    return list({timeline.key: timeline for timeline in found}.values())


def _tag(word: str, *, local: bool) -> Timeline:
    name = word.lstrip("#＃").strip()
    return Timeline(
        f"tag:{name.lower()}", f"/api/v1/timelines/tag/{quote(name, safe='')}", _local(local),
        stream=f"hashtag{'/local' if local else ''}?tag={quote(name, safe='')}", may_be_absent=True,
    )  # fmt: skip


def _search(words: str) -> Timeline:
    return Timeline(f"search:{words}", "/api/v2/search", {"q": words, "type": "statuses"}, lower="min_id")


def _mentions() -> Timeline:
    return Timeline(MENTIONS, "/api/v1/notifications", {"types[]": "mention"}, stream="user/notification")


def _public(*, local: bool) -> Timeline:
    return Timeline(
        PUBLIC, "/api/v1/timelines/public", _local(local), stream=f"public{'/local' if local else ''}"
    )


def _local(local: bool) -> dict[str, str]:
    return {"local": "true"} if local else {}
