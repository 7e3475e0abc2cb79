"""`--since` and `--until` mean whole days of the workspace's time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from outlisten.cli.endings import WrongUsage
from outlisten.cli.periods import window

NOW = datetime(2024, 3, 10, 17, 30, tzinfo=UTC)
SHANGHAI = ZoneInfo("Asia/Shanghai")


def ends(since: str | None, until: str | None, zone: ZoneInfo = SHANGHAI) -> tuple[str, str]:
    span = window(since, until, now=NOW, zone=zone)
    return tuple(f"{end:%m-%dT%H:%M}" if end else "open" for end in (span.start, span.end))  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("since", "until", "utc"),
    [
        (None, None, ("open", "open")),
        ("2024-03-01", "2024-03-01", ("02-29T16:00", "03-01T16:00")),  # one whole day in Shanghai
        ("today", None, ("03-10T16:00", "open")),  # it is already the 11th there
        ("7d", "today", ("03-03T16:00", "03-11T16:00")),
        ("-7d", None, ("03-03T16:00", "open")),
        ("2024-03-01T18:00", None, ("03-01T10:00", "open")),
        ("2024-03-01T18:00Z", None, ("03-01T18:00", "open")),
    ],
)
def test_days_are_cut_at_midnight_of_the_zone(
    since: str | None, until: str | None, utc: tuple[str, str]
) -> None:
    assert ends(since, until) == utc


def test_the_last_day_has_23_hours_when_the_clocks_go_forward() -> None:
    span = window("2024-03-31", "2024-03-31", now=NOW, zone=ZoneInfo("Europe/Berlin"))
    assert span.start is not None
    assert span.end is not None
    assert (span.end - span.start).total_seconds() == 23 * 3600


@pytest.mark.parametrize(
    "text", ["yesterday-ish", "2024-13-01", "31/07/2019", "", "99999999d", "昨天", "9999-12-31"]
)
def test_what_is_no_date_is_named_with_an_example(text: str) -> None:
    with pytest.raises(WrongUsage, match="2019-07-31"):
        window(text, None, now=NOW, zone=SHANGHAI)


def test_an_end_before_its_start_is_refused() -> None:
    with pytest.raises(WrongUsage, match="before"):
        window("2024-03-02", "2024-03-01", now=NOW, zone=SHANGHAI)
