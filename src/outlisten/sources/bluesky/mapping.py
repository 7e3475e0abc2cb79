"""What Bluesky shows of a post, as a post. A notification has the same fields as far as it goes."""

from __future__ import annotations

from outlisten.sources.atproto.viewed import viewed
from outlisten.sources.connector import Post, Record


def post(record: Record) -> Post:
    """The post of a record; what was written to our account says so. Raises Skipped."""
    found = viewed(record["view"])
    return found | ({"to": record["account"]} if record.get("by") == "mention" else {})
