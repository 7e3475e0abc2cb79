"""A Page on Facebook as a source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
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
from outlisten.sources.facebook import mapping
from outlisten.sources.facebook.client import FEED, TAGGED, Account, FacebookClient
from outlisten.sources.problems import NotThere
from outlisten.sources.under_posts import Topic, all_since, changed

LATE = (
    3_600  # seconds by which a comment may turn up late: some are held back until somebody lets them through
)
REMEMBERED = 300  # comments of that stretch, for each post
DAYS = 30


class Facebook(Connector):
    """The posts of the last days, and under each that changed what is new."""

    PACKAGE = "outlisten.sources.facebook"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        secrets = setting.secrets
        self._client = FacebookClient(self.fetcher, secrets.get("token", ""), secrets.get("app_secret", ""))

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What was written or changed since the cursor, in the posts of the last days and under them."""
        account = self._client.page()
        return changed(cursor, self._posts(account), partial(self._under, account))

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How posts and comments stand, one question each; of posts that others wrote elsewhere it is not known."""
        account = self._client.page()
        checked = False
        for name in native_ids:
            try:
                yield self._standing(account, name)
            except NotThere:
                if not checked:
                    self._client.check(account)
                    checked = True
                yield Standing(name, gone=True)

    def answer(self, to: str, text: str) -> Sent:
        """Answer a post, or a comment in its thread. Raises SourceProblem."""
        return self._sent(to, self._client.answer(self._place(to), text).native_id)

    def answered(self, to: str, text: str) -> Sent | None:
        account, place = self._client.page(), self._place(to)
        for one in self._client.under(place):
            ours = (one.get("from") or {}).get("id") == account.id
            if ours and _words(str(one.get("message") or "")) == _words(text):
                return self._sent(to, str(one["id"]), str(one.get("permalink_url") or ""))
        return None

    def welcome(self) -> Welcome:
        """The Page, and its newest posts."""
        page = next(self.pages({}))
        return Welcome(self._client.page().name, self._sample(page.records))

    def _posts(self, account: Account) -> Iterator[Sequence[Topic]]:
        days = timedelta(days=int(self.setting.text("days") or DAYS))
        since = int((self.setting.now - days).timestamp())
        yield from self._client.posts(account, FEED, since)
        if self.setting.options.get("mentions"):
            yield from self._client.posts(account, TAGGED, since)

    def _under(self, account: Account, topic: Topic, cursor: Cursor) -> Iterator[Page]:
        """What is new under a post of the Page; a post that others wrote elsewhere is not ours to read on."""
        if topic.record["by"] == TAGGED:
            return
        try:
            ask = partial(self._client.comments, account, topic.id)
            yield from all_since(cursor, ask, late=LATE, most=REMEMBERED)
        except NotThere:  # taken down since it was listed
            return

    def _standing(self, account: Account, name: str) -> Standing:
        kind, _, rest = name.partition("/")
        post, _, comment = rest.partition("/")
        if kind == TAGGED:
            return Standing(name)
        about = {"page": account.as_json(), "by": FEED}
        if kind == "post":
            return Standing(name, record={**about, "post": self._client.post(post)})
        told = self._client.comment(comment)
        return Standing(name, record={"page": account.as_json(), "post_id": post, "comment": told})

    def _place(self, to: str) -> str:
        """Where an answer is written: under the post, or under the first comment of a thread, which has no second depth."""
        _kind, _, rest = to.partition("/")
        post, _, comment = rest.partition("/")
        if not comment:
            return post
        parent = (self._client.comment(comment).get("parent") or {}).get("id")
        return str(parent or comment)

    def _sent(self, to: str, number: str, url: str = "") -> Sent:
        post = to.split("/")[1]
        return Sent(mapping.comment_id(post, number), url)


def _words(text: str) -> str:
    """Words alone: the network may write blanks in its own way."""
    return " ".join(text.split())
