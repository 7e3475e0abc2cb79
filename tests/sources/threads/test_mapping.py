"""A post of Threads as a post of ours."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.threads.records import records

from outlisten.sources.connector import Skipped
from outlisten.sources.threads.mapping import post

FIXTURE = Path(__file__).parent / "fixtures/2026-12-01_documented_media.json"
POST, REPLY, VIDEO, QUOTE, REPOST, WORDLESS, BARE = records(FIXTURE)


def test_a_post_has_what_threads_tells_and_no_more() -> None:
    found = post(POST)
    assert found["native_id"] == "18001"
    assert found["created_at"] == datetime(2026, 11, 30, 10, tzinfo=UTC)
    assert found["text"] == "Acme 的水壶漏水了，客服一直没回"
    assert found["author_handle"] == "lin.example"
    assert found["url"] == "https://www.threads.net/@lin.example/post/abc"
    assert (found["type"], found["is"], found["has"]) == ("post", [], ["tag"])
    assert {"likes", "comments", "views", "followers", "author"} & found.keys() == set()


def test_a_reply_knows_what_it_answers_and_the_first_post() -> None:
    found = post({**REPLY, "account": "acme"})
    assert (found["type"], found["is"], found["has"]) == ("reply", ["reply"], ["image"])
    assert (found["reply_to"], found["thread"], found["to"]) == ("18001", "18001", "acme")


@pytest.mark.parametrize(
    ("record", "text", "has"),
    [
        (VIDEO, "水壶漏水的视频", ["video"]),
        (QUOTE, "看看这个评测", ["link"]),
        (BARE, "录了一段烧水的声音", ["audio"]),
    ],
)
def test_words_about_a_picture_are_words_too(record, text: str, has: list[str]) -> None:
    found = post(record)
    assert (found["text"], found["has"]) == (text, has)


def test_a_quote_says_so_and_brings_its_link() -> None:
    assert post(QUOTE)["is"] == ["quote"]
    assert post(QUOTE)["links"] == ["https://example.org/review"]


def test_what_is_not_sent_is_missing() -> None:
    found = post(BARE)
    assert {name: found[name] for name in ("url", "to", "reply_to", "thread")} == dict.fromkeys(
        ("url", "to", "reply_to", "thread")
    )


@pytest.mark.parametrize("record", [REPOST, WORDLESS])
def test_reposts_and_pictures_without_a_word_are_no_posts(record) -> None:
    with pytest.raises(Skipped):
        post(record)
