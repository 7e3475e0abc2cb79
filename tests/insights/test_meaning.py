"""Plain questions and alike posts, with the models that ship."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from outlisten.insights.meaning import alike, search
from outlisten.insights.meaning.plain_words import content_words, words_in
from outlisten.insights.meaning.ranking import by_words, fused
from outlisten.pipeline.meaning import give_vectors
from outlisten.posts.partial import PartialStore
from outlisten.posts.store import TimeRange
from outlisten.query import parse

MARCH = datetime(2026, 3, 10, tzinfo=UTC)
SAID = {
    "battery": "The battery dies by noon, I carry a power bank everywhere",
    "续航": "这手机续航太差了，出门半天就没电",
    "queue": "Two hours in the queue and nobody told us why",
    "排队": "排队两个小时，叫号系统又坏了",
    "pizza": "The pizza was cold and soggy",
    "披萨": "披萨送到的时候已经凉了",
    "parking": "Parking is free after six in the evening",
    "天气": "今天天气不错，去公园走了走",
    "refund": "Still waiting for my refund, it has been three weeks",
    "退款": "退款三个星期了还没到账",
    "letter": "Dear Ana, thank you for writing. We have passed your question on to the branch and will answer within two days.",
    "copy": "Dear Tom, thank you for writing. We have passed your question on to the branch and will answer within two days!",
    "private": "battery dies by noon, my number is 771",
}


@pytest.fixture
def ids(store, make_posts):
    table = make_posts(
        *(
            {"text": text, "native_id": name, "created_at": MARCH - timedelta(days=n)}
            | ({"type": "message"} if name == "private" else {})
            for n, (name, text) in enumerate(SAID.items())
        )
    )
    store.add(table)
    give_vectors(store)
    return dict(zip(table["id"].to_pylist(), SAID, strict=True))


def names(ids, hits):
    return [ids[hit.post["id"]] for hit in hits]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("电池不耐用", {"battery", "续航"}),
        ("the battery does not last", {"battery", "续航"}),
        ("排队时间太长，没人管", {"queue", "排队"}),
        ("food arrived cold", {"pizza", "披萨"}),
        ("钱什么时候退给我", {"refund", "退款"}),
        ("my money has not come back", {"refund", "退款"}),
    ],
)
def test_a_question_finds_what_means_the_same_in_both_languages(store, ids, asked, expected):
    hits = search(PartialStore(store, parse("type:message")), asked).hits
    assert expected <= set(names(ids, hits)[:4])


def test_every_hit_says_why(store, ids):
    hits = {ids[hit.post["id"]]: hit for hit in search(store, "battery 没电").hits}
    assert hits["battery"].words == ("battery",)
    assert hits["续航"].words == ("没电",)
    assert all(hit.words or hit.similarity >= 0.2 for hit in hits.values())
    assert "parking" not in hits


def test_nothing_alike_and_no_words_find_nothing(store, ids):
    for asked in ("", "   ", "!!!", "https://a.b/c", "\ud800"):
        assert search(store, asked).hits == ()
    assert names(ids, search(store, "quantum chromodynamics lecture notes").hits) == []


def test_a_query_and_a_time_range_narrow_where_it_looks(store, ids):
    assert names(ids, search(store, "电池不耐用", query=parse("没电")).hits) == ["续航"]
    window = TimeRange(MARCH - timedelta(days=1, hours=1), MARCH - timedelta(hours=1))
    assert names(ids, search(store, "电池不耐用", window=window).hits) == ["续航"]


def test_copies_are_counted_and_not_listed(store, ids):
    hits = search(store, "we have passed your question on to the branch").hits
    assert names(ids, hits)[:1] in (["letter"], ["copy"])
    assert hits[0].copies == 1
    assert sum(name in ("letter", "copy") for name in names(ids, hits)) == 1


def test_a_post_has_others_like_it_and_its_own_copies(store, ids):
    by_name = {name: identifier for identifier, name in ids.items()}
    found, copies = alike(store, store.get(by_name["battery"]))
    assert "续航" in names(ids, found.hits)[:2]
    assert "battery" not in names(ids, found.hits)
    _, copies = alike(store, store.get(by_name["letter"]))
    assert copies == 1


def test_who_sees_a_part_finds_nothing_of_the_rest(store, ids):
    partial = PartialStore(store, parse("type:message"))
    by_name = {name: identifier for identifier, name in ids.items()}
    assert "private" in names(ids, search(store, "battery dies by noon").hits)
    assert "private" not in names(ids, search(partial, "battery dies by noon").hits)
    assert "private" not in names(ids, alike(partial, store.get(by_name["battery"]))[0].hits)


def test_posts_without_vectors_are_found_by_their_words_and_counted(store, ids, make_posts):
    store.add(make_posts({"text": "zqx battery", "native_id": "new", "created_at": MARCH}))
    found = search(store, "zqx")
    assert [hit.post["text"] for hit in found.hits] == ["zqx battery"]
    assert found.unread == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("电池不耐用", ("电池", "耐用")),
        ("Why does the battery die?", ("battery", "die")),
        ("iPhone 15 的電池", ("iphone", "15", "电池")),
        ("没电了", ("没电",)),
        ("的", ("的",)),
        ("don't", ("don't",)),
        ("", ()),
    ],
)
def test_the_words_of_a_question(text, words):
    assert content_words(text) == words


def test_words_stand_as_words_in_either_script():
    post = {"title": None, "text": "電池壞了，the batteries and a Battery"}
    assert words_in(post, ("电池", "battery", "坏", "cat")) == {"电池": 1, "battery": 1, "坏": 1}


def test_a_rare_word_outweighs_a_common_one_and_ranks_fuse():
    counts = {"a": {"the": 3}, "b": {"the": 1, "rare": 1}, "c": {"the": 1}, "d": {"the": 1}}
    assert by_words(counts, dict.fromkeys(counts, 10))[0] == "b"
    assert fused([["x", "y", "z"], ["y", "w"]]) == ["y", "x", "w", "z"]
    assert fused([[], []]) == []
