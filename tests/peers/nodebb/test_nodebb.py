"""The connector on NodeBB 1.4.0 of 2017, with the posts that tests/system/nodebb/launch.py writes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from tests.peers.conftest import Peer
from tests.peers.nodebb.conftest import Listen

from outlisten.sources.problems import NotThere

pytestmark = pytest.mark.peers

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


def test_every_post_of_every_topic_comes_once_though_it_stops_after_every_page(
    forum: Peer, listen: Listen
) -> None:
    found: list[str] = []
    gone: set[str] = set()
    cursor: Any = {}
    while page := next(listen().history(cursor, LONG_AGO), None):
        found += [listen().post(record)["native_id"] for record in page.records]
        gone |= set(page.gone)
        cursor = page.cursor
    written = [f"{forum.address}/post/{number}" for number in range(1, 76) if number != 5]
    assert sorted(found) == sorted(written)
    assert gone == {f"{forum.address}/post/5"}


def test_answers_quotations_and_edits_are_read(forum: Peer, listen: Listen) -> None:
    source = listen(words=("水壶", "请更新", "改过了"))
    posts = [source.post(record) for page in source.history({}, LONG_AGO) for record in page.records]
    first, answer, thanks = sorted(posts, key=lambda post: post["native_id"])
    assert first["title"] == "水壶漏水了 & more"
    assert first["text"] == "怎么办？ See the manual"
    assert (first["links"], first["comments"]) == (["https://example.com/manual"], 48)
    assert answer["author"] == "admin"
    assert answer["reply_to"] == answer["thread"] == first["native_id"]
    assert (thanks["reply_to"], thanks["quoted"]) == (answer["native_id"], "抱歉，请更新。")
    assert thanks["text"] == "it works now 改过了"
    assert thanks["edited_at"] >= thanks["created_at"]


def test_only_the_chosen_categories_are_read(listen: Listen) -> None:
    source = listen(categories=("Comments & Feedback",))
    records = [record for page in source.history({}, LONG_AGO) for record in page.records]
    assert len(records) == 25
    assert {record["topic"]["cid"] for record in records} == {"4"}


def test_at_first_the_newest_topics_come_and_then_nothing_that_is_not_new(listen: Listen) -> None:
    pages = list(listen().pages({}))
    assert len([record for page in pages for record in page.records]) == 39, "a page of each of twenty topics"
    cursor = {"floor": pages[-1].cursor["floor"] + 3_600_000}
    assert [list(page.records) for page in listen().pages(cursor)] == [[]]


def test_an_old_forum_does_not_say_how_a_post_stands_and_loses_none(forum: Peer, listen: Listen) -> None:
    names = [f"{forum.address}/post/{number}" for number in (2, 5)]
    assert [(one.gone, one.record) for one in listen().again(names)] == [(False, None)] * 2


def test_an_address_without_a_forum_is_named(forum: Peer, listen: Listen) -> None:
    with pytest.raises(NotThere):
        list(listen(address=f"{forum.address}/nowhere").pages({}))
