"""X as a source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

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
from outlisten.sources.problems import NotAllowed
from outlisten.sources.walking import begun, newest_of, older_of
from outlisten.sources.x import answering, mapping
from outlisten.sources.x.client import HOST, XClient
from outlisten.sources.x.lines import Lines
from outlisten.sources.x.live import live_pages
from outlisten.sources.x.records import before
from outlisten.sources.x.refusals import StreamTaken
from outlisten.sources.x.rules import synchronised
from outlisten.sources.x.signing import Keys
from outlisten.sources.x.standing import standings
from outlisten.sources.x.walks import LATE, id_of, listings, newest_posts, older_posts

Account = Mapping[str, str]  # name and id; empty where a source names none


class X(Connector):
    """Searches, and what is written to an account. The cursor holds the place in each list, and the account's id."""

    PACKAGE = "outlisten.sources.x"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._name = setting.text("account").strip().lstrip("@")
        keys = Keys.of(setting.secrets)
        self._client = XClient(self.fetcher, setting.secrets.get("bearer", ""), keys)

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new in each list; at first the newest page of each."""
        account = self._account(cursor)
        found = listings(self.setting, account)
        asks = {one.key: newest_posts(self._client, one, self.setting.now) for one in found}
        for page in newest_of(cursor, asks, late=LATE):
            yield _page(replace(page, cursor=begun(page.cursor, id_of(self.setting.now))), account)

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Each list from its newest post down to `since`: searches go back a week, or to the first post of X where the level
        has the archive; mentions 800 posts."""
        account = self._account(cursor)
        found = listings(self.setting, account, back=True)
        asks = {one.key: older_posts(self._client, one, since, self.setting.now) for one in found}
        for page in older_of(cursor, asks, since):
            yield _page(page, account)

    def stream(self, cursor: Cursor) -> Iterator[Page]:
        """Posts as they are written, after what is new until then.

        Raises NotOffered where that is not wanted, not part of the app's level, or its one connection is in use: then it is
        asked now and then.
        """
        if not self.setting.options.get("live"):
            raise self._cannot("stream unless that is chosen", "在未选择时实时推送")
        return self._live(cursor)

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How posts stand, a hundred with each request."""
        return standings(self._client, native_ids, self._name if self.setting.options.get("mentions") else "")

    def answer(self, to: str, text: str) -> Sent:
        """Answer a post as the account whose keys there are."""
        return answering.sent(self._client, to, text)

    def answered(self, to: str, text: str) -> Sent | None:
        return answering.standing(self._client, to, text)

    def welcome(self) -> Welcome:
        """The account that answers go out from, else the one that is listened for, and the newest posts of the first list."""
        account = str(self._client.own_account().get("username")) if self._client.has_account else self._name
        page = next(self.pages({}), None)
        return Welcome(account, self._sample(page.records if page else ()))

    def _live(self, cursor: Cursor) -> Iterator[Page]:
        found = listings(self.setting, self._account(cursor))
        backfill = int(self.setting.text("backfill") or 0)
        lines = Lines(lambda: self._client.stream(backfill), HOST)
        try:
            rules = synchronised(
                self._client, self.setting.text("rules"), {one.key: one.rule for one in found}
            )
            yield from live_pages(lines, self.pages(cursor), found, rules)
        except StreamTaken as problem:
            raise self._cannot(
                "stream while the app’s only connection is in use", "在应用唯一的连接被占用时实时推送"
            ) from problem
        except NotAllowed as problem:
            raise self._cannot("stream at this access level", "在此访问级别下实时推送") from problem

    def _account(self, cursor: Cursor) -> Account:
        """The account that is listened for; its id is asked for once."""
        known = cursor.get("account") or {}
        if not self._name or not self.setting.options.get("mentions"):
            return {}
        if known.get("name") == self._name:
            return {"name": self._name, "id": str(known["id"])}
        return {"name": self._name, "id": str(self._client.account(self._name)["id"])}


def _page(page: Page, account: Account) -> Page:
    """A page whose cursor holds the account. What is written to it brings the posts that it answers."""
    parents = [parent for record in page.records if record["by"] == "mention" for parent in before(record)]
    cursor = {**page.cursor, **({"account": dict(account)} if account else {})}
    return replace(page, records=[*parents, *page.records], cursor=cursor)
