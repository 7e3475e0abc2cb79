"""Gaps in collection: hatched behind charts over time, said in words, and told bucket by bucket."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vl_convert
from tests.charts import made

from outlisten import charts
from outlisten.charts import Gap
from outlisten.charts.gaps import in_picture

HERE = ZoneInfo("Asia/Shanghai")  # the zone of `made.volume`, which begins on 2 March 2026
WEEK = made.volume([3, 8, 0, 1, 5, 9, 4])


def at(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=HERE)


def gap(start: datetime, end: datetime, source: str = "Mastodon #acme", **more: Any) -> Gap:
    return Gap(start, end, source, **more)


FALL = gap(at(4, 6), at(5, 18))
DRAWN = {
    "volume": lambda gaps: charts.volume(WEEK, gaps=gaps),
    "volumes": lambda gaps: charts.volumes({"捞王": WEEK, "Hotpot": made.volume([1, 2])}, gaps=gaps),
}


def marks_in(chart: Any) -> dict[str, int]:
    """How many marks of each kind the drawn picture has."""
    svg = vl_convert.vegalite_to_svg({**charts.spec(chart), "width": 600})
    return {kind: svg.count(f"mark-{kind}") for kind in ("rect", "line")}


@pytest.mark.parametrize("name", DRAWN)
def test_a_gap_is_hatched_ground_and_lines(name: str) -> None:
    plain, gapped = marks_in(DRAWN[name](())), marks_in(DRAWN[name]([FALL]))
    assert gapped["line"] > plain["line"]
    assert gapped["rect"] > plain["rect"]


@pytest.mark.parametrize("name", DRAWN)
def test_a_gap_elsewhere_changes_nothing(name: str) -> None:
    away = gap(at(20), at(22))
    assert DRAWN[name]([away]).to_dict() == DRAWN[name](()).to_dict()


def test_lines_stay_inside_their_gap_and_the_picture() -> None:
    spec = charts.spec(charts.volume(WEEK, gaps=[FALL], height=150))
    points = [row for rows in spec["datasets"].values() for row in rows if "down" in row] or [
        row for layer in spec["layer"] for row in layer.get("data", {}).get("values", []) if "down" in row
    ]
    assert len(points) > 20
    assert all("2026-03-04T06:00:00Z" <= row["start"] <= "2026-03-05T18:00:00Z" for row in points)
    assert all(0 <= row["down"] <= 150 for row in points)


def test_the_time_line_can_still_be_brushed() -> None:
    spec = charts.spec(charts.volume(WEEK, gaps=[FALL]))
    assert [param["name"] for param in spec["params"]] == ["brush"]


@pytest.mark.parametrize(
    ("gaps", "locale", "said"),
    [
        (
            [FALL],
            "en",
            "Collection had gaps: Mastodon #acme from 4 Mar 2026, 06:00 to 5 Mar 2026, 18:00. "
            "A fall there may be a fall of collection.",
        ),
        (
            [gap(at(4, 6), at(4, 9), "店铺")],
            "zh-hans",
            "采集有中断：店铺，2026年3月4日 06:00 至 09:00。这些时段里的下降可能只是采集变少。",
        ),
        ([gap(at(8), at(8, 12), "店铺", open=True)], "zh-hans", "店铺，自 2026年3月8日 00:00 起至今"),
        ([gap(at(8), at(8, 12), open=True)], "en", "Mastodon #acme from 8 Mar 2026, 00:00 until now."),
        ([gap(at(4), at(5), "")], "en", "a source from 4 Mar"),
        ([gap(at(4), at(5), "")], "zh-hans", "某个来源，2026年3月4日"),
    ],
)
def test_the_sentence_names_source_and_times(gaps: list[Gap], locale: Any, said: str) -> None:
    assert said in charts.gaps_said(gaps, WEEK, locale)
    assert (
        charts.volume(WEEK, locale, gaps=gaps)
        .to_dict()["description"]
        .endswith(charts.gaps_said(gaps, WEEK, locale))
    )


def test_the_longest_three_are_told_one_by_one() -> None:
    many = [gap(at(day), at(day, day), f"s{day}") for day in range(2, 8)]
    said = charts.gaps_said(many, WEEK, "zh-hans")
    assert "s5，" in said
    assert "s4，" not in said
    assert "另有 3 处" in said


def test_nothing_is_said_where_there_is_no_gap() -> None:
    assert charts.gaps_said([gap(at(20), at(21))], WEEK) == charts.gaps_said([], WEEK, "zh-hans") == ""


def test_gaps_of_one_source_that_touch_are_one_and_are_cut_at_the_picture() -> None:
    parts = [gap(at(1), at(3)), gap(at(3), at(4)), gap(at(3), at(4), "店铺")]
    shown = in_picture(parts, WEEK)
    assert [(one.source, one.start, one.end) for one in shown] == [
        ("Mastodon #acme", at(2), at(4)),
        ("店铺", at(3), at(4)),
    ]


def test_an_open_gap_that_goes_on_after_the_picture_is_no_longer_open_in_it() -> None:
    (shown,) = in_picture([gap(at(8), at(20), open=True)], WEEK)
    assert not shown.open


def test_buckets_are_told_by_the_wall_clock_of_the_picture() -> None:
    late = gap(datetime(2026, 3, 3, 17, tzinfo=UTC), datetime(2026, 3, 3, 19, tzinfo=UTC), "店铺")
    assert charts.sources_by_bucket([late, FALL], WEEK) == {
        made.DAY0 + timedelta(days=2): ["店铺", "Mastodon #acme"],
        made.DAY0 + timedelta(days=3): ["Mastodon #acme"],
    }


def test_an_hour_in_a_long_picture_is_still_seen() -> None:
    long = made.volume([1] * 90)
    hour = gap(at(20, 6), at(20, 7))
    svg = marks_in(charts.volume(long, gaps=[hour]))
    assert svg["line"] > 0
    spec = charts.spec(charts.volume(long, gaps=[hour]))
    boxes = [
        row
        for layer in spec["layer"]
        for row in layer.get("data", {}).get(
            "values", spec["datasets"].get(layer.get("data", {}).get("name"), [])
        )
        if "gap" in row
    ]
    (box,) = boxes
    wide = datetime.fromisoformat(box["end"]) - datetime.fromisoformat(box["start"])
    assert wide > timedelta(hours=12)
    assert box["gap"] == "Mastodon #acme from 20 Mar 2026, 06:00 to 07:00"
