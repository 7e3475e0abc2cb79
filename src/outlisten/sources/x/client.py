"""Asking X's interface, version 2: as an app to read, as an account to write.

Over our own Fetcher: tweepy needs an older oauthlib than others here, and X's own kit opens its connections with requests, past
the guard against private addresses, past the pace that all sources of a host share, and past the limits on an answer.

https://docs.x.com/x-api/introduction
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote, urlencode

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import NotThere, ShapeChanged, WrongOption
from outlisten.sources.x.refusals import JUDGED, refused
from outlisten.sources.x.signing import Keys

HOST = "api.x.com"
INTERFACE = f"https://{HOST}"
STREAM = "/2/tweets/search/stream"
SILENCE = 45.0  # seconds: X sends a line every 20 at least
AT_ONCE = 100  # posts of a lookup
# What of a post, its author and what belongs to it is asked for, and so paid for.
FIELDS = {
    "tweet.fields": "attachments,author_id,conversation_id,created_at,edit_history_tweet_ids,entities,"
    "in_reply_to_user_id,lang,note_tweet,public_metrics,referenced_tweets",
    "expansions": "author_id,attachments.media_keys,in_reply_to_user_id,referenced_tweets.id,referenced_tweets.id.author_id",
    "user.fields": "name,public_metrics,username,verified",
    "media.fields": "alt_text,type",
}
FOR_ACCOUNTS = "answers need the app’s key and secret and the account’s access token and secret"


class XClient:
    """Asks with an app's bearer token, and with the keys of an account where it must be one."""

    def __init__(self, fetcher: Fetcher, bearer: str, keys: Keys | None = None) -> None:
        self._fetcher, self._keys = fetcher, keys
        self._headers = {"Authorization": f"Bearer {bearer.strip()}", "Accept": "application/json"}

    @property
    def has_account(self) -> bool:
        """Whether it can act as an account."""
        return self._keys is not None

    def get(self, path: str, asked: Mapping[str, Any], *, pace: float | None = None) -> dict[str, Any]:
        """What X answers the app. Raises SourceProblem."""
        return _object(
            self._good(
                self._fetcher.get(
                    f"{INTERFACE}{path}", params=asked, headers=self._headers, pace=pace, judged=JUDGED
                )
            )
        )

    def posts(self, ids: Sequence[str]) -> dict[str, Any]:
        """Up to a hundred posts by their ids, and of those that are missing why."""
        return self.get("/2/tweets", {"ids": ",".join(ids), **FIELDS})

    def account(self, name: str) -> dict[str, Any]:
        """The account of this name. Raises NotThere."""
        told = self.get(f"/2/users/by/username/{quote(name, safe='')}", {})
        if not isinstance(told.get("data"), dict):
            raise NotThere(address=f"https://x.com/{name}", status="no account")
        return dict(told["data"])

    def own_account(self) -> dict[str, Any]:
        """Whose keys they are. Raises CredentialRefused."""
        told = self._as_account("GET", "/2/users/me")
        if not isinstance(told.get("data"), dict):
            raise ShapeChanged(host=HOST, reason="no account")
        return dict(told["data"])

    def written(self, account: str, since_id: str, further: str = "") -> dict[str, Any]:
        """What our account wrote since a post, newest first."""
        asked = {
            "max_results": 100, "since_id": since_id, "tweet.fields": "entities,note_tweet,referenced_tweets",
            **({"pagination_token": further} if further else {}),
        }  # fmt: skip
        path = f"/2/users/{quote(account, safe='')}/tweets?{urlencode(asked, quote_via=quote)}"
        return self._as_account("GET", path)

    def write(self, said: Mapping[str, Any]) -> Answer:
        """Write a post; the answer also when it is a refusal."""
        return self._signed("POST", "/2/tweets", said)

    def rules(self, further: str = "") -> dict[str, Any]:
        """The rules of the stream."""
        return self.get(f"{STREAM}/rules", {"pagination_token": further} if further else {})

    def change_rules(self, said: Mapping[str, Any]) -> dict[str, Any]:
        """Add rules, or take some away; what could not be added is told in the answer."""
        address = f"{INTERFACE}{STREAM}/rules"
        answer = self._fetcher.send("POST", address, json=said, headers=self._headers, judged=JUDGED)
        return _object(self._good(answer))

    @contextmanager
    def stream(self, backfill_minutes: int = 0) -> Iterator[Iterator[str]]:
        """The stream's lines, empty ones as its sign of life included. Raises SourceProblem."""
        backfill = {"backfill_minutes": str(backfill_minutes)} if backfill_minutes else {}
        address = f"{INTERFACE}{STREAM}?{urlencode({**FIELDS, **backfill})}"
        with self._fetcher.stream(address, headers=self._headers, silence=SILENCE, judge=refused) as lines:
            yield lines

    def _as_account(self, method: str, path: str) -> dict[str, Any]:
        return _object(self._good(self._signed(method, path)))

    def _signed(self, method: str, path: str, said: Any = None) -> Answer:
        if self._keys is None:
            raise WrongOption(option="access_token", reason=FOR_ACCOUNTS)
        address = f"{INTERFACE}{path}"
        headers = self._headers | self._keys.signature(method, address)
        return self._fetcher.send(method, address, headers=headers, json=said, judged=JUDGED)

    def _good(self, answer: Answer) -> Answer:
        refused(answer)
        return answer


def _object(answer: Answer) -> dict[str, Any]:
    told = answer.json()
    if not isinstance(told, dict):
        raise ShapeChanged(host=answer.host, reason="no object")
    return told
