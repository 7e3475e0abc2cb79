from __future__ import annotations

import threading
from datetime import UTC, datetime

import pyarrow as pa
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


def test_what_called_a_query_up_is_not_all_of_it() -> None:
    drawn = [post | {"id": str(place)} for place, post in enumerate(posts(200, seed=8))]
    texts = [
        "(充电宝 OR apple) (好 OR 服务 OR lang:zh) -(15 OR working)", "#双十一 OR @bob OR author:bob", "#双十一 -好",
        "to:equipe 好", "[怒] OR 充电宝 NEAR/2 (好 OR 不)", "title:(充电宝 OR apple)", "site:weibo.com 好",
        "(好 NEAR/3 宝) OR (apple ONEAR/4 服务)", "NOT (好 OR #双十一) 充电宝", "好 (since:2026-03 OR 不)", "app* -iph*",
        "好 NOT NEAR/2 不", "lang:zh", "(好 NEAR/2 不) NEAR/3 宝",
    ]  # fmt: skip
    matcher = watching(*texts)
    for _ in range(3):  # nothing is known of posts, then something
        expected = [
            (text, str(post["id"])) for post in drawn for text in sorted(texts) if matches(parse(text), post)
        ]
        assert matcher.match(drawn) == expected
        rows = [row(post, place) for place, post in enumerate(drawn)]
        assert matcher.match(table(drawn)) == matcher.match(rows)
        matcher.match(pa.concat_tables([table(drawn)] * 50))
        settled(matcher)


def settled(matcher: Matcher) -> None:
    """Wait for what is built beside."""
    if matcher._builder is not None:
        matcher._builder.join()


def test_posts_that_went_by_decide_what_a_query_is_called_up_by() -> None:
    matcher = watching("充电宝 电", "thermodynamics 电")
    many = [{"id": str(place), "text": "thermodynamics" if place % 2 else "电"} for place in range(20_000)]
    assert matcher.match(many) == []
    settled(matcher)
    shares = matcher._watches[0].frequencies
    assert shares.share(" 电 ") > 0.4
    assert shares.share(" never looked for ") < 1e-6
    assert matcher.match([{"id": "1", "text": "thermodynamics, 电"}]) == [("thermodynamics 电", "1")]


def test_a_query_that_was_removed_is_silent_for_whoever_starts_later() -> None:
    matcher, wrong = watching("充电宝"), []
    stop = threading.Event()
    posts_of_all = [{"id": "1", "text": " ".join(f"w{number}" for number in range(400))}]
    removed: set[str] = set()

    def match() -> None:
        while not stop.is_set():
            before = set(removed)
            wrong.extend(name for name, _ in matcher.match(posts_of_all) if name in before)

    threads = [threading.Thread(target=match) for _ in range(2)]
    for thread in threads:
        thread.start()
    for number in range(400):
        matcher.add(f"q{number}", parse(f"w{number}"))
        if number >= 20:
            matcher.remove(f"q{number - 20}")
            removed.add(f"q{number - 20}")
    stop.set()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(matcher.match(posts_of_all)) == 20


def test_whoever_matches_never_misses_a_query_that_was_added_before() -> None:
    matcher, missed = Matcher(), []
    done = threading.Event()

    def add() -> None:
        for number in range(600):
            matcher.add(str(number), parse(f"充电宝 OR 词{number}"))
            added.append(str(number))
        done.set()

    added: list[str] = []
    thread = threading.Thread(target=add)
    thread.start()
    while not done.is_set():
        before = list(added)
        found = {name for name, _ in matcher.match(POSTS)}
        missed += [name for name in before if name not in found]
    thread.join()
    assert not missed


def test_what_is_held_stays_small_however_often_queries_come_and_go() -> None:
    matcher = watching("充电宝")
    for number in range(1_500):
        matcher.add("changing", parse(f"词{number} OR #话题{number} OR word{number}"))
        matcher.add(f"passing {number}", parse(f"过{number}"))
        if number % 5 == 0:
            assert matcher.match(POSTS) == [("充电宝", "1")]
            settled(matcher)
        matcher.remove(f"passing {number}")
    matcher.match(POSTS)
    settled(matcher)
    assert sum(len(watch.queries) for watch in matcher._watches) < 100
    assert sum(len(watch.frequencies.held) for watch in matcher._watches) < 300
    assert len(matcher._new) == 0


def test_a_long_needle_and_a_post_full_of_it_are_no_burden() -> None:
    matcher = watching("好" * 19_000, "a NEAR/3 b")
    hostile = [
        {"id": "1", "text": "好" * 30_000},
        {"id": "2", "text": "a " * 20_000 + "x x x x x " + "b " * 20_000},
    ]
    assert matcher.match(hostile) == [("好" * 19_000, "1")]
