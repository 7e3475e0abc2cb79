"""Companies on Trustpilot as a source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
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
from outlisten.sources.problems import AnswerRefused, NotThere, WrongOption
from outlisten.sources.trustpilot import mapping
from outlisten.sources.trustpilot.client import HOST, V1, TrustpilotClient
from outlisten.sources.walking import Ask, newest_of, older_of

LATE = (
    7 * 86_400
)  # seconds: for so long a reply is still found under its review, and a review that was held back
ID = re.compile(r"[0-9a-f]{24}")
DOMAIN = re.compile(r"(?:https?://)?(?:www\.trustpilot\.com/review/)?([\w-]+(?:\.[\w-]+)+)/?")


class Trustpilot(Connector):
    """A walk for each company."""

    PACKAGE = "outlisten.sources.trustpilot"

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        secrets = setting.secrets
        self._client = TrustpilotClient(
            self.fetcher, secrets.get("api_key", ""), secrets.get("api_secret", "")
        )

    def pages(self, cursor: Cursor) -> Iterator[Page]:
        """Reviews written since the cursor, and replies of a week; at first the latest hundred of each company."""
        return newest_of(cursor, self._walks(), late=LATE)

    def history(self, cursor: Cursor, since: datetime) -> Iterator[Page]:
        return older_of(cursor, self._walks(), since)

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        """How reviews and replies stand, one question for each review."""
        reviews = {name: self._client.review(name) for name in dict.fromkeys(map(_review_id, native_ids))}
        for name in native_ids:
            review = reviews[_review_id(name)]
            kind = "reply" if name.endswith("/reply") else "review"
            gone = review is None or (kind == "reply" and not _reply(review))
            yield Standing(name, gone, None if gone else {"kind": kind, "review": review})

    def post(self, record: Record) -> Post:
        return mapping.post(record)

    def answer(self, to: str, text: str) -> Sent:
        """Reply to a review; a reply that already stands there is never replaced. Raises AnswerRefused."""
        author = self.setting.text("business_user")
        if not author:
            raise WrongOption(option="business_user", reason="please fill this in")
        standing = self._standing(to)
        if standing and standing != text.strip():
            raise AnswerRefused(host=HOST, reason="another answer already stands there")
        if not standing:
            self._client.reply(_review_id(to), text, author)
        return _sent(to)

    def answered(self, to: str, text: str) -> Sent | None:
        return _sent(to) if self._standing(to) == text.strip() else None

    def welcome(self) -> Welcome:
        """Which companies were found, and the latest reviews of the first."""
        return replace(super().welcome(), account=", ".join(self._companies))

    def _standing(self, to: str) -> str:
        review = self._client.review(_review_id(to))
        if review is None:
            raise NotThere(address=f"{V1}/reviews", status=404)
        return _reply(review)

    def _walks(self) -> dict[str, Ask]:
        return {company: self._ask(company) for company in self._companies.values()}

    def _ask(self, company: str) -> Ask:
        return lambda at, _floor: self._client.reviews(company, at)

    @cached_property
    def _companies(self) -> dict[str, str]:
        """The id of each company that was entered. Raises WrongOption for one that Trustpilot does not know."""
        return {entered: self._company(entered) for entered in self.setting.words("companies")}

    def _company(self, entered: str) -> str:
        if ID.fullmatch(entered):
            return entered
        domain = DOMAIN.fullmatch(entered)
        found = self._client.company(domain[1]) if domain else None
        if found is None:
            raise WrongOption(option=entered, reason="Trustpilot knows no company of this domain")
        return found


def _reply(review: dict[str, Any]) -> str:
    return str((review.get("companyReply") or {}).get("text") or "").strip()


def _review_id(name: str) -> str:
    """The review that a post is, or answers. Raises NotThere for what is no id."""
    found = re.fullmatch(r"([0-9A-Za-z_-]+)(?:/reply)?", name, re.ASCII)
    if found is None:
        raise NotThere(address=f"{V1}/reviews", status=404)
    return found[1]


def _sent(to: str) -> Sent:
    return Sent(f"{_review_id(to)}/reply", f"https://www.trustpilot.com/reviews/{_review_id(to)}")
