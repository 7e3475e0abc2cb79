from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from outlisten.app.listening.periods import ALL, BadPeriod, Period, bucket_for, read_period
from outlisten.posts.store import ALL_TIME, TimeRange

SHANGHAI = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 3, 10)


def test_the_last_seven_days_end_with_the_as_of_day() -> None:
    window = Period(days=7).window(TODAY, ZoneInfo("UTC"))
    assert window == TimeRange(datetime(2026, 3, 4, tzinfo=UTC), datetime(2026, 3, 11, tzinfo=UTC))


def test_days_are_cut_at_midnight_in_the_workspace() -> None:
    window = Period(since=TODAY, until=TODAY).window(TODAY, SHANGHAI)
    assert window == TimeRange(datetime(2026, 3, 9, 16, tzinfo=UTC), datetime(2026, 3, 10, 16, tzinfo=UTC))


def test_all_time_is_open_at_both_ends_so_that_undated_posts_are_inside() -> None:
    assert ALL.window(TODAY, SHANGHAI) == ALL_TIME


def test_a_day_that_changes_the_clocks_has_its_real_length() -> None:
    window = Period(since=date(2026, 3, 29), until=date(2026, 3, 29)).window(TODAY, ZoneInfo("Europe/Berlin"))
    assert window.start
    assert window.end
    assert (window.end - window.start).total_seconds() == 23 * 3600


@pytest.mark.parametrize(
    ("address", "period"),
    [
        ({}, Period(days=90)),
        ({"period": "30d"}, Period(days=30)),
        ({"period": "all"}, ALL),
        ({"since": "2026-01-02"}, Period(since=date(2026, 1, 2))),
        ({"since": "2026-01-02", "until": "2026-01-03", "period": "7d"},
         Period(since=date(2026, 1, 2), until=date(2026, 1, 3))),
    ],
)  # fmt: skip
def test_an_address_names_its_period(address: dict[str, str], period: Period) -> None:
    assert read_period(address, Period(days=90)) == period


@pytest.mark.parametrize(
    "address",
    [
        {"period": "soon"}, {"period": "0d"}, {"period": "-3d"}, {"period": "９d"}, {"period": "9999999999d"},
        {"since": "31.12.2025"}, {"since": "1970-01-01"}, {"until": "9999-12-31"}, {"since": "二〇二六年"},
        {"since": "2026-02-02", "until": "2026-02-01"},
    ],
)  # fmt: skip
def test_a_period_that_cannot_be_is_refused_in_a_sentence(address: dict[str, str]) -> None:
    with pytest.raises(BadPeriod, match=r"[.;]"):
        read_period(address, ALL)


@pytest.mark.parametrize(("days", "bucket"), [(1, "hour"), (90, "day"), (365, "week"), (3000, "month")])
def test_bars_are_as_wide_as_the_period_needs(days: int, bucket: str) -> None:
    assert bucket_for(days) == bucket
