"""X's interface, answering from memory in the shapes that it documents."""

from __future__ import annotations

import hmac
import json
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import httpx2
from oauthlib.oauth1.rfc5849 import signature

from outlisten.posts.files.presets.x_posts import ID_EPOCH_MS
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Politeness
from outlisten.sources.options import entered
from outlisten.sources.x.connector import X

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
PAGE = 100
LIN, ACME = (
    {"id": "11", "name": "林小雨", "username": "lin"},
    {"id": "99", "name": "Acme", "username": "acme"},
)
KEYS = {
    "api_key": "app",
    "api_secret": "app-secret",
    "access_token": "99-account",
    "access_secret": "account-secret",
}


def number(second: int) -> int:
    """The id of a post written so many seconds after midnight of 30 November."""
    midnight = int(datetime(2026, 11, 30, tzinfo=UTC).timestamp())
    return ((midnight + second) * 1000 - ID_EPOCH_MS) << 22


def tweet(second: int, text: str = "水壶漏水了", author: str = "11", **more: Any) -> dict[str, Any]:
    """A post written at that second."""
    identifier = str(number(second))
    at = datetime.fromtimestamp(((number(second) >> 22) + ID_EPOCH_MS) / 1000, UTC)
    return {
        "id": identifier, "text": text, "author_id": author, "conversation_id": identifier, "lang": "zh",
        "created_at": at.strftime("%Y-%m-%dT%H:%M:%S.000Z"), "edit_history_tweet_ids": [identifier], **more,
    }  # fmt: skip


def mention(second: int, text: str = "@acme 在吗", **more: Any) -> dict[str, Any]:
    return tweet(second, text, entities={"mentions": [{"username": "Acme", "id": "99"}]}, **more)


def answering(one: dict[str, Any]) -> dict[str, Any]:
    return {"referenced_tweets": [{"type": "replied_to", "id": one["id"]}]}


def problem(kind: str, **told: Any) -> dict[str, Any]:
    return {"type": f"https://api.x.com/2/problems/{kind}", **told}


@dataclass
class Service:
    """Posts in any order, found by what is in quotes; `stream` are the lines it sends; every request is noted."""

    tweets: list[dict[str, Any]] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)  # id → why it is not given
    rules: list[dict[str, str]] = field(default_factory=list)
    stream: list[str] = field(default_factory=list)
    refuse: dict[str, tuple[int, Any]] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    asked: list[httpx2.Request] = field(default_factory=list)
    written: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        path, asked = request.url.path, dict(request.url.params)
        if path in self.refuse:
            status, said = self.refuse[path]
            return httpx2.Response(status, json=said, headers=self.headers)
        if request.method == "POST" and path == "/2/tweets":
            return self._write(request)
        if path == "/2/users/me":
            return _told({"data": ACME}) if _signed(request) else httpx2.Response(401)
        if path.startswith("/2/users/by/username/"):
            return _told(
                {"data": ACME} if path.endswith("/acme") else {"errors": [problem("resource-not-found")]}
            )
        if path == "/2/users/99/tweets":
            assert _signed(request)
            return self._page(
                [one for one in self.tweets if one["author_id"] == "99"], asked, "pagination_token"
            )
        if request.headers["Authorization"] != "Bearer app-token":
            return httpx2.Response(401, json=problem("about:blank", title="Unauthorized"))
        if path == "/2/tweets/search/stream/rules":
            return self._rules(request)
        if path == "/2/tweets/search/stream":
            return httpx2.Response(200, stream=Lines(self.stream))
        if path == "/2/tweets":
            return self._lookup(asked["ids"].split(","))
        if path == "/2/users/99/mentions":
            return self._page([one for one in self.tweets if "entities" in one], asked, "pagination_token")
        words = asked["query"].split('"')[1::2]
        found = [one for one in self.tweets if any(word in one["text"] for word in words)]
        return self._page(found, asked, "next_token")

    @property
    def paths(self) -> list[str]:
        return [request.url.path for request in self.asked]

    def _page(self, found: list[dict[str, Any]], asked: dict[str, str], further: str) -> httpx2.Response:
        """A token stands for a place in what its own question finds, whatever is written meanwhile."""
        low, start = int(asked.get("since_id", "0")), asked.get("start_time", "")
        bound, key = f"{asked.get('query')}|{low}|{start}", asked.get(further)
        if key and not key.startswith(f"{bound}|"):
            return httpx2.Response(
                400, json=problem("invalid-request", detail="The token is of another question.")
            )
        high = int(key.rpartition("|")[2]) if key else 10**30
        found = [one for one in found if low < int(one["id"]) < high and one["created_at"][:19] >= start[:19]]
        found = sorted(found, key=lambda one: -int(one["id"]))
        shown = found[:PAGE]
        meta = {"next_token": f"{bound}|{shown[-1]['id']}"} if len(found) > PAGE else {}
        return _told(
            {"data": shown, "includes": self._includes(shown), "meta": meta} if shown else {"meta": meta}
        )

    def _includes(self, shown: list[dict[str, Any]]) -> dict[str, Any]:
        names = {ref["id"] for one in shown for ref in one.get("referenced_tweets", [])}
        return {"users": [LIN, ACME], "tweets": [one for one in self.tweets if one["id"] in names]}

    def _lookup(self, ids: list[str]) -> httpx2.Response:
        assert len(ids) <= 100
        found = [one for one in self.tweets if one["id"] in ids and one["id"] not in self.hidden]
        missing = {name: "resource-not-found" for name in ids if name not in {one["id"] for one in found}}
        errors = [
            problem(why, resource_id=name, resource_type="tweet")
            for name, why in (missing | self.hidden).items()
        ]
        told = {"data": found, "includes": self._includes(found)} if found else {}
        return _told({**told, "errors": [one for one in errors if one["resource_id"] in ids]})

    def _rules(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "GET":
            return _told(
                {"data": self.rules, "meta": {"result_count": len(self.rules)}}
                if self.rules
                else {"meta": {}}
            )
        said = json.loads(request.content)
        gone = said.get("delete", {}).get("ids", [])
        self.rules = [rule for rule in self.rules if rule["id"] not in gone]
        known = {rule["value"]: rule["id"] for rule in self.rules}
        added = [one for one in said.get("add", []) if one["value"] not in known]
        new = [{"id": f"r{len(self.rules) + place}", **one} for place, one in enumerate(added)]
        self.rules += new
        doubles = [one for one in said.get("add", []) if one["value"] in known]
        errors = [
            problem("duplicate-rules", title="DuplicateRule", value=one["value"], id=known[one["value"]])
            for one in doubles
        ]
        return _told({"data": new, "errors": errors, "meta": {}}, 201)

    def _write(self, request: httpx2.Request) -> httpx2.Response:
        if not _signed(request):
            return httpx2.Response(401)
        said = json.loads(request.content)
        made = tweet(50_000 + len(self.written), f"@lin {said['text']}", "99")
        made["referenced_tweets"] = [{"type": "replied_to", "id": said["reply"]["in_reply_to_tweet_id"]}]
        self.tweets.append(made)
        self.written.append(said)
        return _told(
            {"data": {"id": made["id"], "text": made["text"], "edit_history_tweet_ids": [made["id"]]}}, 201
        )


class Lines(httpx2.SyncByteStream):
    """A body of lines, as they come."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines

    def __iter__(self) -> Iterator[bytes]:
        for line in self._lines:
            yield f"{line}\r\n".encode()


def _told(said: Any, status: int = 200) -> httpx2.Response:
    return httpx2.Response(status, json=said)


def _signed(request: httpx2.Request) -> bool:
    """Whether a request carries a good signature of the account, checked as a server does (RFC 5849, 3.2)."""
    sent = request.headers.get("Authorization", "")
    if not sent.startswith("OAuth "):
        return False
    given = signature.collect_parameters(
        uri_query=request.url.query.decode(), headers={"Authorization": sent}, exclude_oauth_signature=False
    )
    told = dict(given)
    rest = signature.normalize_parameters([one for one in given if one[0] != "oauth_signature"])
    base = signature.signature_base_string(
        request.method, signature.base_string_uri(str(request.url).partition("?")[0]), rest
    )
    secret = f"{KEYS['api_secret']}&{KEYS['access_secret']}".encode()
    expected = b64encode(hmac.digest(secret, base.encode(), "sha1")).decode()
    return told["oauth_token"] == KEYS["access_token"] and told["oauth_signature"] == expected


def source(service: Service, secrets: dict[str, str] | None = None, now: datetime = NOW, **options: str) -> X:
    """A source of this service; without options it searches for 水壶."""
    wanted = [option for option in X.manifest().options if not option.secret]
    values = entered(wanted, options or {"words": "水壶"})
    fetcher = Fetcher(transport=httpx2.MockTransport(service), politeness=Politeness(0, sleep=lambda _: None))
    return X(Setting(values, {"bearer": "app-token", **(secrets or {})}, fetcher, now))
