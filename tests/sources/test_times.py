"""A time is one in UTC, or none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from outlisten.sources.times import utc


@pytest.mark.parametrize(
    ("told", "time"),
    [
        ("2026-11-30T08:00:00Z", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        ("2026-11-30T16:00:00+08:00", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        ("2026-11-30T01:00:00-07:00", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        ("2026-11-30T08:00:00.264058", datetime(2026, 11, 30, 8, 0, 0, 264058, tzinfo=UTC)),
        ("2026-11", datetime(2026, 11, 1, tzinfo=UTC)),
        ("20261130T080000Z", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        ("2026-11-30T24:00:00Z", datetime(2026, 12, 1, tzinfo=UTC)),
        ("2026-11-30T08:00:00.1234567Z", datetime(2026, 11, 30, 8, 0, 0, 123456, tzinfo=UTC)),
        ("2026-11-30T08:00:00+0800", datetime(2026, 11, 30, 0, tzinfo=UTC)),
        ("0001-01-01T00:00:00+14:00", None),
        ("昨天", None),
        ("", None),
        (None, None),
        (1796025600, None),
    ],
)
def test_a_time_is_in_utc_or_none(told, time):
    assert utc(told) == time
