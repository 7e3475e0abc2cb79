"""Counts, time lines in the workspace's zone, facets, and the page that needs all of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from outlisten.posts import BadField
from outlisten.posts.chdb.engine import translated
from outlisten.posts.errors import TookTooLong
from outlisten.posts.store import Budget, Count, TimeRange
from outlisten.query import parse

BERLIN, SHANGHAI = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Shanghai")


def dated(text, moment, **more):
    return {"text": text, "created_at": moment} | more


def test_a_day_with_25_hours_is_one_day_with_25_hours(store, make_posts):
    # Clocks in Berlin went back on 26 October 2025: that day began at 22:00 UTC and lasted 25 hours.
    start = datetime(2025, 10, 25, 22, tzinfo=UTC)
    store.add(make_posts(*(dated(str(n), start + timedelta(hours=n)) for n in range(26))))
    days = store.histogram(None, bucket="day", zone=BERLIN).table.to_pylist()
    hours = store.histogram(None, bucket="hour", zone=BERLIN).table
    assert [(day["bucket"], day["posts"]) for day in days] == [
        (date(2025, 10, 26), 25),
        (date(2025, 10, 27), 1),
    ]
    assert hours["posts"].to_pylist() == [1] * 26
    assert str(hours.schema.field("bucket").type) == "timestamp[s, tz=Europe/Berlin]"


def test_a_day_belongs_to_the_zone_that_asks(store, make_posts):
    store.add(make_posts(dated("深夜", datetime(2026, 3, 1, 17, tzinfo=UTC))))
    [shanghai] = store.histogram(None, zone=SHANGHAI).table["bucket"].to_pylist()
    [utc] = store.histogram(None).table["bucket"].to_pylist()
    assert (shanghai, utc) == (date(2026, 3, 2), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("bucket", "start"),
    [("day", date(2026, 5, 20)), ("week", date(2026, 5, 18)), ("month", date(2026, 5, 1))],
)
def test_a_bucket_is_named_by_its_first_day(store, make_posts, bucket, start):
    store.add(make_posts(dated("水曜", datetime(2026, 5, 20, 12, tzinfo=UTC))))
    assert store.histogram(None, bucket=bucket).table["bucket"].to_pylist() == [start]


def test_a_time_line_can_be_split_by_a_field(store, make_posts):
    noon = datetime(2026, 5, 20, 12, tzinfo=UTC)
    store.add(
        make_posts(*(dated(str(n), noon, sentiment=s) for n, s in enumerate(["negative", "negative", None])))
    )
    lines = store.histogram(None, by="sentiment").table.to_pylist()
    assert [(line["sentiment"], line["posts"]) for line in lines] == [(None, 1), ("negative", 2)]


def test_undated_posts_are_not_in_a_time_line(store, make_posts):
    store.add(make_posts({"text": "无日期"}))
    assert store.histogram(None).table.num_rows == 0


def test_a_facet_counts_values_and_missing_apart(store, make_posts):
    store.add(make_posts({"text": "a", "lang": "zh"}, {"text": "b", "lang": "zh"}, {"text": "c"}))
    [facet] = store.facets(None, ["lang"]).values()
    assert [(row["value"], row["posts"]) for row in facet.table.to_pylist()] == [("zh", 2), (None, 1)]


def test_a_list_field_counts_each_of_its_values_once_a_post(store, make_posts):
    store.add(make_posts({"text": "#双十一# #双十一# #折扣#"}, {"text": "#折扣#"}, {"text": "nothing"}))
    rows = store.facets(None, ["hashtags"])["hashtags"].table.to_pylist()
    assert {row["value"]: row["posts"] for row in rows} == {"折扣": 2, "双十一": 1, None: 1}


def test_authors_are_accounts_and_a_post_without_one_counts_itself(store, make_posts):
    store.add(make_posts(
        {"text": "1", "author_id": "77", "author": "小明"}, {"text": "2", "author_id": "77", "author": "小明改名了"},
        {"text": "3", "author_handle": "Ming"}, {"text": "4", "author_handle": "ming"},
        {"text": "5", "author_handle": "ming", "platform": "weibo"}, {"text": "6"}, {"text": "7"},
    ))  # fmt: skip
    assert store.dashboard(None).authors == 5


@pytest.mark.parametrize("field", ["text", "likes", "nonsense", "id", "lang; DROP TABLE posts"])
def test_a_field_that_cannot_be_counted_is_refused(store, field):
    with pytest.raises(BadField, match="platform"):
        store.facets(None, [field])


@pytest.fixture
def busy(store, make_posts):
    """Forty posts of two networks over twenty days, and two undated."""
    first = datetime(2026, 2, 1, 20, tzinfo=UTC)
    posts = [
        dated(f"post {n}", first + timedelta(hours=12 * n), platform="weibo" if n % 4 else "x", lang="zh",
              sentiment=["negative", "positive", None][n % 3], author=f"人{n % 7}", site=f"s{n % 15}.example")
        for n in range(40)
    ]  # fmt: skip
    store.add(make_posts(*posts, {"text": "undated", "platform": "x"}, {"text": "无日期", "platform": "x"}))
    return store


# Every one of those posts; words have to be counted in each, so that the hits are found once and kept.
DEAR = parse("ATLEAST/1(post) OR undated OR 无日期")


@pytest.mark.parametrize("query", [None, DEAR])
@pytest.mark.parametrize("window", [TimeRange(), TimeRange(datetime(2026, 2, 5, tzinfo=UTC), None)])
def test_the_dashboard_says_what_the_single_questions_say(busy, window, query):
    fields = ["platform", "sentiment", "site", "author", "hashtags", "mixed"]
    board = busy.dashboard(query, zone=SHANGHAI, fields=fields, window=window, newest=10)
    lines = busy.histogram(None, zone=SHANGHAI, window=window).table
    singles = busy.facets(None, fields, top=10, window=window)
    assert board.count == busy.count(None, window=window).value
    assert board.histogram.equals(lines.select(["bucket", "posts"]))
    for field in fields:
        assert board.facets[field].equals(singles[field].table.select(["value", "posts"])), field
    newest = busy.search(None, window=window, limit=10)
    assert board.newest.posts.equals(newest.posts)
    assert board.newest.after == newest.after
    assert board.undated == (2 if window == TimeRange() else 0)
    assert not board.cut


@pytest.mark.parametrize("query", [None, DEAR])
@pytest.mark.parametrize("bucket", ["hour", "day", "week", "month"])
def test_the_dashboard_counts_the_undated_apart_in_every_bucket(busy, bucket, query):
    board = busy.dashboard(query, bucket=bucket, zone=ZoneInfo("America/New_York"), fields=[])
    lines = busy.histogram(None, bucket=bucket, zone=ZoneInfo("America/New_York")).table
    assert (board.count, board.undated) == (42, 2)
    assert board.histogram.equals(lines.select(["bucket", "posts"]))


@pytest.mark.parametrize("query", [None, DEAR])
def test_the_newest_posts_of_a_dashboard_have_the_columns_asked_for(busy, query):
    board = busy.dashboard(query, newest=3, columns=["text", "author"])
    assert board.newest.posts.equals(busy.search(None, limit=3, columns=["text", "author"]).posts)


@pytest.mark.parametrize("query", [None, DEAR])
def test_the_dashboard_of_an_empty_store_is_empty(store, query):
    board = store.dashboard(query)
    assert (board.count, board.authors, board.histogram.num_rows, board.newest.posts.num_rows) == (0, 0, 0, 0)


def test_a_question_that_runs_out_of_time_says_so(busy):
    assert busy.count(None, budget=Budget(seconds=1e-6)).cut
    assert busy.dashboard(None, budget=Budget(seconds=1e-6)).cut
    assert busy.dashboard(DEAR, budget=Budget(seconds=1e-6)).cut


def test_what_was_found_for_one_question_is_not_there_for_the_next(busy):
    wanted = [parse("post NEAR/1 7"), parse("post NEAR/1 (8 OR 9)"), parse("ATLEAST/2(post)")]
    with ThreadPoolExecutor(3) as people:
        boards = list(people.map(busy.dashboard, wanted * 4))
    assert [board.count for board in boards] == [1, 2, 0] * 4


def test_a_time_line_longer_than_the_row_budget_is_cut(busy):
    lines = busy.histogram(None, budget=Budget(rows=3))
    assert (lines.table.num_rows, lines.cut) == (3, True)


def test_a_question_the_engine_breaks_off_is_counted_as_cut_and_not_as_a_failure(store, monkeypatch) -> None:
    said = RuntimeError("Code: 159. DB::Exception: Timeout exceeded: elapsed 2.1 seconds. (TIMEOUT_EXCEEDED)")
    failure = translated(said, Path("posts"))
    assert isinstance(failure, TookTooLong)
    assert "时间" in failure.text("zh-hans")
    assert "DB::" not in failure.text("en")

    def ask(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr("outlisten.posts.chdb.engine.Engine.ask", ask)
    assert store.count(parse("排队")) == Count(0, cut=True)
