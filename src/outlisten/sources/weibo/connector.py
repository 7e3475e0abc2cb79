"""An account on Weibo as a source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

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
from outlisten.sources.problems import NotAllowed, NotThere, QuotaUsedUp
from outlisten.sources.under_posts import Topic, all_since, changed
from outlisten.sources.walking import Ask, Found, newest, older, parts
from outlisten.sources.weibo import mapping
from outlisten.sources.weibo.client import WeiboClient, number_of
from outlisten.sources.weibo.standing import Standings, numbers

DAYS = 7
LONG_TEXTS = 5  # that are fetched whole in one run: each is a request out of the hundred of a day
LOOKED_AT = 3  # pages of our own comments among which an answer is looked for
ADDRESSED = re.compile(r"^回复@[^:：]{1,60}[:：]")
LISTS = {
    "statuses/mentions": "statuses",
    "comments/mentions": "comments",
    "comments/to_me": "comments",
}


class Weibo(Connector):
    """What names the account, and comments to it; the account's own posts with all that stands under them where chosen."""

    PACKAGE = "outlisten.sources.weibo"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = WeiboClient(self.fetcher, setting.secrets.get("token", ""))
        self._standings = Standings(self._client)
        self._uid = ""

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new since the cursor, which keeps the number of the account too: asking for it would cost a request."""
        uid = self._account(cursor)
        walks: dict[str, Callable[[Cursor], Iterator[Page]]] = {
            path: partial(newest, ask=ask) for path, ask in self._lists().items()
        }
        if self.setting.options.get("own"):
            walks["own"] = partial(self._own, uid)
        left = LONG_TEXTS
        for page in parts(cursor.get("walks") or {}, walks):
            records, left = self._whole(page.records, left)
            yield replace(page, records=_named(records, uid), cursor={"uid": uid, "walks": page.cursor})

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Back to `since`, or as far as Weibo goes."""
        uid = self._account(cursor)
        before = partial(_is_before, since=since)
        walks = {path: partial(older, ask=ask, before_time=before) for path, ask in self._lists().items()}
        for page in parts(cursor.get("walks") or {}, walks):
            yield replace(page, records=_named(page.records, uid), cursor={"uid": uid, "walks": page.cursor})

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How comments stand, fifty a request, and perhaps a post; of the others it is not known this time."""
        return self._standings.of(self._account({}), native_ids)

    def answer(self, to: str, text: str) -> Sent:
        """Answer a comment, or comment on a post. Raises SourceProblem."""
        status, comment = numbers(to)
        sent = self._client.reply(status, comment, text) if comment else self._client.comment(status, text)
        return Sent(mapping.comment_id(status, str(number_of(sent))))

    def answered(self, to: str, text: str) -> Sent | None:
        status, comment = numbers(to)
        for one in self._client.written(LOOKED_AT):
            under = str((one.get("status") or {}).get("id") or "")
            parent = str((one.get("reply_comment") or {}).get("id") or "")
            if (under, parent) == (status, comment) and _said(str(one.get("text") or "")) == _said(text):
                return Sent(mapping.comment_id(status, str(number_of(one))))
        return None

    def welcome(self) -> Welcome:
        """The account's name, and the newest posts that mention it."""
        page = next(self.pages({}))
        return Welcome(self._client.name(self._account({})), self._sample(page.records))

    def _account(self, cursor: Cursor) -> str:
        """The number of our account, which is asked for once."""
        self._uid = self._uid or str(cursor.get("uid") or "") or self._client.uid()
        return self._uid

    def _lists(self) -> Mapping[str, Ask]:
        return {path: partial(self._client.listed, path, key) for path, key in LISTS.items()}

    def _own(self, uid: str, cursor: Cursor) -> Iterator[Page]:
        return changed(cursor, self._topics(uid), self._under)

    def _topics(self, uid: str) -> Iterator[Sequence[Topic]]:
        """The account's own posts of the last days, newest first; a pinned one may come before its time."""
        first = self.setting.now - timedelta(days=int(self.setting.text("days") or DAYS))
        at: int | None = None
        while True:
            page = self._client.listed("statuses/user_timeline", "statuses", at, None, uid=uid)
            late = [one for one in page.found if not _is_before(one, first)]
            yield [
                Topic(one.id, str(one.record["statuses"].get("comments_count")), one.record) for one in late
            ]
            at = page.next
            if at is None or not late:
                return

    def _under(self, topic: Topic, cursor: Cursor) -> Iterator[Page]:
        ask = partial(self._client.listed, "comments/show", "comments", id=topic.id)
        for page in all_since(cursor, ask, late=0):
            records = [{**record, "status": topic.record["statuses"]} for record in page.records]
            yield replace(page, records=records)

    def _whole(self, records: Sequence[Record], left: int) -> tuple[list[Record], int]:
        """The records, with long texts whole as long as some are left; a short text rather than none where that fails."""
        found: list[Record] = []
        for record in records:
            status = record.get("statuses") or {}
            if status.get("isLongText") is True and not status.get("longText") and left > 0:
                left -= 1
                found.append({**record, "statuses": self._long(status)})
            else:
                found.append(record)
        return found, left

    def _long(self, status: Mapping[str, object]) -> Mapping[str, object]:
        try:
            return self._client.status(str(number_of(status))) or status
        except (NotAllowed, NotThere, QuotaUsedUp):
            return status


def _named(records: Sequence[Record], uid: str) -> list[Record]:
    return [{**record, "uid": uid} for record in records]


def _is_before(one: Found, since: datetime) -> bool:
    record = one.record.get("statuses") or one.record.get("comments") or {}
    when = mapping.time_of(record.get("created_at"))
    return when is not None and when < since


def _said(text: str) -> str:
    """Words alone, without whom Weibo put before them."""
    return " ".join(ADDRESSED.sub("", text).split())
