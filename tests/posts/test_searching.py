"""Newest first, page by page, undated last; conversations; samples."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from outlisten.posts import BadColumn, BadCursor
from outlisten.posts.store import Budget, TimeRange
from outlisten.query import parse

START = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def many(store, make_posts):
    """Sixty posts over three months, three of them at the same second, and five undated."""
    dated = [{"text": f"post {n}", "created_at": START + timedelta(days=(n // 3) * 4)} for n in range(60)]
    undated = [{"text": f"没有日期 {n}"} for n in range(5)]
    store.add(make_posts(*dated, *undated))
    return store


def pages(store, size, **more):
    """All pages until the last."""
    found, after = [], None
    while True:
        page = store.search(None, limit=size, after=after, columns=["text", "created_at"], **more)
        found += page.posts.to_pylist()
        after = page.after
        if after is None:
            return found


@pytest.mark.parametrize("size", [1, 2, 7, 64, 65, 66])
def test_pages_together_are_the_one_big_search(many, size):
    whole = many.search(None, limit=1000, columns=["text", "created_at"])
    assert pages(many, size) == whole.posts.to_pylist()
    assert whole.after is None


def test_newest_come_first_and_undated_last(many):
    dates = [post["created_at"] for post in pages(many, 10)]
    dated = [date for date in dates if date]
    assert dated == sorted(dated, reverse=True)
    assert dates[-5:] == [None] * 5


def test_a_post_that_comes_between_two_pages_does_not_shift_them(many, make_posts):
    first = many.search(None, limit=10)
    before = many.search(None, limit=10, after=first.after).posts
    many.add(make_posts({"text": "just now", "native_id": "x", "created_at": START + timedelta(days=300)}))
    assert many.search(None, limit=10, after=first.after).posts.equals(before)


@pytest.mark.parametrize("cursor", ["", "1", "1-", "-1-0000000000000000", "1-XYZ", "9" * 11 + "-" + "0" * 16,
                                    "1-0000000000000000' OR 1=1", "99999999999-0000000000000000"])  # fmt: skip
def test_a_page_address_we_did_not_make_is_refused(store, cursor):
    with pytest.raises(BadCursor):
        store.search(None, after=cursor)


def test_a_column_that_posts_do_not_have_is_refused(store):
    with pytest.raises(BadColumn, match="colour"):
        store.search(None, columns=["text", "colour"])


def test_the_window_includes_its_start_and_excludes_its_end(many):
    window = TimeRange(START + timedelta(days=4), START + timedelta(days=8))
    assert many.count(None, window=window).value == 3


def test_undated_posts_are_only_in_the_open_window(many):
    everything, before = many.count(None), many.count(None, window=TimeRange(end=START + timedelta(days=999)))
    after = many.count(None, window=TimeRange(start=START))
    assert (everything.value, before.value, after.value) == (65, 60, 60)


@pytest.mark.parametrize(
    ("start", "end", "posts"),
    [(datetime(1, 1, 1, tzinfo=UTC), None, 60), (None, datetime(9999, 1, 1, tzinfo=UTC), 60),
     (datetime(9999, 1, 1, tzinfo=UTC), None, 0), (None, datetime(1, 1, 1, tzinfo=UTC), 0)],
)  # fmt: skip
def test_a_window_beyond_what_dates_can_be_is_no_trouble(many, start, end, posts):
    assert many.count(None, window=TimeRange(start, end)).value == posts


def test_a_row_budget_cuts_a_page_and_says_so(many):
    page = many.search(None, limit=20, budget=Budget(rows=5))
    assert (page.posts.num_rows, page.cut) == (5, True)


def test_some_posts_are_read_as_one_is(store, make_posts):
    given = make_posts(
        {"text": "一", "native_id": "a"},
        {"text": "two", "native_id": "b", "created_at": None},
        {"text": "三", "native_id": "c"},
    )
    store.add(given)
    first, second, _third = given["id"].to_pylist()
    found = store.some([second, first, first, "0" * 16])
    assert set(found) == {first, second}
    for identifier, post in found.items():
        one = store.get(identifier)
        assert post == {name: one[name] for name in post}
    assert store.some([]) == {}


def test_a_post_that_was_edited_is_read_as_it_is_now(store, make_posts):
    before, after = ({"text": text, "native_id": "a", "id": "00000000000000aa"} for text in ("queue", "等位"))
    store.add(make_posts(before))
    store.add(make_posts(after))
    assert [post["text"] for post in store.some(["00000000000000aa"]).values()] == ["等位"]


def test_a_conversation_is_found_from_any_of_its_posts(store, make_posts):
    posts = make_posts(
        {"native_id": "1", "text": "手机发烫怎么办", "created_at": START},
        {
            "native_id": "2",
            "text": "please send a DM",
            "reply_to": "1",
            "created_at": START + timedelta(hours=1),
        },
        {"native_id": "3", "text": "发了", "reply_to": "2", "created_at": START + timedelta(hours=2)},
        {"native_id": "4", "text": "same thread", "thread": "1", "created_at": START + timedelta(hours=3)},
        {"native_id": "5", "text": "no relation", "created_at": START},
        {"native_id": "1", "platform": "weibo", "text": "another network's 1", "created_at": START},
    )
    store.add(posts)
    for place in range(4):
        said = store.thread(posts["id"][place].as_py()).table["text"].to_pylist()
        assert said == ["手机发烫怎么办", "please send a DM", "发了", "same thread"]


def test_a_post_without_native_id_is_a_conversation_of_one(store, make_posts):
    posts = make_posts({"native_id": None, "text": "alone", "id": "00000000000000ab"}, {"text": "other"})
    store.add(posts)
    assert store.thread("00000000000000ab").table["text"].to_pylist() == ["alone"]


def test_a_sample_is_repeatable_and_without_replacement(many):
    first, again = (
        many.sample(None, size=20, seed=3, columns=["id"]).table["id"].to_pylist() for _ in range(2)
    )
    other = many.sample(None, size=20, seed=4, columns=["id"]).table["id"].to_pylist()
    assert first == again
    assert first != other
    assert len(set(first)) == 20


def test_a_sample_is_uniform(store, make_posts):
    store.add(make_posts(*({"text": str(n)} for n in range(10))))
    drawn = [0] * 10
    for seed in range(600):
        for post in store.sample(None, size=2, seed=seed, columns=["text"]).table["text"].to_pylist():
            drawn[int(post)] += 1
    # Expected 120 each; the 99.9 % range of a binomial(600, 0.2) is about 88 to 153.
    assert min(drawn) > 85
    assert max(drawn) < 156


def test_a_larger_sample_than_there_are_posts_is_all_of_them(many):
    assert many.sample(None, size=500, seed=1).table.num_rows == 65


def test_newest_and_days_leave_undated_posts_out(many):
    assert many.newest() == START + timedelta(days=76)
    assert many.days() == (START.date(), (START + timedelta(days=76)).date())


def test_an_empty_store_has_no_newest_post(store):
    assert (store.newest(), store.days(), store.search(None).posts.num_rows) == (None, None, 0)


@pytest.mark.parametrize("size", [1, 5, 30])
def test_pages_of_a_query_reach_back_over_empty_months(store, make_posts, size):
    rare = [{"text": f"充电宝 {n}", "created_at": START - timedelta(days=70 * n)} for n in range(12)]
    common = [{"text": f"别的 {n}", "created_at": START - timedelta(days=9 * n)} for n in range(90)]
    store.add(make_posts(*rare, *common, {"text": "充电宝没有日期"}, *({"text": f"又{n}"} for n in range(3))))
    found, after = [], None
    while True:
        page = store.search(parse("充电宝"), limit=size, after=after, columns=["text"])
        found += page.posts["text"].to_pylist()
        after = page.after
        if after is None:
            break
    assert found == [*(f"充电宝 {n}" for n in range(12)), "充电宝没有日期"]
