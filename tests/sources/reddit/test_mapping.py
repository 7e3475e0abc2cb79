"""Posts and comments of Reddit as posts: what is missing stays missing, what is gone is no post."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped
from outlisten.sources.reddit.mapping import post

THINGS = {one["data"]["name"]: one for one in fixture(__file__, "things-2026-12-01")}


def changed(name: str, **data: Any) -> dict[str, Any]:
    return {**THINGS[name], "data": {**THINGS[name]["data"], **data}}


def test_a_post_has_its_title_its_words_and_its_thread():
    one = post(THINGS["t3_1abcd1"])
    assert one["title"] == "这款充电宝值得买吗？"
    assert one["text"] == "用了两周，充电很快，就是有点重。\n\n\n\n大家怎么看？"
    assert (one["native_id"], one["thread"], one["type"]) == ("t3_1abcd1", "t3_1abcd1", "post")
    assert one["url"] == "https://www.reddit.com/r/China_irl/comments/1abcd1/test/"
    assert (one["likes"], one["comments"], one["is"], one["links"]) == (12, 4, [], [])
    assert one["created_at"] == datetime(2026, 12, 1, 10, 0, tzinfo=UTC)


def test_a_link_is_told_with_where_it_leads_and_an_edit_with_its_time():
    one = post(THINGS["t3_1abcd2"])
    assert (one["links"], one["has"], one["is"]) == (["https://shop.example/acme"], ["link"], ["edited"])
    assert one["edited_at"] == datetime.fromtimestamp(1796119999, UTC)
    assert one["text"] == ""


def test_a_crosspost_quotes_what_it_passes_on_unless_that_is_gone():
    one = post(THINGS["t3_1abcd4"])
    assert (one["is"], one["quoted"]) == (["repost"], "这款充电宝值得买吗？\n\n用了两周。")
    gone = [{"title": "x", "selftext": "[removed]", "author": "[deleted]"}]
    assert post(changed("t3_1abcd4", crosspost_parent_list=gone))["quoted"] is None


def test_a_comment_names_what_it_answers_and_hides_scores_that_are_no_likes():
    first, second = post(THINGS["t1_m000001"]), post(THINGS["t1_m000002"])
    assert (first["reply_to"], first["thread"], first["is"]) == (
        "t3_1abcd1",
        "t3_1abcd1",
        ["reply", "edited"],
    )
    assert (second["reply_to"], second["thread"]) == ("t1_m000001", "t3_1abcd1")
    assert (first["likes"], second["likes"]) == (None, None)
    assert second["has"] == ["image"]


def test_what_is_written_to_us_finds_its_thread_by_its_context():
    one = post(THINGS["t1_m000004"])
    assert (one["to"], one["thread"], one["reply_to"]) == ("acme_support", "t3_1abcd1", "t3_1abcd1")
    assert one["url"] == "https://www.reddit.com/r/China_irl/comments/1abcd1/test/m000004/"
    assert (one["author_id"], one["likes"]) == (None, None)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("t3_1abcd3", {}),
        ("t1_m000003", {}),
        ("t1_m000001", {"body": "[removed]"}),
        ("t1_m000001", {"author": "[deleted]"}),
        ("t1_m000001", {"author": None}),
        ("t3_1abcd1", {"selftext": "[deleted]"}),
        ("t3_1abcd1", {"title": "[ Removed by Reddit ]"}),
        ("t3_1abcd2", {"removed_by_category": "moderator"}),
    ],
)
def test_what_was_taken_away_or_has_no_author_any_more_is_no_post(name, data):
    with pytest.raises(Skipped):
        post(changed(name, **data))


@pytest.mark.parametrize(("edited", "told"), [(False, None), (True, None), (1796120500.0, 1796120500)])
def test_an_edit_long_ago_has_no_time(edited, told):
    one = post(changed("t1_m000002", edited=edited))
    assert one["edited_at"] == (datetime.fromtimestamp(told, UTC) if told else None)
    assert ("edited" in one["is"]) is bool(edited)
