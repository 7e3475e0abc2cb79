"""A fixture's records: feeds are kept as they came, and read as the connector reads them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from outlisten.sources.fetching import Answer
from outlisten.sources.rss.documents import parsed

FEED = "https://feeds.example/feed.xml"


def answered(body: bytes | str, address: str = FEED, **headers: str) -> Answer:
    """An answer with this body."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Answer(address, 200, named, body.encode() if isinstance(body, str) else body)


def records(fixture: Path) -> list[dict[str, Any]]:
    """The records of a dated feed."""
    feed = parsed(answered(fixture.read_bytes()))
    assert feed is not None
    return feed.records
