"""What an alert's picture is drawn from: people by the hour, or a share by six hours, beside what is usual."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from tests.insights.unusual.series import MONDAY, counts, ending, rhythm

from outlisten.insights.unusual import (
    Hours,
    band,
    people_over_time,
    rise,
    share_band,
    share_over_time,
    share_rise,
    usual,
)
from outlisten.posts.store import TimeRange
from outlisten.query import parse

HOUR = timedelta(hours=1)
SHANGHAI, UTC_ZONE = ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC")
HOURS = 8 * 168
END = MONDAY + HOURS * HOUR
WEEK = TimeRange(END - timedelta(days=7), END)


@pytest.mark.parametrize(("mean", "varying"), [(0.3, 0.0), (3.0, 0.0), (30.0, 0.0), (30.0, 0.3)])
def test_about_95_of_100_usual_hours_are_in_the_band(mean: float, varying: float):
    usually = usual(ending(counts(mean, varying=varying), HOURS))
    found, seen = band(usually, HOURS - 336, HOURS), usually.hours.people[-336:]
    inside = float(((found.low <= seen) & (seen <= found.high)).mean())
    assert 0.91 <= inside <= 1.0
    assert found.expected.mean() == pytest.approx(rhythm(mean)[-336:].mean(), rel=0.25)


def test_the_band_of_an_hour_is_what_a_rise_of_one_hour_is_judged_by():
    usually = usual(ending(counts(3.0), HOURS))
    judged, found = rise(usually, every_weeks=13, lengths=[1]), band(usually, HOURS - 1, HOURS)
    assert judged is not None
    assert (found.low[0], found.high[0]) == (judged.low, judged.high)
    assert found.expected[0] == pytest.approx(judged.expected)


def test_every_hour_of_the_window_is_a_row_with_its_figures_and_its_posts():
    series = counts(3.0)
    series[-5:-2] = 40
    usually = usual(ending(series, HOURS))
    alert = TimeRange(END - 5 * HOUR, END - 2 * HOUR)
    insight = people_over_time(usually, parse("等位"), WEEK, zone=SHANGHAI, alerts=[alert])
    rows = insight.table.to_pylist()
    assert len(rows) == 168
    assert rows[0]["bucket"] == datetime(2026, 2, 23, 8)
    assert [row["seen"] for row in rows[-5:-2]] == [40, 40, 40]
    assert [row["alert"] for row in rows[-6:]] == [False, True, True, True, False, False]
    assert all(row["low"] <= row["expected"] <= row["high"] < 40 for row in rows[-5:-2])
    assert rows[-1]["evidence"] == "等位 since:2026-03-02T07:00:00 until:2026-03-02T07:59:59"
    assert insight.settings == {"bucket": "hour", "hours": 1, "zone": "Asia/Shanghai", "of": "people"}


def test_the_last_hour_ends_where_the_window_does():
    end = END - HOUR + timedelta(minutes=20)
    hours = Hours.of(MONDAY, counts(3.0), until=end)
    window = TimeRange(end - timedelta(days=7), end)
    rows = people_over_time(usual(hours), parse("queue"), window, zone=UTC_ZONE).table.to_pylist()
    assert rows[-1]["evidence"].endswith("until:2026-03-01T23:19:59")
    assert rows[-1]["expected"] < rows[-25]["expected"] / 2


def share(last: float, people: float = 10.0) -> tuple[Hours, Hours]:
    """Eight weeks in which a fifth complain, another share in the last day."""
    n = np.full(HOURS, people)
    k = np.round(n * 0.2)
    k[-24:] = np.round(n[-24:] * last)
    return Hours.of(MONDAY, k), Hours.of(MONDAY, n)


def test_shares_come_by_six_hours_on_the_clock():
    complaining, people = share(0.6)
    alert = TimeRange(END - 24 * HOUR, END)
    insight = share_over_time(complaining, people, parse("投诉"), WEEK, zone=UTC_ZONE, alerts=[alert])
    rows = insight.table.to_pylist()
    assert {row["bucket"].hour for row in rows} == {0, 6, 12, 18}
    assert [round(row["seen"], 2) for row in rows[-5:]] == [0.2, 0.6, 0.6, 0.6, 0.6]
    assert [row["alert"] for row in rows[-5:]] == [False, True, True, True, True]
    assert all(row["expected"] == pytest.approx(0.2, abs=0.03) for row in rows)
    assert all(row["low"] < 0.2 < row["high"] < 0.6 and row["people"] == 60 for row in rows)


def test_the_band_of_a_share_is_what_a_rise_is_judged_by():
    complaining, people = share(0.6)
    judged = share_rise(complaining, people, every_weeks=13, lengths=[6])
    assert judged is not None
    assert share_band(complaining, people, HOURS - 6, HOURS) == (judged.usual, judged.low, judged.high)


def test_of_few_people_no_share_is_given():
    n = np.zeros(HOURS)
    n[::2] = 1
    k = n * (np.arange(HOURS) % 4 == 0)
    rows = share_over_time(
        Hours.of(MONDAY, k), Hours.of(MONDAY, n), parse("x"), WEEK, zone=UTC_ZONE
    ).table.to_pylist()
    assert {(row["seen"], row["low"], row["high"], row["people"]) for row in rows} == {(None, None, None, 3)}


@pytest.mark.parametrize("known", [24, 167])
def test_without_a_usual_week_there_are_no_rows_and_a_note(known: int):
    hours = Hours.of(MONDAY, np.ones(known))
    window = TimeRange(MONDAY, MONDAY + known * HOUR)
    of_people = people_over_time(usual(hours), parse("x"), window, zone=UTC_ZONE)
    of_shares = share_over_time(hours, hours, parse("x"), window, zone=UTC_ZONE)
    for insight in (of_people, of_shares):
        assert insight.table.num_rows == 0
        assert insight.notes[0].text("en").startswith("Not enough to say what is usual")
        assert insight.notes[0].text("zh-hans").startswith("数据太少")
