"""Asking the Google Play Developer API: an app's reviews of the last week, one of them, and our replies."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.fetching.answers import checked
from outlisten.sources.googleplay.keys import TOKENS, NoKey, ServiceAccount
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    QuotaUsedUp,
    ShapeChanged,
    Throttled,
)
from outlisten.sources.walking import Found, Listed

HOST = "androidpublisher.googleapis.com"
APPS = f"https://{HOST}/androidpublisher/v3/applications"
AT_ONCE = 100
PACE = 1.0  # seconds between requests; two hundred an hour are allowed for each app
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
OFTEN = frozenset({"rateLimitExceeded", "userRateLimitExceeded"})
USED_UP = frozenset({"quotaExceeded", "dailyLimitExceeded"})


class GooglePlayClient:
    """A service account's way to the reviews."""

    def __init__(self, fetcher: Fetcher, key: str, now: datetime) -> None:
        self._fetcher, self._key, self._now = fetcher, key, now
        self._token = ""

    def email(self) -> str:
        """Which service account asks. Raises CredentialRefused."""
        return self._account().email

    def reviews(self, package: str, at: str | None) -> Listed:
        """A page of an app's reviews, last written or changed first. Raises SourceProblem.

        A place in the list that Google no longer knows is left for the top of it.
        """
        asked = {"maxResults": AT_ONCE} | ({"token": at} if at else {})
        answer = self._asked("GET", f"{APPS}/{package}/reviews", params=asked, judged=(400,) if at else ())
        if answer.status == 400:
            return self.reviews(package, None)
        told = answer.json()
        found = told.get("reviews", []) if isinstance(told, dict) else None
        if not isinstance(found, list):
            raise ShapeChanged(host=HOST, reason="no list of records")
        listed = [one for review in found for one in _found(package, review)]
        return Listed(listed, (told.get("tokenPagination") or {}).get("nextPageToken") or None)

    def review(self, package: str, review_id: str) -> dict[str, Any]:
        """One review as it is now. Raises NotThere, SourceProblem."""
        told = self._asked("GET", f"{APPS}/{package}/reviews/{review_id}").json()
        if not isinstance(told, dict):
            raise ShapeChanged(host=HOST, reason="no list of records")
        return told

    def reply(self, package: str, review_id: str, text: str) -> None:
        """Answer a review, or put these words in place of the answer that stands there. Raises SourceProblem."""
        address = f"{APPS}/{package}/reviews/{review_id}:reply"
        answer = self._asked("POST", address, json={"replyText": text}, judged=(400,))
        if answer.status == 400:
            raise AnswerRefused(host=HOST, reason="it is empty or too long")

    def _asked(self, method: str, address: str, *, judged: tuple[int, ...] = (), **asked: Any) -> Answer:
        self._token = self._token or self._new_token()
        headers = {"Authorization": f"Bearer {self._token}"}
        answer = self._fetcher.send(
            method, address, headers=headers, pace=PACE, judged=(*judged, 403), **asked
        )
        if answer.status == 403:
            self._refused(answer)
        return answer

    def _refused(self, answer: Answer) -> None:
        """Google says both 'not allowed' and 'too often' with the status 403."""
        reasons = _reasons(answer.body)
        if reasons & USED_UP:
            raise QuotaUsedUp(host=HOST)
        if reasons & OFTEN:
            raise Throttled(host=HOST, status=403)
        checked(answer, datetime.now(UTC))

    def _new_token(self) -> str:
        form = {"grant_type": GRANT, "assertion": self._account().claim(self._now)}
        answer = self._fetcher.send("POST", TOKENS, data=form, judged=(400, 401))
        told = answer.json()
        token = told.get("access_token") if isinstance(told, Mapping) else None
        if answer.status >= 400 or not isinstance(token, str):
            raise CredentialRefused(host=answer.host, status=answer.status)
        return token

    def _account(self) -> ServiceAccount:
        try:
            return ServiceAccount.of(self._key)
        except NoKey:
            raise CredentialRefused(host=HOST, status="it is no key of a service account") from None


def _found(package: str, review: Any) -> list[Found]:
    """A review, and the reply to it: that one ranks as its review does, else the list would not be in order."""
    try:
        name, (user, reply) = str(review["reviewId"]), written(review)
        rank = int(user["lastModified"]["seconds"])
    except (KeyError, TypeError, ValueError) as problem:
        raise ShapeChanged(host=HOST, reason="a record without its number or its date") from problem
    found = [Found(rank, name, {"kind": "review", "package": package, "review": review})]
    if reply.get("text"):
        found.append(Found(rank, f"{name}/reply", {"kind": "reply", "package": package, "review": review}))
    return found


def written(review: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the person wrote last, and what the developer did; empty where there is none."""
    said: dict[str, dict[str, Any]] = {"userComment": {}, "developerComment": {}}
    for comment in review.get("comments", []):
        said |= {kind: told for kind, told in comment.items() if kind in said}
    return said["userComment"], said["developerComment"]


def _reasons(body: bytes) -> set[str]:
    """Why Google refused, as its errors say it."""
    try:
        return {str(one.get("reason")) for one in json.loads(body)["error"]["errors"]}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return set()
