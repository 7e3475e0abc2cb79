"""Subreddits, words, threads, and what is written to an account of Reddit, as a source."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
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
from outlisten.sources.mentions import mentions
from outlisten.sources.problems import WrongOption
from outlisten.sources.reddit import answering, mapping
from outlisten.sources.reddit.client import MOST, RedditClient
from outlisten.sources.reddit.things import is_gone
from outlisten.sources.reddit.threads import LATE, Thread, post_id
from outlisten.sources.walking import Ask, Listed, newest, older_of, outlasting

SUBREDDIT = re.compile(
    r"(?:(?:https?://)?(?:\w+\.)?reddit\.com)?/?r/(\w{2,24})(?:[/?#].*)?|(\w{2,24})", re.ASCII
)
PERSON = re.compile(r"(?:.*/)?(?:u/|user/)?([\w-]{3,23})/?", re.ASCII)
TO_US = ("message/mentions", "message/comments", "message/selfreply")
NEEDS_ACCOUNT = "mentions and answers need a refresh token"


class Reddit(Connector):
    """A walk down each listing that was chosen. The cursor holds the place in each."""

    PACKAGE = "outlisten.sources.reddit"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self._client = RedditClient(
            self.fetcher,
            application=setting.text("application"),
            secret=setting.secrets.get("secret", ""),
            refresh_token=setting.secrets.get("refresh_token", ""),
            person=_person(setting.text("account")),
        )
        self._says = mentions(setting.words("words"))
        self._name = ""

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """What is new in each listing and thread; at first the newest hundred of each listing, and each thread whole."""
        walks: dict[str, Callable[[Cursor], Iterator[Page]]] = {
            name: partial(self._new, ask=ask) for name, ask in self._asks().items()
        }
        for entered in self.setting.words("threads"):
            post = post_id(entered)
            walks[f"thread {post}"] = Thread(self._client, post)
        if not walks:
            raise WrongOption(
                option="subreddits", reason="enter subreddits, words or threads, or choose mentions"
            )
        return outlasting(cursor, walks)

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        """Each listing from its newest entry down to `since`, or as far as Reddit lists (about a thousand)."""
        return map(self._wanted, older_of(cursor, self._asks(), since))

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How posts and comments stand, a hundred a question; what Reddit has not any more, or only emptied, is gone."""
        for first in range(0, len(native_ids), MOST):
            names = native_ids[first : first + MOST]
            known = self._client.known(names)
            for name in names:
                thing = known.get(name)
                gone = thing is None or is_gone(thing)
                yield Standing(name, gone=gone, record=None if gone else thing)

    def answer(self, to: str, text: str) -> Sent:
        """Answer a post or a comment. Raises AnswerRefused where Reddit did not take it."""
        self._needs_account()
        return answering.sent(self._client.comment(to, text))

    def answered(self, to: str, text: str) -> Sent | None:
        """Our answer among the last hundred comments of our account."""
        self._needs_account()
        listed = self._client.listed(f"user/{self._account()}/comments", {"sort": "new"}, None)
        return answering.standing((one.record for one in listed.found), to, text)

    def welcome(self) -> Welcome:
        """Our account where there is one, and the newest of the first listing."""
        account = self._account() if self._client.has_account else ""
        return replace(super().welcome(), account=account)

    def _asks(self) -> dict[str, Ask]:
        subreddits, words = self.setting.words("subreddits"), self.setting.words("words")
        asks: dict[str, Ask] = {}
        for name in map(_subreddit, subreddits):
            asks |= {
                f"r/{name}/{kind}": partial(self._listed, f"r/{name}/{kind}") for kind in ("new", "comments")
            }
        if not subreddits:
            asks |= {f"search {word}": partial(self._found, word) for word in words}
        if self.setting.options.get("mentions"):
            self._needs_account()
            asks |= {path: partial(self._to_us, path) for path in TO_US}
        return asks

    def _new(self, cursor: Cursor, ask: Ask) -> Iterator[Page]:
        return map(self._wanted, newest(cursor, ask, late=LATE))

    def _wanted(self, page: Page) -> Page:
        """Of subreddits, only what says one of the words; what is written to us comes whatever it says."""
        if not self.setting.words("subreddits"):
            return page
        return replace(page, records=[one for one in page.records if one.get("to") or self._says(_text(one))])

    def _listed(self, path: str, at: Any, _floor: int | None) -> Listed:
        return self._client.listed(path, {}, at)

    def _found(self, word: str, at: Any, _floor: int | None) -> Listed:
        phrase = '"{}"'.format(word.replace('"', " "))
        return self._client.listed("search", {"q": phrase, "sort": "new", "t": "all", "type": "link"}, at)

    def _to_us(self, path: str, at: Any, _floor: int | None) -> Listed:
        listed, account = self._client.listed(path, {}, at), self._account()
        return replace(
            listed, found=[replace(one, record={**one.record, "to": account}) for one in listed.found]
        )

    def _account(self) -> str:
        self._name = self._name or self._client.account()
        return self._name

    def _needs_account(self) -> None:
        if not self._client.has_account:
            raise WrongOption(option="refresh_token", reason=NEEDS_ACCOUNT)


def _text(thing: Mapping[str, Any]) -> str:
    return "\n".join(str(thing["data"].get(name) or "") for name in ("title", "selftext", "body"))


def _subreddit(entered: str) -> str:
    """The name alone, also from `r/name` and an address. Raises WrongOption."""
    told = SUBREDDIT.fullmatch(entered.strip())
    if told is None:
        raise WrongOption(option=entered, reason="a subreddit is written r/name")
    return (told[1] or told[2]).lower()


def _person(entered: str) -> str:
    told = PERSON.fullmatch(entered.strip())
    if told is None:
        raise WrongOption(option="account", reason="an account is written u/name")
    return told[1]
