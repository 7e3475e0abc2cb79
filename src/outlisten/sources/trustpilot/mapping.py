"""A review of Trustpilot, or the company's reply to it, as a post."""

from __future__ import annotations

import re
from typing import Any

from outlisten.sources.connector import Post, Record, Unmappable
from outlisten.sources.times import utc

COUNTRY = re.compile(r"(?:.*, )?([A-Z]{2})")


def post(record: Record) -> Post:
    """The post of a record. Raises Unmappable."""
    review = record["review"]
    name = str(review["id"])
    company = review.get("businessUnit") or {}
    about = {"thread": name, "url": f"https://www.trustpilot.com/reviews/{name}"}
    if record["kind"] == "reply":
        reply = review["companyReply"]
        return about | {
            "native_id": f"{name}/reply", "reply_to": name, "type": "reply", "is": ["reply"], "voice_given": "owned",
            "text": reply["text"], "created_at": utc(reply.get("createdAt")), "edited_at": utc(reply.get("updatedAt")),
            "author": company.get("displayName") or None,
        }  # fmt: skip
    title, text = _words(review.get("title")), _words(review.get("text"))
    if not title and not text:
        raise Unmappable("the review has stars and no words")
    consumer = review.get("consumer") or {}
    return about | {
        "native_id": name, "type": "review", "title": title or None, "text": text,
        "created_at": utc(review.get("createdAt")), "edited_at": utc(review.get("updatedAt")),
        "author": consumer.get("displayName") or None, "author_id": consumer.get("id") or None,
        "country": _country(consumer.get("displayLocation")), "to": company.get("identifyingName") or None,
        "lang_given": review.get("language") or None, "rating": review.get("stars"),
        "likes": review.get("numberOfLikes"),
    }  # fmt: skip


def _words(told: Any) -> str:
    return told.strip() if isinstance(told, str) else ""


def _country(told: Any) -> str | None:
    """The country of a place such as `Frederiksberg, DK`, as its author gave it."""
    found = COUNTRY.fullmatch(told) if isinstance(told, str) else None
    return found[1] if found else None
