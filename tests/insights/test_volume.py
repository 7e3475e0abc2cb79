"""Volume over time: which bucket a post is in, and what is said about the rest."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from tests.insights.conftest import DAY0, Fill, on

from outlisten import insights
from outlisten.posts.store import Bucket, TimeRange
from outlisten.query import Context, parse

SHANGHAI = ZoneInfo("Asia/Shanghai")
MARCH = TimeRange(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))


def test_every_day_of_the_window_has_a_row_and_quiet_days_are_zero(fill: Fill) -> None:
    store = fill(on(0), on(0), on(3, author_id="same"), on(3, author_id="same"))
    table = insights.volume(store, parse("等位"), MARCH, bucket="day").table
    assert table["posts"].to_pylist() == [2, 0, 0, 2, 0, 0, 0]
    assert table["authors"].to_pylist() == [2, 0, 0, 1, 0, 0, 0]


def test_a_day_is_the_workspaces_day(fill: Fill) -> None:
    late = datetime(2026, 3, 2, 17, tzinfo=UTC)  # 1 a.m. on the third in Shanghai
    store = fill(on(0, created_at=late))
    table = insights.volume(store, None, bucket="day", zone=SHANGHAI).table
    assert table["bucket"].to_pylist() == [datetime(2026, 3, 3)]


@pytest.mark.parametrize(
    ("bucket", "start"),
    [("hour", (2026, 3, 4, 20)), ("day", (2026, 3, 4)), ("week", (2026, 3, 2)), ("month", (2026, 3, 1))],
)
def test_a_bucket_starts_on_the_wall_clock(fill: Fill, bucket: Bucket, start: tuple[int, ...]) -> None:
    store = fill(on(2))
    table = insights.volume(store, None, bucket=bucket, zone=SHANGHAI).table
    assert table["bucket"].to_pylist() == [datetime(*start)]  # type: ignore[arg-type]


@pytest.mark.parametrize("bucket", ["hour", "day", "week", "month"])
def test_the_evidence_of_a_bar_opens_its_posts(fill: Fill, bucket: Bucket) -> None:
    store = fill(
        *(on(day, created_at=DAY0 + timedelta(days=day, hours=day)) for day in (0, 0, 1, 6, 7, 8, 30))
    )
    context = Context(zone=SHANGHAI)
    insight = insights.volume(store, parse("等位 OR 排队", context=context), bucket=bucket, zone=SHANGHAI)
    for row in insight.table.filter(insight.table["posts"].to_numpy() > 0).to_pylist():
        assert store.count(parse(row["evidence"], context=context)).value == row["posts"]


def test_undated_posts_are_counted_in_a_note(fill: Fill) -> None:
    store = fill(on(0), on(0, created_at=None), on(0, created_at=None, text="fine"))
    insight = insights.volume(store, parse("等位"), MARCH)
    note = insight.note("undated")
    assert note is not None
    assert note.text("en") == "Posts without a date, left out of the time line: 1."
    assert note.text("zh-hans") == "没有日期、未计入时间线的帖子：1 条。"


def test_a_line_of_hours_over_two_years_is_widened_and_says_so(fill: Fill) -> None:
    insight = insights.volume(fill(on(0), on(700)), None, bucket="hour")
    assert insight.settings["bucket"] == "day"
    assert insight.note("widened") is not None


@pytest.mark.parametrize(("days", "bucket"), [(2, "hour"), (90, "day"), (365, "week"), (2000, "month")])
def test_the_step_suits_the_window(fill: Fill, days: int, bucket: str) -> None:
    window = TimeRange(DAY0, DAY0 + timedelta(days=days))
    assert insights.volume(fill(on(0)), None, window).settings["bucket"] == bucket


def test_the_hour_that_happens_twice_is_one_bar(fill: Fill) -> None:
    twice = [
        datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1)
    ]  # 2:30 in Berlin, before and after
    store = fill(*(on(0, created_at=moment) for moment in twice))
    table = insights.volume(store, None, bucket="hour", zone=ZoneInfo("Europe/Berlin")).table
    assert table.select(["bucket", "posts"]).to_pylist() == [
        {"bucket": datetime(2026, 10, 25, 2), "posts": 2}
    ]


def test_nothing_found_is_an_empty_line_not_an_error(fill: Fill) -> None:
    insight = insights.volume(fill(on(0)), parse("没有人说过的话"))
    assert sum(insight.table["posts"].to_pylist()) == 0
