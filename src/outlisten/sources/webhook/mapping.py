"""An item that was sent, as a post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from outlisten.sources.connector import Post, Record
from outlisten.sources.rows import row_post


def post(record: Record, chosen: Mapping[str, str], *, platform: str, now: datetime) -> Post:
    """The post of an item. Raises Unmappable."""
    return {"type": "post", **row_post(record, chosen, platform=platform, now=now)}
