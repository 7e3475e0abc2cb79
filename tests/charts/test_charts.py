"""Every chart, in both languages and both themes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

import pytest
import vl_convert
from tests.charts import made
from tests.charts.made import CHARTS

from outlisten import charts
from outlisten.words import LOCALES

EVERY = list(product(CHARTS, LOCALES, charts.PALETTES))


def parts(node: Any) -> Iterator[dict[str, Any]]:
    """Every dictionary inside a specification."""
    if isinstance(node, dict):
        yield node
        node = list(node.values())
    if isinstance(node, list):
        for child in node:
            yield from parts(child)


def data_of(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row of data."""
    return [row for rows in spec["datasets"].values() for row in rows]


@pytest.mark.parametrize(("name", "locale", "theme"), EVERY)
def test_a_chart_compiles_and_loads_nothing(name: str, locale, theme) -> None:  # type: ignore[no-untyped-def]
    draw, insight, _ = CHARTS[name]
    spec = charts.spec(draw(insight, locale, theme))
    assert vl_convert.vegalite_to_vega({**spec, "width": 600})["marks"]
    assert not any({"url", "href"} & part.keys() for part in parts(spec))
    assert (spec["width"], spec["config"]["background"]) == ("container", "transparent")


@pytest.mark.parametrize(("name", "locale", "theme"), EVERY)
def test_an_empty_chart_says_so(name: str, locale, theme) -> None:  # type: ignore[no-untyped-def]
    draw, _, empty = CHARTS[name]
    (said,) = (row["said"] for row in data_of(charts.spec(draw(empty, locale, theme))))
    start = {"en": ("Nothing to show", "Not enough to say"), "zh-hans": ("没有可显示的内容", "数据太少")}[
        locale
    ]
    assert said.startswith(start)


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_describes_itself_in_both_languages(name: str) -> None:
    draw, insight, _ = CHARTS[name]
    spec = charts.spec(draw(insight, "zh-hans", "light"))
    described = spec["usermeta"]["outlisten"]["description"]
    assert spec["description"] == described["zh-hans"] == charts.alt_text(insight, "zh-hans")
    assert described["en"] != described["zh-hans"]


@pytest.mark.parametrize("name", CHARTS)
def test_every_mark_of_a_row_opens_its_posts(name: str) -> None:
    draw, insight, _ = CHARTS[name]
    evidence = {
        row["evidence"] for row in data_of(charts.spec(draw(insight, "en", "light"))) if "evidence" in row
    }
    wanted = set(insight.table["evidence"].to_pylist())
    assert evidence == (wanted - {"neutral"} if name == "sentiment" else wanted)


@pytest.mark.parametrize("name", CHARTS)
def test_no_chart_is_a_pie_or_has_a_truncated_bar(name: str) -> None:
    draw, insight, _ = CHARTS[name]
    compiled = vl_convert.vegalite_to_vega({**charts.spec(draw(insight, "en", "light")), "width": 600})
    marks = {part["type"] for part in parts(compiled) if "encode" in part and "type" in part}
    assert "arc" not in marks
    if "rect" in marks and name != "volume":
        along = "y" if name in ("unusual", "complaints") else "x"
        domain = next(s["domain"] for s in compiled["scales"] if s["name"] == along)
        assert domain[0] == 0


def test_the_time_line_is_brushed_in_wall_clock_time() -> None:
    spec = charts.spec(charts.volume(made.volume([3, 8])))
    brush = next(param for param in spec["params"] if param["name"] == "brush")
    assert brush["select"]["encodings"] == ["x"]
    assert data_of(spec)[0]["start"] == "2026-03-02T00:00:00Z"
    assert spec["usermeta"]["outlisten"]["zone"] == "Asia/Shanghai"


def test_a_volume_axis_begins_at_zero() -> None:
    compiled = vl_convert.vegalite_to_vega(
        {**charts.spec(charts.volume(made.volume([98, 99]))), "width": 600}
    )
    scale = next(s for s in compiled["scales"] if s["name"] == "y")
    assert scale["zero"] is True


def test_tone_is_told_by_position_and_word_beside_hue() -> None:
    spec = charts.spec(charts.sentiment(made.sentiment([0.3, 0.4]), "zh-hans"))
    shares = {row["sentiment"]: row["share"] for row in data_of(spec) if "share" in row}
    assert shares["negative"] < 0 < shares["positive"]
    assert {"正面", "负面"} <= {row["said"] for row in data_of(spec) if "said" in row}


def test_a_bucket_with_not_enough_to_say_is_a_hole() -> None:
    rows = [
        row
        for row in data_of(charts.spec(charts.sentiment(made.sentiment([0.3, None, 0.4]))))
        if "share" in row
    ]
    hole = [row for row in rows if row["start"].startswith("2026-03-03")]
    assert [row["share"] for row in hole] == [None, None]
    assert hole[0]["negative_said"] == "not enough to say"


def test_the_own_brand_has_the_accent_and_competitors_are_muted() -> None:
    spec = charts.spec(charts.share_of_voice(made.voices(捞王=0.4, Hotpot=0.6), own=["捞王"]))
    colours = {row["name"]: row["colour"] for row in data_of(spec)}
    light = charts.PALETTES["light"]
    assert colours == {"捞王": light.accent, "Hotpot": light.muted}


@pytest.mark.parametrize(("locale", "title"), [("en", "Posts over time"), ("zh-hans", "帖子数的变化")])
def test_lines_of_topics_differ_by_dash_and_the_own_brand_by_colour(locale, title: str) -> None:  # type: ignore[no-untyped-def]
    lines = {"捞王": made.volume([3, 8]), "Hotpot": made.volume([5, 2])}
    spec = charts.spec(charts.volumes(lines, locale, own=["捞王"]))
    assert spec["title"]["text"] == title
    ranges = [part["scale"]["range"] for part in parts(spec) if "range" in part.get("scale", {})]
    light = charts.PALETTES["light"]
    assert [light.accent, light.muted] in ranges
    assert any(len({str(dash) for dash in used}) == 2 and isinstance(used[0], list) for used in ranges)


def test_two_people_with_one_name_are_two_bars() -> None:
    twins = made.authors(("Alice", "x", 9), ("Alice", "weibo", 4), ("Alice", "x", 2))
    names = [row["name"] for row in data_of(charts.spec(charts.top_authors(twins)))]
    assert names == ["Alice · x", "Alice · weibo", "Alice · x (2)"]


def test_a_hostile_name_stays_data() -> None:
    spec = charts.spec(CHARTS["top_authors"][0](CHARTS["top_authors"][1], "en", "light"))
    assert made.HOSTILE in {row["name"] for row in data_of(spec)}
    outside = json.dumps([part for part in parts(spec) if "values" not in part and "expr" in part])
    assert "alert" not in outside


def test_a_sparkline_has_no_axes_and_begins_at_zero() -> None:
    spec = charts.spec(charts.sparkline(made.volume([3, 8, 5])))
    scale = next(part["scale"] for part in parts(spec) if part.get("field") == "posts")
    assert scale["domain"][0] == 0
    assert (spec["width"], spec["height"]) == (120, 28)


@pytest.mark.parametrize(
    ("insight", "en", "zh"),
    [
        (
            made.volume([3, 8]),
            "11 in all, most on Tue 3 Mar 2026 with 8",
            "最多的是2026年3月3日 周二，有 8 条",
        ),
        (made.tone(0.31), "negative 31 % (26–36)", "负面 31%（26–36）"),
        (
            made.voices(捞王=0.4, Hotpot=0.6),
            "Hotpot 60 % (55–65), 捞王 40 %",
            "Hotpot 60%（55–65）、捞王 40%",
        ),
        (made.sources(weibo=9), "weibo 9", "weibo 9"),
        (made.terms(queue=2.0), "apart: queue; those of the others: none", "queue；其他帖子的特征词：无"),
        (
            made.terms(queue=0.6),
            "No term stands out for certain. Leaning to these posts: queue",
            "没有一个词能确定特别突出。偏向这些帖子的词：queue",
        ),
    ],
)
def test_alt_text_says_the_figures(insight, en: str, zh: str) -> None:  # type: ignore[no-untyped-def]
    assert en in charts.alt_text(insight, "en")
    assert zh in charts.alt_text(insight, "zh-hans")
