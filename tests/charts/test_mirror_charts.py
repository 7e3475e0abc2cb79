"""The pictures of the mirror and of the talk balance show what is known and say so when nothing is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from outlisten import charts
from outlisten.app.participation.balance import TalkBalance
from outlisten.charts.talk_balance_chart import talk_balance
from outlisten.insights import Estimate
from outlisten.insights.mirror import Broadcast, ImageDistance
from outlisten.insights.mirror.broadcast import Month
from outlisten.insights.waiting import Wait, waiting
from outlisten.words import LOCALES

SHARE = Estimate(0.4, 0.3, 0.5)
DISTANCE = ImageDistance(Estimate(0.6, 0.5, 0.7), Estimate(0.1, 0.0, 0.2), Estimate(0.5, 0.4, 0.6), 40, 80)
NOT_KNOWN = ImageDistance(None, None, None, 3, 80)
MONTHS = tuple(Month(date(2026, at, 1), 20, 8, SHARE if at != 2 else None) for at in (1, 2, 3))
POSTS = Broadcast({"promotion": 12, "conversation": 8, "neither": 0}, SHARE, MONTHS, 20, 2, 1, pl.DataFrame())
WAITS = waiting([Wait(0.5, answered=True), Wait(30, answered=True), Wait(90, answered=False)])
WEEKS = [(date(2026, 3, 2) + timedelta(weeks=at), TalkBalance(3.0, 1.0, float(at), 0.0)) for at in range(3)]


def rows(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row of data."""
    return [row for values in spec["datasets"].values() for row in values]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_distance_stands_beside_its_floor(locale):
    spec = charts.spec(charts.image_distance(DISTANCE, locale))
    assert [row["share"] for row in rows(spec)][:2] == [0.6, 0.1]
    assert "60" in spec["description"]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_month_with_too_few_posts_is_not_drawn(locale):
    drawn = {row["day"] for row in rows(charts.spec(charts.conversation(POSTS, locale)))}
    assert drawn == {"2026-01-01", "2026-03-01"}


@pytest.mark.parametrize(("locale", "said"), [("en", "under a minute"), ("zh-hans", "不到一分钟")])
def test_an_answer_within_a_minute_stands_at_one_minute(locale, said):
    first = rows(charts.spec(charts.answer_times(WAITS, locale)))[0]
    assert (first["at"], first["minutes"], first["after"]) == (1.0, 0.5, said)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_week_shows_what_unknown_meetings_could_make_of_it(locale):
    last = [row for row in rows(charts.spec(talk_balance(WEEKS, locale))) if "week" in row][-1]
    assert (round(last["low"], 3), last["share"], last["high"]) == (round(1 / 6, 3), 0.25, 0.5)


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_known_is_said_and_not_drawn_as_zero(locale):
    empty = Broadcast({}, None, (), 0, 0, 0, pl.DataFrame())
    for chart in (
        charts.image_distance(NOT_KNOWN, locale), charts.conversation(empty, locale), charts.answer_times(None, locale),
        talk_balance([], locale),
    ):  # fmt: skip
        assert [set(row) for row in rows(charts.spec(chart))] == [{"said"}]
