"""What Bluesky shows of a post (the shapes of its published lexicons) as a post."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from outlisten.sources.bluesky.mapping import post

VIEWS: dict[str, Any] = json.loads((Path(__file__).parent / "fixtures/2026-12_views.json").read_text())


def test_a_view_becomes_a_post_with_all_that_it_says() -> None:
    assert post({"by": "search", "view": VIEWS["post"]}) == {
        "native_id": "at://did:plc:lin/app.bsky.feed.post/3m6a",
        "type": "post",
        "created_at": datetime(2026, 11, 30, 8, 15, 42, 831000, UTC),
        "text": "新买的水壶漏水了 the Acme kettle leaks",
        "author_id": "did:plc:lin",
        "url": "https://bsky.app/profile/did:plc:lin/post/3m6a",
        "to": None,
        "reply_to": None,
        "thread": None,
        "lang_given": "zh",
        "is": [],
        "has": ["link"],
        "links": ["https://shop.example/kettles/1000"],
        "author": "林小雨",
        "author_handle": "lin.example",
        "followers": None,
        "quoted": None,
        "likes": 11,
        "comments": 2,
        "shares": 4,
    }


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("quote", "quoted", "新买的水壶漏水了"),
        ("quote", "is", ["quote"]),
        ("quote_with_media", "quoted", "新买的水壶漏水了"),
        ("quote_with_media", "has", ["image"]),
        ("quote_deleted", "quoted", None),
        ("quote_deleted", "is", ["quote"]),
        ("reply", "type", "reply"),
        ("reply", "to", "did:plc:acme"),
        ("reply", "reply_to", "at://did:plc:acme/app.bsky.feed.post/3m6answer"),
        ("reply", "thread", "at://did:plc:lin/app.bsky.feed.post/3m6a"),
        ("notification", "text", "还在漏，请问怎么退货？"),
        ("notification", "likes", None),
        ("notification", "shares", None),
    ],
)
def test_a_view_tells(name: str, column: str, value: object) -> None:
    assert post({"by": "search", "view": VIEWS[name]})[column] == value


def test_what_was_written_to_us_is_addressed_to_our_handle() -> None:
    found = post({"by": "mention", "account": "acme.example", "view": VIEWS["notification"]})
    assert found["to"] == "acme.example"
