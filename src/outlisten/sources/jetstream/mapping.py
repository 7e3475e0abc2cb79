"""An event of Jetstream, or a post asked for again, as a post."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from outlisten.sources.atproto.viewed import author, viewed
from outlisten.sources.atproto.written import COLLECTION, written
from outlisten.sources.connector import Post, Record

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def microseconds(at: datetime) -> int:
    """A moment as Jetstream counts them."""
    return (at - EPOCH) // timedelta(microseconds=1)


def post(record: Record) -> Post:
    """The post of an event with the author's profile beside it, where that was looked up. Raises Skipped."""
    if "view" in record:
        return viewed(record["view"])
    event = record["event"]
    commit, seen = event["commit"], EPOCH + timedelta(microseconds=int(event["time_us"]))
    found = written(f"at://{event['did']}/{COLLECTION}/{commit['rkey']}", commit["record"], seen)
    if commit["operation"] == "update":
        found |= {"edited_at": seen, "is": [*found["is"], "edited"]}
    return found | (author(record["author"]) if record.get("author") else {})
