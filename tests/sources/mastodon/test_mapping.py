"""A status of Mastodon (its documented shape, version 4.5) and of snac (as it came) as a post."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from outlisten.sources.connector import Post, Skipped, Unmappable
from outlisten.sources.mastodon.mapping import handle, outer_links, post

FIXTURES = Path(__file__).parent / "fixtures"
STATUSES: dict[str, Any] = json.loads((FIXTURES / "2026-12_mastodon_4.5_statuses.json").read_text())
SNAC: dict[str, Any] = json.loads((FIXTURES / "2026-12-01_snac_2.75_status.json").read_text())


def mapped(name: str, **record: str) -> Post:
    return post({"server": "https://social.example", "by": "timeline", "status": STATUSES[name], **record})


def test_a_status_becomes_a_post_with_all_that_it_says() -> None:
    found = mapped("post")
    assert found == {
        "native_id": "https://kettles.example/users/lin/statuses/115600000000000001",
        "type": "post",
        "created_at": datetime(2026, 11, 30, 8, 15, 42, 831000, UTC),
        "edited_at": None,
        "title": None,
        "text": "新买的水壶漏水了 😡\nThe Acme kettle leaks #acme\n\nhttps://shop.example/kettles/1000?from=masto",
        "url": "https://kettles.example/@lin/115600000000000001",
        "to": None,
        "reply_to": None,
        "thread": None,
        "quoted": None,
        "lang_given": "zh",
        "is": [],
        "has": ["image", "link", "tag"],
        "links": ["https://shop.example/kettles/1000?from=masto"],
        "likes": 11,
        "comments": 2,
        "shares": 3,
        "author": "林小雨 🫖",
        "author_handle": "lin@kettles.example",
        "author_id": "https://kettles.example/users/lin",
        "followers": 84,
    }


@pytest.mark.parametrize(
    ("name", "column", "value"),
    [
        ("reply", "type", "reply"),
        ("reply", "text", "@acme 还在漏，请问怎么退货？"),
        ("reply", "to", "acme@social.example"),
        ("reply", "is", ["reply"]),
        ("reply", "has", ["mention"]),
        ("own_thread", "to", "lin@kettles.example"),
        ("warned", "title", "产品投诉 / complaint"),
        ("warned", "text", "I got burned by the steam."),
        ("warned", "edited_at", datetime(2026, 11, 30, 9, tzinfo=UTC)),
        ("warned", "is", ["edited"]),
        ("poll", "text", "Which kettle? 哪个水壶？\nAcme\n别的牌子"),
        ("poll", "lang_given", None),
        ("pictures", "text", "水壶在漏水"),
        ("pictures", "has", ["video", "audio"]),
        ("quote", "quoted", "新买的水壶漏水了"),
        ("quote", "is", ["quote"]),
        ("quote_refused", "quoted", None),
    ],
)
def test_a_status_tells(name: str, column: str, value: object) -> None:
    assert mapped(name)[column] == value


@pytest.mark.parametrize("name", ["direct", "followers", "silent", "boost", "no_search", "no_bot"])
def test_what_is_not_for_us_is_left_out(name: str) -> None:
    with pytest.raises(Skipped):
        mapped(name)


@pytest.mark.parametrize(
    ("name", "kind"), [("direct", "message"), ("followers", "message"), ("reply", "reply"), ("post", "post")]
)
def test_what_was_written_to_us_is_kept_and_never_as_public_when_it_was_not(name: str, kind: str) -> None:
    found = mapped(name, by="mention", account="acme@social.example")
    assert found["type"] == kind
    assert found["to"] == "acme@social.example"


def test_a_person_who_wants_no_search_is_heard_where_they_write_to_us() -> None:
    assert mapped("no_search", by="mention", account="acme@social.example")["text"] == "水壶"


def test_a_status_of_snac_is_read_the_same_way() -> None:
    found = post({"server": "http://127.0.0.1:8401", "by": "timeline", "status": SNAC})
    assert found["text"] == "水壶漏水了 the Acme kettle leaks #acme https://example.com/a/long/path"
    assert found["links"] == ["https://example.com/a/long/path"]
    assert found["author_handle"] == "alice@127.0.0.1:8401"
    assert found["native_id"] == "http://127.0.0.1:8401/alice/p/1796132278.019504"


def test_a_status_without_an_address_is_rejected_with_the_reason() -> None:
    nowhere = STATUSES["post"] | {"uri": None, "url": None}
    with pytest.raises(Unmappable, match="address"):
        post({"server": "https://social.example", "status": nowhere})


@pytest.mark.parametrize(
    ("acct", "full"), [("lin", "lin@social.example"), ("林@茶.example", "林@茶.example"), ("", "")]
)
def test_a_name_is_whole(acct: str, full: str) -> None:
    assert handle(acct, "https://social.example") == full


@pytest.mark.parametrize(
    "content", ["", "<p>没有链接</p>", "<a>nowhere</a>", '<a href="javascript:x()">点</a>', "<a"]
)
def test_hostile_or_empty_text_links_nowhere(content: str) -> None:
    assert outer_links(content) == []
