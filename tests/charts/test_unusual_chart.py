"""People by the hour beside the usual: bars, line, band, and the hours of an alert."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.charts import made
from tests.charts.test_charts import data_of, parts

from outlisten import charts
from outlisten.charts import Gap, sources_by_bucket, span


def bars(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for row in data_of(spec) if "evidence" in row]


@pytest.mark.parametrize(
    ("locale", "alert", "title", "subtitle"),
    [
        ("en", "Alert", "People by the hour", "Line: usual. Band: the range of 95 of 100 usual times."),
        ("zh-hans", "提醒", "每小时发言人数", "线：平常水平。带：平常情况下 95% 所在的范围。"),
    ],
)
def test_an_alert_is_marked_and_named(locale: Any, alert: str, title: str, subtitle: str) -> None:
    spec = charts.spec(charts.unusual(made.unusual([2, 1, 9, 8, 2], alert=(2, 4)), locale))
    assert (spec["title"]["text"], "".join(spec["title"]["subtitle"])) == (title, subtitle)
    assert alert in [part.get("text") for part in parts(spec)]
    ground = [row for row in data_of(spec) if set(row) == {"start", "end"}]
    assert ground == [{"start": "2026-03-02T02:00:00Z", "end": "2026-03-02T04:00:00Z"}]
    assert [row["alert"] for row in bars(spec)] == [False, False, True, True, False]


def test_hours_without_an_alert_have_no_ground() -> None:
    spec = charts.spec(charts.unusual(made.unusual([2, 1, 2])))
    assert not any(set(row) == {"start", "end"} for row in data_of(spec))
    assert "Alert" not in [part.get("text") for part in parts(spec)]


def test_line_and_band_are_stairs_over_whole_hours() -> None:
    spec = charts.spec(charts.unusual(made.unusual([2, 1])))
    edges = [(row["start"][11:16], row["low"], row["high"]) for row in data_of(spec) if "run" in row]
    assert edges == [("00:00", 0, 4), ("01:00", 0, 4), ("01:00", 0, 4), ("02:00", 0, 4)]


def test_a_share_of_few_people_is_a_hole_that_says_so() -> None:
    spec = charts.spec(charts.unusual(made.complaints([0.2, None, 0.6]), "zh-hans"))
    said = [(row["seen_said"], row["range_said"], row["people_said"]) for row in bars(spec)]
    assert said == [("20%", "10–30%", "40"), ("–", "–", "3"), ("60%", "10–30%", "40")]
    assert len({row["run"] for row in data_of(spec) if "run" in row and row["low"] is not None}) == 2


@pytest.mark.parametrize(
    ("insight", "en", "zh"),
    [
        (
            made.unusual([2, 9, 1]),
            "most 2 Mar 2026, 01:00 with 9, where 0–4 are usual",
            "最多的是 2026年3月2日 01:00，有 9 人，平常为 0–4 人",
        ),
        (
            made.complaints([0.2, 0.6]),
            "most 2 Mar 2026, 06:00–12:00 with 60 %, where 10–30 % is usual",
            "最高的是 2026年3月2日 06:00–12:00，为 60%，平常为 10–30%",
        ),
    ],
)
def test_alt_text_says_the_highest_beside_the_usual(insight: Any, en: str, zh: str) -> None:
    assert en in charts.alt_text(insight, "en")
    assert zh in charts.alt_text(insight, "zh-hans")


def test_a_gap_within_six_hours_is_found_and_hatched() -> None:
    insight = made.complaints([0.2, 0.3])
    began = datetime(2026, 3, 2, 9, tzinfo=UTC)
    gap = Gap(began, began + timedelta(hours=1), "论坛")
    assert span(insight) == (datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 2, 12, tzinfo=UTC))
    assert sources_by_bucket([gap], insight, "en") == {datetime(2026, 3, 2, 6): ["论坛"]}
    spec = charts.spec(charts.unusual(insight, gaps=[gap]))
    assert any("gap" in row for row in data_of(spec))
    assert "论坛" in spec["description"]
