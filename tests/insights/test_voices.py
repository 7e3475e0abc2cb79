"""Who speaks, and how much was earned beside what companies said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from outlisten import charts
from outlisten.charts import alt_text, spec
from outlisten.insights import earned_to_owned, share_for_companies, voices_of_each, voices_over_time
from outlisten.posts.store import TimeRange
from outlisten.query import parse

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
WEEK = TimeRange(datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))


def post(voice: str | None, day: int, author: str, text: str = "海港 harbour") -> dict[str, object]:
    return {"voice": voice, "created_at": MONDAY + timedelta(days=day), "author": author, "text": text}


@pytest.fixture
def talk(store, make_posts):
    """In a week: twenty people, five posts of the company, an employee, two paid posts, one nobody signed."""
    posts = [post("earned", n % 7, f"客人{n}") for n in range(20)]
    posts += [post("owned", n, "Harbour") for n in range(5)]
    posts += [post("employee", 1, "Kai"), post("paid", 2, "Li"), post("paid", 2, "Mo"), post(None, 3, "")]
    posts += [post("earned", 0, "山谷客", "山谷 valley")]
    store.add(make_posts(*posts))
    return store


def test_every_voice_is_counted_on_every_day(talk):
    table = voices_over_time(talk, parse("海港"), WEEK, bucket="day").table.to_pylist()
    assert sum(row["posts"] for row in table if row["voice"] == "earned") == 20
    assert [row["posts"] for row in table if row["voice"] == "owned"] == [1, 1, 1, 1, 1, 0, 0]
    assert {row["voice"] for row in table} == {"earned", "owned", "employee", "paid", "unknown"}


def test_the_evidence_of_a_bar_finds_its_posts(talk):
    for row in voices_over_time(talk, parse("海港"), WEEK, bucket="day").table.to_pylist():
        if row["voice"] != "unknown":  # a post without a voice is found by no value of the field
            assert talk.count(parse(row["evidence"])).value == row["posts"]


def test_four_earned_posts_to_one_owned(talk):
    ratio = earned_to_owned(talk, parse("海港"), WEEK)
    assert ratio.value == pytest.approx(4)
    assert ratio.low < 4 < ratio.high


def test_one_person_who_writes_much_makes_the_ratio_less_certain(store, make_posts):
    owned = [post("owned", n % 7, "Harbour") for n in range(20)]
    many = [post("earned", n % 7, f"客人{n}", "很多人") for n in range(40)]
    one = [post("earned", n % 7, "同一个人", "一个人") for n in range(40)]
    texts = [{**p, "text": f"{p['text']} 很多人 一个人"} for p in owned]
    store.add(make_posts(*texts, *many, *one))
    certain, loose = (earned_to_owned(store, parse(said), WEEK) for said in ("很多人", "一个人"))
    assert certain.value == loose.value == pytest.approx(2)
    assert loose.high / loose.low > 3 * certain.high / certain.low


def test_without_owned_posts_there_is_no_ratio(talk):
    insight = voices_over_time(talk, parse("山谷"), WEEK)
    assert earned_to_owned(talk, parse("山谷"), WEEK) is None
    assert "ratio" not in insight.settings
    assert insight.note("no_owned_voice") is not None


def test_the_share_of_those_who_speak_for_companies(talk):
    share = share_for_companies(talk, parse("海港"), WEEK)
    assert share.value == pytest.approx(8 / 29)
    assert 0 < share.low < share.value < share.high < 1


def test_each_brand_has_its_voices(talk):
    rows = voices_of_each(talk, {"海港": parse("海港"), "Valley": parse("valley")}, WEEK).table.to_pylist()
    held = {(row["topic"], row["voice"]): row["posts"] for row in rows}
    assert (held["海港", "paid"], held["海港", "unknown"], held["Valley", "owned"]) == (2, 1, 0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_picture_stacks_companies_below_the_line(talk, theme):
    insight = voices_over_time(talk, parse("海港"), WEEK, bucket="day")
    drawn = spec(charts.voices_over_time(insight, "en", theme))
    bars = next(rows for rows in drawn["datasets"].values() if "top" in rows[0])
    assert min(bar["top"] for bar in bars) == -3
    assert all((bar["top"] <= 0) == (bar["voice"] not in ("earned", "unknown")) for bar in bars)


@pytest.mark.parametrize(
    ("locale", "said"), [("en", "Earned : owned 4.0 : 1"), ("zh-hans", "真实口碑与自有声量之比为 4.0 : 1")]
)
def test_the_picture_is_told_in_words(talk, locale, said):
    assert said in alt_text(voices_over_time(talk, parse("海港"), WEEK), locale)
