"""A post of X as a post of ours."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from tests.sources.x.records import records
from tests.sources.x.service import Service, mention, number, source, tweet

from outlisten.sources.connector import Skipped
from outlisten.sources.x.mapping import post
from outlisten.sources.x.records import records as of_answer

FIXTURE = Path(__file__).parent / "fixtures/2026-12-01_documented_page.json"
REPLY, EDITED, REPOST, QUOTE, BARE, OLD = records(FIXTURE)


def test_a_reply_knows_whom_and_what_it_answers() -> None:
    found = post(REPLY)
    assert found["native_id"] == "1862800000000000009"
    assert found["type"] == "reply"
    assert found["is"] == ["reply"]
    assert found["to"] == "acme"
    assert found["thread"] == "1862700000000000000"
    assert found["url"] == "https://x.com/lin/status/1862800000000000009"
    assert (found["author"], found["author_handle"], found["author_id"], found["followers"]) == (
        "林小雨",
        "lin",
        "11",
        210,
    )
    assert (found["likes"], found["comments"], found["shares"], found["views"]) == (3, 2, 1, 450)


def test_a_reply_to_an_edited_post_names_the_id_that_it_is_kept_under() -> None:
    assert post(REPLY)["reply_to"] == "1862700000000000000"


def test_an_edited_post_keeps_its_first_id_and_says_when_its_text_was_written() -> None:
    found = post(EDITED)
    assert found["native_id"] == "1862790000000000000"
    assert found["text"] == "Second thoughts on the Acme kettle & its lid"
    assert found["is"] == ["verified", "edited"]
    assert found["edited_at"] > found["created_at"]
    assert found["url"].endswith("/1862800000000000008")


def test_a_version_that_was_replaced_does_not_come_back() -> None:
    with pytest.raises(Skipped):
        post(OLD)


def test_a_repost_holds_the_whole_text_that_x_cuts_short() -> None:
    found = post(REPOST)
    assert found["type"] == "repost"
    assert found["text"].startswith("RT @lin: 充电宝鼓包了")
    assert found["text"].endswith("没有回音。")


def test_a_quote_brings_the_quoted_text_and_its_own_links_alone() -> None:
    found = post(QUOTE)
    assert found["is"] == ["quote"]
    assert found["type"] == "post"
    assert found["quoted"] == "Kettles < teapots"
    assert found["links"] == ["https://example.org/评测"]
    assert found["has"] == ["link", "tag"]
    assert post(REPLY)["links"] == []
    assert post(REPLY)["has"] == ["image", "mention"]


def test_what_x_did_not_send_is_missing_and_not_zero() -> None:
    found = post(BARE)
    wanted = (
        "likes",
        "comments",
        "shares",
        "views",
        "followers",
        "author",
        "author_handle",
        "edited_at",
        "to",
        "quoted",
        "reply_to",
    )
    assert {name: found[name] for name in wanted} == dict.fromkeys(wanted)
    assert found["author_id"] == "13"
    assert found["url"] == "https://x.com/i/status/1862800000000000005"


@pytest.mark.parametrize(
    ("told", "language"),
    [("zh", "zh"), ("en", "en"), ("und", None), ("qme", None), ("zxx", None), ("qu", "qu"), (None, None)],
)
def test_a_language_that_x_could_not_tell_is_missing(told: str | None, language: str | None) -> None:
    [record] = of_answer({"data": [tweet(1, lang=told)]}, "search")
    assert post(record)["lang_given"] == language


@pytest.mark.parametrize(
    ("by", "account", "to"), [("mention", "acme", "acme"), ("again", "acme", "acme"), ("again", "", None)]
)
def test_a_mention_is_addressed_to_our_account_also_when_it_is_asked_for_again(
    by: Any, account: str, to: str | None
) -> None:
    [record] = of_answer({"data": [mention(1)]}, by, account)
    assert post(record)["to"] == to


def test_times_are_those_of_x() -> None:
    [record] = of_answer({"data": [tweet(3600)]}, "search")
    assert post(record)["created_at"] == datetime(2026, 11, 30, 1, tzinfo=UTC)
    assert source(Service()).post(record)["native_id"] == str(number(3600))
