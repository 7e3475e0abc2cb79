from __future__ import annotations

from datetime import datetime, timedelta

import pyarrow as pa
import pytest

from outlisten.charts import spec, volumes
from outlisten.insights import Insight
from outlisten.insights.volume_over_time import COLUMNS


def volume_of(*posts: int) -> Insight:
    start = datetime(2026, 3, 1)
    rows = [
        {"bucket": start + timedelta(days=n), "posts": count, "authors": count, "evidence": "queue"}
        for n, count in enumerate(posts)
    ]
    settings = {"bucket": "day", "zone": "UTC"}
    return Insight("volume", pa.Table.from_pylist(rows, schema=COLUMNS), "queue", "posts", settings=settings)


@pytest.mark.parametrize("locale", ["en", "zh-hans"])
def test_each_topic_is_a_line_and_ours_has_the_accent(locale) -> None:
    drawn = spec(volumes({"Harbour": volume_of(1, 2), "山谷": volume_of(0, 3)}, locale, own=["Harbour"]))
    colours = drawn["layer"][0]["encoding"]["color"]["scale"]
    assert colours["domain"] == ["Harbour", "山谷"]
    assert colours["range"][0] != colours["range"][1]


def test_competitors_differ_by_their_dashes() -> None:
    drawn = spec(volumes({name: volume_of(1) for name in "abc"}))
    dashes = drawn["layer"][0]["encoding"]["strokeDash"]["scale"]["range"]
    assert len({tuple(dash) for dash in dashes}) == 3


def test_nothing_said_is_said() -> None:
    assert "Nothing to show" in str(spec(volumes({"Harbour": volume_of(0)})))
