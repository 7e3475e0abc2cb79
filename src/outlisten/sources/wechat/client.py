"""Asking WeChat's servers: tokens, articles, comments, replies and messages. They answer 200 with a code of their own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from outlisten.sources.fetching import Fetcher
from outlisten.sources.problems import (
    AnswerRefused,
    Because,
    CredentialRefused,
    NotAllowed,
    NotThere,
    QuotaUsedUp,
    ShapeChanged,
    SourceProblem,
    Throttled,
    Unavailable,
)

HOST = "api.weixin.qq.com"
PACE = 0.5  # seconds between requests
AT_ONCE = 49  # comments of an answer: fifty are refused
EVERY_KIND = 0  # of comments: chosen by the account or not
STALE = frozenset({40001, 40014, 42001})  # the token is no longer one
REFUSED = STALE | {40013, 40125, 40243}  # the AppID or its secret is none
UNLISTED = 40164  # this server is not on the account's list of addresses
FORBIDDEN = frozenset({48001, 50001, 50002, 88000})
GONE = frozenset({88001, 88008})
NOT_TAKEN = {
    45002: "it is too long",
    45015: "the person last wrote more than 48 hours ago, or no longer follows the account",
    45047: "WeChat takes no further message until the person writes again",
    88005: "another answer already stands there",
    88007: "it is empty or too long",
}


@dataclass(frozen=True, slots=True, order=True)
class Article:
    """An article: the number of its sending, and its place in it from 0."""

    sending: int
    index: int

    @property
    def name(self) -> str:
        """As WeChat's statistics write it, where the first has the place 1."""
        return f"{self.sending}_{self.index + 1}"

    @classmethod
    def named(cls, name: str) -> Article | None:
        """The article of `2247483650_1`, or of `2247483650` for the first; None for anything else."""
        sending, _, place = name.partition("_")
        if not (sending.isascii() and sending.isdigit() and (place or "1").isascii()):
            return None
        return cls(int(sending), int(place or "1") - 1) if (place or "1").isdigit() and place != "0" else None


class WeChatClient:
    """An account's server side. Without a secret of the account it can ask nothing."""

    def __init__(self, fetcher: Fetcher, app_id: str, secret: str) -> None:
        self._fetcher, self._app_id, self._secret = fetcher, app_id, secret
        self._token = ""

    @property
    def signed_in(self) -> bool:
        return bool(self._secret)

    def check(self) -> None:
        """Ask for a token. Raises SourceProblem."""
        self._token = self._new_token()

    def articles(self, day: str) -> dict[Article, str]:
        """The articles that were sent to followers on a day, with their titles. Raises SourceProblem."""
        told = self._asked("datacube/getarticletotal", {"begin_date": day, "end_date": day})
        found = {}
        for one in _records(told, "list"):
            if article := Article.named(str(one.get("msgid"))):
                found[article] = str(one.get("title") or "")
        return found

    def comments(self, article: Article, begin: int) -> tuple[list[dict[str, Any]], int]:
        """Some comments from a place on, and how many there are. Raises SourceProblem."""
        asked = {"begin": begin, "count": AT_ONCE, "type": EVERY_KIND}
        told = self._asked("cgi-bin/comment/list", {**_place(article), **asked})
        found = _records(told, "comment")
        if not all("user_comment_id" in one for one in found):
            raise ShapeChanged(host=HOST, reason="a record without its number or its date")
        return found, int(told.get("total") or 0)

    def reply(self, article: Article, comment: int, text: str) -> None:
        """Answer a comment below it, for all to read. Raises SourceProblem."""
        asked = {**_place(article), "user_comment_id": comment, "content": text}
        self._asked("cgi-bin/comment/reply/add", asked, answering=True)

    def send(self, person: str, text: str) -> None:
        """Send somebody a message. Raises SourceProblem."""
        asked = {"touser": person, "msgtype": "text", "text": {"content": text}}
        self._asked("cgi-bin/message/custom/send", asked, answering=True)

    def _asked(self, path: str, body: Mapping[str, Any], *, answering: bool = False) -> dict[str, Any]:
        self._token = self._token or self._new_token()
        told = self._posted(path, body, {"access_token": self._token})
        if told.get("errcode") in STALE:
            self._token = self._new_token()
            told = self._posted(path, body, {"access_token": self._token})
        return _good(told, answering=answering)

    def _new_token(self) -> str:
        """A token. This way of asking for one leaves those of the account's other programs in force."""
        if not self._secret:
            raise CredentialRefused(host=HOST, status="no AppSecret")
        asked = {"grant_type": "client_credential", "appid": self._app_id, "secret": self._secret}
        token = _good(self._posted("cgi-bin/stable_token", asked, {})).get("access_token")
        if not isinstance(token, str):
            raise ShapeChanged(host=HOST, reason="no token")
        return token

    def _posted(self, path: str, body: Mapping[str, Any], params: Mapping[str, str]) -> dict[str, Any]:
        # WeChat shows \\u escapes as they are written: Chinese goes as UTF-8.
        content = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        answer = self._fetcher.send(
            "POST", f"https://{HOST}/{path}", params=params, headers=headers, content=content, pace=PACE
        )
        told = answer.json()
        if not isinstance(told, dict):
            raise ShapeChanged(host=HOST, reason="no list of records")
        return told


def _place(article: Article) -> dict[str, int]:
    return {"msg_data_id": article.sending, "index": article.index}


def _records(told: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    found = told.get(name, [])
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise ShapeChanged(host=HOST, reason="no list of records")
    return found


def _good(told: dict[str, Any], *, answering: bool = False) -> dict[str, Any]:
    """What was told where it is good. Raises the SourceProblem that its code means."""
    code = told.get("errcode", 0)
    if code == 0:
        return told
    raise _problem(code) or (_not_taken(code) if answering else _another_shape(code))


def _problem(code: Any) -> SourceProblem | None:
    if code in REFUSED:
        return CredentialRefused(host=HOST, status=code)
    if code == UNLISTED:
        return NotAllowed(host=HOST, status="this server’s address is not on the account’s IP list")
    if code in FORBIDDEN:
        return NotAllowed(host=HOST, status=code)
    if code in GONE:
        return NotThere(address=f"https://{HOST}", status=code)
    match code:
        case -1:
            return Unavailable(host=HOST, status=code)
        case 45009:
            return QuotaUsedUp(host=HOST)
        case 45011:
            return Throttled(host=HOST, status=code, wait=60.0)
    return None


def _not_taken(code: Any) -> SourceProblem:
    return AnswerRefused(host=HOST, reason=NOT_TAKEN.get(code) or Because.of("status {status}", status=code))


def _another_shape(code: Any) -> SourceProblem:
    return ShapeChanged(host=HOST, reason=Because.of("status {status}", status=code))
