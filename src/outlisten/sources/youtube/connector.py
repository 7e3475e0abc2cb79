"""Channels, videos and words on YouTube as a source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from outlisten.sources.connector import (
    Connector,
    Cursor,
    Page,
    Post,
    Record,
    Sent,
    Setting,
    Standing,
    Welcome,
)
from outlisten.sources.problems import WrongOption
from outlisten.sources.walking import Ask, Listed, newest, older_of, outlasting
from outlisten.sources.youtube import answering, mapping, places
from outlisten.sources.youtube.client import MOST_IDS, YouTubeClient

THREADS_LATE = (
    3 * 86_400
)  # seconds a thread is looked at again for: a new reply does not bring it back to the top
SEARCH_LATE = 6 * 3600  # seconds by which the search may find a video late
SEARCHES = 80  # a day, of the hundred that a key has: the rest is for tests and for further pages
NEEDS_ACCOUNT = "answers need the id and secret of an OAuth client, and a refresh token"
Walk = Callable[[Cursor], Iterator[Page]]


class YouTube(Connector):
    """A walk down the threads of each channel and video, and one down the search for each of the words."""

    PACKAGE = "outlisten.sources.youtube"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = YouTubeClient(
            self.fetcher, setting.now, key=setting.secrets.get("key", ""),
            application=setting.text("application"), secret=setting.secrets.get("secret", ""),
            refresh_token=setting.secrets.get("refresh_token", ""),
        )  # fmt: skip

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new or edited since the cursor; at first the newest page of each. A search waits for its turn."""
        idle = {name: cursor[name] for name in self._searches() if not self._is_due(cursor.get(name, {}))}
        walks: dict[str, Walk] = {}
        for name, ask in self._threads().items():
            walks[name] = partial(self._new, ask=ask)
        for name, ask in self._searches().items():
            if name not in idle:
                walks[name] = partial(self._searched, ask=ask)
        if not walks and not idle:
            raise WrongOption(option="channels", reason="enter channels, videos or words")
        for page in outlasting(cursor, walks):
            yield replace(page, cursor={**idle, **page.cursor})

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Each list from its newest entry down to `since`, with all replies."""
        for page in older_of(cursor, self._threads() | self._searches(), since):
            yield self._whole(page)

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How comments and videos stand, fifty a question; what YouTube gives no more is gone."""
        videos = [name for name in native_ids if "/" not in name]
        found = self._client.videos(videos)
        for name in videos:
            video = found.get(name)
            yield Standing(name, gone=video is None, record={"video": video} if video else None)
        comments = [name for name in native_ids if "/" in name]
        for first in range(0, len(comments), MOST_IDS):
            yield from self._comments(comments[first : first + MOST_IDS])

    def answer(self, to: str, text: str) -> Sent:
        """Answer a comment, in its thread. Raises NotThere when it is gone, AnswerRefused when YouTube did not take it."""
        self._needs_account()
        answered = answering.located(self._client, to)
        reply = self._client.reply(answered.top, answering.worded(answered, text))
        return answering.sent(reply, answered)

    def answered(self, to: str, text: str) -> Sent | None:
        self._needs_account()
        return answering.standing(self._client, answering.located(self._client, to), text)

    def welcome(self) -> Welcome:
        """Our channel where there is one, and the newest of the first list."""
        account = ""
        if self._client.has_account:
            account = str((self._client.own_channel().get("snippet") or {}).get("title") or "")
        return replace(super().welcome(), account=account)

    def _threads(self) -> dict[str, Ask]:
        channels = [places.channel(entered) for entered in self.setting.words("channels")]
        videos = [places.video(entered) for entered in self.setting.words("videos")]
        return {name: self._of_channel(name) for name in channels} | {
            name: partial(self._of, {"videoId": name}) for name in videos
        }

    def _of_channel(self, name: str) -> Ask:
        known: list[str] = [] if name.startswith("@") else [name]

        def ask(at: Any, floor: int | None) -> Listed:
            if not known:
                known.append(self._client.channel(name))
            return self._of({"allThreadsRelatedToChannelId": known[0]}, at, floor)

        return ask

    def _of(self, of: Mapping[str, str], at: Any, _floor: int | None) -> Listed:
        return self._client.threads(of, at)

    def _searches(self) -> dict[str, Ask]:
        return {f"search {word}": partial(self._client.search, word) for word in self.setting.words("words")}

    def _is_due(self, search: Cursor) -> bool:
        """Whether a search may be asked again: it is under way, or its share of the day's searches allows it."""
        share = 86_400 * len(self.setting.words("words")) / SEARCHES
        is_under_way = "walk" in search.get("place", {})
        return is_under_way or self.setting.now.timestamp() - float(search.get("at", 0)) >= share

    def _new(self, cursor: Cursor, ask: Ask) -> Iterator[Page]:
        return map(self._whole, newest(cursor, ask, late=THREADS_LATE))

    def _searched(self, cursor: Cursor, ask: Ask) -> Iterator[Page]:
        for page in newest(cursor.get("place", {}), ask, late=SEARCH_LATE):
            place = {"at": int(self.setting.now.timestamp()), "place": page.cursor}
            yield replace(self._whole(page), cursor=place)

    def _whole(self, page: Page) -> Page:
        """A page of threads with all their replies, or of search results as whole videos, as records of our own."""
        hits = [one["id"]["videoId"] for one in page.records if "topLevelComment" not in one["snippet"]]
        videos = self._client.videos(hits) if hits else {}
        records: list[Record] = [{"video": videos[name]} for name in hits if name in videos]
        for thread in page.records:
            if "topLevelComment" in thread["snippet"]:
                records += self._thread(thread)
        return replace(page, records=records)

    def _thread(self, thread: Record) -> Iterator[Record]:
        """A thread's first comment and its replies: up to five come with it, more are asked for."""
        yield {"thread": {name: value for name, value in thread.items() if name != "replies"}}
        told, with_it = thread["snippet"], (thread.get("replies") or {}).get("comments") or []
        replies: Iterable[Record] = with_it
        if told.get("totalReplyCount", 0) > len(with_it):
            replies = self._client.replies(str(told["topLevelComment"]["id"]))
        for reply in replies:
            yield {"comment": reply, "videoId": told.get("videoId")}

    def _comments(self, names: Sequence[str]) -> Iterator[Standing]:
        """A comment that alone is refused is hidden now; where all are, nothing is known."""
        parts = {name: name.split("/", 1) for name in names}
        found, refused = self._client.comments([comment for _, comment in parts.values()])
        for name, (video, comment) in parts.items():
            told = found.get(comment)
            is_gone = told is None and (comment not in refused or bool(found))
            place = {"videoId": None if video == mapping.ON_CHANNEL else video}
            yield Standing(name, gone=is_gone, record={"comment": told, **place} if told else None)

    def _needs_account(self) -> None:
        if not self._client.has_account:
            raise WrongOption(option="refresh_token", reason=NEEDS_ACCOUNT)
