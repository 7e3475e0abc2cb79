from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from tests.query.drawn import posts
from tests.query.kept import row, table

from outlisten.query import Context, Matcher, matches, parse

POSTS = [
    {"id": "1", "text": "充电宝坏了，客服不理"},
    {"id": "2", "text": "The app is not working", "lang": "en"},
    {"id": "3", "title": "全场降价", "text": "快来"},
]


def watching(*texts: str) -> Matcher:
    matcher = Matcher()
    for text in texts:
        matcher.add(text, parse(text))
    return matcher


def test_every_match_is_told_in_the_order_of_posts_then_queries() -> None:
    found = watching("充电宝", "客服 OR working", "title:降价", "-充电宝").match(POSTS)
    assert found == [
        ("充电宝", "1"),
        ("客服 OR working", "1"),
        ("-充电宝", "2"),
        ("客服 OR working", "2"),
        ("-充电宝", "3"),
        ("title:降价", "3"),
    ]


def test_a_removed_query_is_silent_and_a_replaced_one_means_what_it_means_now() -> None:
    matcher = watching("充电宝", "working")
    assert len(matcher.match(POSTS)) == 2
    matcher.remove("充电宝")
    matcher.remove("never added")
    matcher.add("working", parse("降价"))
    assert matcher.match(POSTS) == [("working", "3")]


def test_without_queries_or_posts_there_is_nothing() -> None:
    assert Matcher().match(POSTS) == []
    assert watching("充电宝").match([]) == []


def test_a_query_with_mistakes_is_not_watched_for() -> None:
    with pytest.raises(ValueError, match="mistakes"):
        Matcher().add("x", parse("(a"))


def test_a_table_of_kept_rows_is_matched_like_the_posts_themselves() -> None:
    drawn = posts(60, seed=3)
    matcher = watching("充电宝", "apple OR 好", "#双十一", "lang:zh -好", "has:likes 不")
    rows = [row(post, place) for place, post in enumerate(drawn)]
    assert matcher.match(table(drawn)) == matcher.match(rows)


def test_queries_that_come_one_by_one_are_found_before_and_after_rebuilding() -> None:
    matcher = watching("充电宝")
    for number in range(200):
        matcher.add(str(number), parse(f"充电宝 OR 词{number}"))
        if number % 3 == 0:
            assert len(matcher.match(POSTS)) == number + 2


def test_queries_come_and_go_while_other_threads_match() -> None:
    matcher, wrong = watching("充电宝"), []
    stop = threading.Event()

    def match() -> None:
        while not stop.is_set():
            if ("充电宝", "1") not in matcher.match(POSTS):
                wrong.append(1)

    threads = [threading.Thread(target=match) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(300):
        matcher.add(str(number), parse(f"词{number}"))
        if number % 2:
            matcher.remove(str(number - 1))
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert matcher.match(POSTS) == [("充电宝", "1")]


def test_an_undated_post_is_found_by_no_query_that_asks_for_dates() -> None:
    context = Context(now=datetime(2026, 11, 22, tzinfo=UTC))
    for text in ("充电宝 since:2026", "充电宝 -since:2026", "充电宝 OR until:2026"):
        query = parse(text, context)
        matcher = Matcher()
        matcher.add("q", query)
        assert not matches(query, POSTS[0])
        assert matcher.match(POSTS[:1]) == []
