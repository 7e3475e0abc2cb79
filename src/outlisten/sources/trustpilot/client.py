"""Asking Trustpilot: companies, their reviews, and replies to them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from outlisten.sources.fetching import Answer, Fetcher
from outlisten.sources.problems import AnswerRefused, CredentialRefused, NotThere, ShapeChanged
from outlisten.sources.times import utc
from outlisten.sources.trustpilot.tokens import forget, token
from outlisten.sources.walking import Found, Listed, by_page

HOST = "api.trustpilot.com"
V1 = f"https://{HOST}/v1"
AT_ONCE = 100
PACE = 0.4  # seconds between requests: 833 in five minutes and 10,000 an hour are allowed
LEFT_OUT = frozenset({"referralEmail"})  # customers' addresses: of no use here


class TrustpilotClient:
    """Reads public reviews with the key alone; with the secret the company's own view of them, and replies."""

    def __init__(self, fetcher: Fetcher, key: str, secret: str) -> None:
        self._fetcher, self._key, self._secret = fetcher, key, secret

    def company(self, domain: str) -> str | None:
        """The id of the company with this domain. Raises SourceProblem."""
        try:
            told = self._asked("GET", "business-units/find", params={"name": domain}).json()
        except NotThere:
            return None
        return str(told["id"]) if isinstance(told, dict) and told.get("id") else None

    def reviews(self, company: str, at: Mapping[str, Any] | None) -> Listed:
        """A page of a company's reviews, last written first. Raises SourceProblem."""
        page = at["place"] if at else 1
        asked = {"page": page, "perPage": AT_ONCE, "orderBy": "createdat.desc"}
        path = f"business-units/{company}/reviews"
        answer = (
            self._signed("GET", f"private/{path}", params=asked)
            if self._secret
            else self._asked("GET", path, params=asked)
        )
        reviews = answer.records("reviews")
        found = [one for review in reviews for one in _found(_kept(review), answer.host)]
        return by_page(found, at, page + 1 if len(reviews) >= AT_ONCE else None)

    def review(self, review_id: str) -> dict[str, Any] | None:
        """A review as it is now; None where it is gone. Raises SourceProblem."""
        try:
            told = self._asked("GET", f"reviews/{review_id}").json()
        except NotThere:
            return None
        if not isinstance(told, dict) or "id" not in told:
            raise ShapeChanged(host=HOST, reason="a record without its number or its date")
        return _kept(told)

    def reply(self, review_id: str, text: str, author: str) -> None:
        """Reply to a review in the name of one of the company's people. Raises SourceProblem."""
        said = {"authorBusinessUserId": author, "message": text}
        answer = self._signed("POST", f"private/reviews/{review_id}/reply", json=said, judged=(400,))
        if answer.status == 400:
            raise AnswerRefused(host=HOST, reason="it is empty or too long")

    def _asked(self, method: str, path: str, **asked: Any) -> Answer:
        headers = {"apikey": self._key}
        return self._fetcher.send(method, f"{V1}/{path}", headers=headers, pace=PACE, **asked)

    def _signed(self, method: str, path: str, **asked: Any) -> Answer:
        """With a token; one that is refused is renewed once."""
        if not self._secret:
            raise CredentialRefused(host=HOST, status="no API secret")
        try:
            return self._with_token(method, path, **asked)
        except CredentialRefused:
            forget(self._key, self._secret)
            return self._with_token(method, path, **asked)

    def _with_token(self, method: str, path: str, **asked: Any) -> Answer:
        headers = {"Authorization": f"Bearer {token(self._fetcher, self._key, self._secret)}"}
        return self._fetcher.send(method, f"{V1}/{path}", headers=headers, pace=PACE, **asked)


def _kept(review: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in review.items() if name not in LEFT_OUT}


def _found(review: dict[str, Any], host: str) -> list[Found]:
    """A review, and the reply to it: that one ranks as its review does, else the list would not be in order."""
    name, when = review.get("id"), utc(review.get("createdAt"))
    if not isinstance(name, str) or when is None:
        raise ShapeChanged(host=host, reason="a record without its number or its date")
    rank = int(when.timestamp())
    found = [Found(rank, name, {"kind": "review", "review": review})]
    if (review.get("companyReply") or {}).get("text"):
        found.append(Found(rank, f"{name}/reply", {"kind": "reply", "review": review}))
    return found
