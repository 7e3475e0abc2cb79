"""The clock that runs while a department is open."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from outlisten.app.care.business_hours import ALWAYS, OpeningHours, working

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NINE_TO_SIX = {day: (time(9), time(18)) for day in range(5)}
ROUND_THE_CLOCK = OpeningHours(BERLIN, ALWAYS)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-03-02T10:00", "2026-03-02T12:30", 2.5),
        ("2026-03-02T18:05", "2026-03-03T10:00", 1),  # after closing: the clock starts at 9 the next day
        ("2026-03-06T17:00", "2026-03-09T10:00", 2),  # over a weekend
        ("2026-03-07T10:00", "2026-03-08T20:00", 0),
        ("2026-03-02T08:00", "2026-03-02T20:00", 9),
        ("2026-03-02T12:00", "2026-03-02T11:00", 0),
    ],
)
def test_only_open_time_counts(start: str, end: str, hours: float) -> None:
    clock = OpeningHours(SHANGHAI, NINE_TO_SIX)
    assert clock.elapsed(at(start), at(end)) == timedelta(hours=hours)


def test_a_holiday_is_closed() -> None:
    clock = OpeningHours(SHANGHAI, NINE_TO_SIX, frozenset({date(2026, 10, 1)}))
    assert clock.elapsed(at("2026-09-30T17:00"), at("2026-10-02T10:00")) == timedelta(hours=2)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-03-30", 24)])
def test_the_days_of_the_clock_change_are_as_long_as_they_are(day: str, hours: int) -> None:
    start = at(f"{day}T00:00", BERLIN)
    end = at((date.fromisoformat(day) + timedelta(days=1)).isoformat() + "T00:00", BERLIN)
    assert ROUND_THE_CLOCK.elapsed(start, end) == timedelta(hours=hours)


def test_office_hours_keep_their_local_times_over_the_clock_change() -> None:
    clock = OpeningHours(BERLIN, {day: (time(9), time(17)) for day in range(7)})
    due = clock.after(at("2026-03-28T16:00", BERLIN), timedelta(hours=4))
    assert due == at("2026-03-29T12:00", BERLIN)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-02T10:00", 4, "2026-03-02T14:00"),
        ("2026-03-02T18:05", 4, "2026-03-03T13:00"),
        ("2026-03-06T16:00", 4, "2026-03-09T11:00"),
        ("2026-03-02T09:00", 9, "2026-03-02T18:00"),
    ],
)
def test_a_deadline_falls_where_the_open_time_is_used_up(start: str, hours: int, due: str) -> None:
    clock = OpeningHours(SHANGHAI, NINE_TO_SIX)
    assert clock.after(at(start), timedelta(hours=hours)) == at(due)


def test_a_department_that_never_opens_has_no_deadline() -> None:
    assert OpeningHours(SHANGHAI, {}).after(at("2026-03-02T10:00"), timedelta(hours=1)) is None


def test_pauses_do_not_count_and_are_not_taken_off_twice() -> None:
    clock = OpeningHours(SHANGHAI, NINE_TO_SIX)
    pauses = [
        (at("2026-03-02T10:00"), at("2026-03-02T12:00")),
        (at("2026-03-02T11:00"), at("2026-03-02T13:00")),
    ]
    assert working(clock, at("2026-03-02T09:00"), at("2026-03-02T15:00"), [*pauses]) == timedelta(hours=3)
    lasting: list[tuple[datetime, datetime | None]] = [(at("2026-03-02T10:00"), None)]
    assert working(clock, at("2026-03-02T09:00"), at("2026-03-03T15:00"), lasting) == timedelta(hours=1)
