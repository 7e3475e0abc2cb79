"""Which posts are wanted."""

from __future__ import annotations

from typing import Any

import pytest

from outlisten.sources.jetstream.wanted import Wanted


@pytest.mark.parametrize(
    ("words", "text", "is_wanted"),
    [
        (["Acme"], "the ACME kettle", True),
        (["acme"], "acmeology", False),
        (["acme"], "macme", False),
        (["acme"], "买了acme水壶", True),
        (["acme"], "#acme", True),
        (["acme"], "ａｃｍｅ", True),
        (["café"], "at the Cafe.", True),
        (["水壶"], "新买的水壶漏水了", True),
        (["水壶"], "新買的水壺漏水了", True),
        (["水壶"], "热水器", False),
        (["やかん"], "新しいやかんが漏れる", True),
        (["주전자"], "주전자가 새요", True),
        (["acme kettle"], "The Acme kettle leaks", True),
        (["acme kettle"], "a kettle by Acme", False),
        (["水壶 2.0"], "水壶 2.0 出了", True),
        (["水壶 2.0"], "水壶 200", False),
        (["c++"], "I like C++ more", True),
        (["茶", "acme"], "喝茶", True),
        ([" "], "anything", True),
        ([], "anything", True),
    ],
)
def test_a_word_is_found_where_a_reader_would_find_it(
    words: list[str], text: str, *, is_wanted: bool
) -> None:
    assert Wanted(words)({"text": text}) is is_wanted


@pytest.mark.parametrize(
    "record",
    [
        {"text": "", "tags": ["水壶"]},
        {"text": "看", "embed": {"$type": "app.bsky.embed.images", "images": [{"alt": "漏水的水壶"}]}},
        {"text": "看", "embed": {"$type": "app.bsky.embed.video", "alt": "水壶"}},
        {"text": "看", "embed": {"media": {"images": [{"alt": "水壶"}]}, "record": {}}},
    ],
)
def test_hashtags_and_descriptions_of_pictures_count(record: dict[str, Any]) -> None:
    assert Wanted(["水壶"])(record)
