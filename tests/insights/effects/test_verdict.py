from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from outlisten.insights import effects
from outlisten.insights.effects.deciding import decide
from outlisten.insights.effects.gaps import collection_gaps
from outlisten.insights.estimate import Estimate

FIRST = date(2020, 1, 6)
BEFORE, AFTER = 180, 28
START = FIRST + timedelta(days=BEFORE)


def made(
    change: float = 1.0, *, level: float = 30.0, controls: int = 1, seed: int = 3
) -> effects.ClaimSeries:
    """Independent daily counts that are multiplied by `change` from START on."""
    random, total = np.random.default_rng(seed), BEFORE + AFTER
    rate = np.where(np.arange(total) >= BEFORE, level * change, level)
    others = {f"对照{n}": random.poisson(level, total).astype(float) for n in range(controls)}
    starts = tuple(FIRST + timedelta(days=n) for n in range(total))
    return effects.ClaimSeries(starts, random.poisson(rate).astype(float), others)


@pytest.mark.parametrize(
    ("low", "high", "promised", "outcome"),
    [
        (-0.30, -0.10, -0.20, "supported"),
        (-0.50, -0.30, -0.20, "supported"),  # more than promised
        (-0.15, -0.02, -0.20, "not_supported"),  # something happened, but less than promised
        (-0.15, 0.08, -0.20, "not_supported"),
        (-0.30, 0.05, -0.20, "cannot_tell"),
        (0.05, 0.30, -0.20, "not_supported"),
        (0.05, 0.30, 0.20, "supported"),
        (-0.05, 0.30, 0.20, "cannot_tell"),
        (-0.30, 0.10, 0.20, "not_supported"),
    ],
)
def test_the_outcome_follows_from_the_interval(low, high, promised, outcome):
    assert decide(Estimate((low + high) / 2, low, high), effects.Promise(START, promised)) == outcome


@pytest.mark.parametrize(("change", "promised", "outcome"), [
    (0.6, -0.3, "supported"), (1.0, -0.4, "not_supported"), (0.95, -0.03, "cannot_tell"), (1.8, 0.5, "supported"),
])  # fmt: skip
def test_a_known_change_gets_the_verdict_it_deserves(change, promised, outcome):
    verdict = effects.test(made(change), effects.Promise(START, promised))
    assert verdict.outcome == outcome
    assert verdict.effect.low <= change - 1 <= verdict.effect.high


def test_an_absolute_promise_is_judged_in_posts_a_day():
    verdict = effects.test(made(0.5), effects.Promise(START, -10.0, relative=False))
    assert verdict.outcome == "supported"
    assert verdict.effect.low < -15 < verdict.effect.high
    assert verdict.other_unit.value == pytest.approx(-0.5, abs=0.1)


def test_a_share_is_judged_in_points():
    random = np.random.default_rng(5)
    rate = np.where(np.arange(BEFORE + AFTER) >= BEFORE, 0.2, 0.4)
    series = effects.ClaimSeries(made().starts, random.binomial(200, rate) / 200, kind="share")
    verdict = effects.test(series, effects.Promise(START, -0.1, relative=False))
    assert verdict.outcome == "supported"
    assert verdict.effect.value == pytest.approx(-0.2, abs=0.03)


def test_missing_days_are_missing_not_zero():
    whole = made()
    holed = whole.treated.copy()
    holed[BEFORE + 3 : BEFORE + 9] = np.nan
    series = effects.ClaimSeries(whole.starts, holed, whole.controls)
    verdict = effects.test(series, effects.Promise(START, -0.2))
    assert abs(verdict.effect.value) < 0.1
    assert next(note for note in verdict.notes if note.code == "missing").params["n"] == 6


def test_silence_everywhere_after_the_start_is_a_gap_and_no_success():
    whole = made()
    for values in (whole.treated, *whole.controls.values()):
        values[BEFORE + 5 : BEFORE + 12] = 0
    verdict = effects.test(whole, effects.Promise(START, -0.2))
    assert (verdict.outcome, verdict.reasons[0].code) == ("cannot_tell", "gap_after")


def test_silence_of_the_metric_alone_may_be_a_success():
    whole = made(0.01, level=12)
    verdict = effects.test(whole, effects.Promise(START, -0.5))
    assert verdict.outcome == "supported"


def test_controls_that_moved_at_the_same_date_take_the_verdict_away():
    moved = made(0.5)
    moved.controls["对照0"][BEFORE:] *= 3
    verdict = effects.test(moved, effects.Promise(START, -0.2))
    assert verdict.outcome == "cannot_tell"
    assert verdict.reasons[0].code == "all_controls_moved"
    assert verdict.reasons[0].params["names"] == "对照0"


def test_one_moved_control_of_two_matters_only_where_the_outcome_hangs_on_it():
    moved = made(0.5, controls=2)
    moved.controls["对照0"][BEFORE:] *= 3
    verdict = effects.test(moved, effects.Promise(START, -0.2))
    assert [check.moved for check in verdict.controls] == [True, False]
    assert verdict.outcome == "supported"


def test_a_model_that_does_not_describe_the_past_is_not_believed():
    random, total = np.random.default_rng(8), BEFORE + AFTER
    # Three long plateaus, each far from the last: no level with noise is like that.
    steps = np.exp(np.repeat(random.permutation([0.0, 3.0, 0.2, 4.0]), total // 4))
    series = effects.ClaimSeries(made().starts, random.poisson(20 * steps).astype(float))
    verdict = effects.test(series, effects.Promise(START, -0.2))
    assert verdict.outcome != "supported"


def test_nothing_after_the_start_is_too_early():
    series = made()
    verdict = effects.test(series, effects.Promise(series.starts[-3], -0.2))
    assert verdict.reasons[0].code == "too_few_days_after"


def test_the_window_ends_with_the_promise():
    short = effects.test(made(), effects.Promise(START, -0.2, until=START + timedelta(days=13)))
    assert short.settings["after"] == 14
    assert short.path[-1].start == START + timedelta(days=13)


def test_the_same_series_gives_the_same_verdict():
    one, other = (effects.test(made(), effects.Promise(START, -0.2)).as_json() for _ in range(2))
    assert one == other


def test_placebo_dates_end_before_the_promise_begins():
    verdict = effects.test(made(), effects.Promise(START, -0.2))
    last = verdict.placebos[-1].start + timedelta(days=AFTER)
    assert last == START
    assert sum(one.fires for one in verdict.placebos) <= 0.2 * len(verdict.placebos)


def test_a_table_says_its_own_step_and_keeps_left_out_days_missing():
    rows = {"day": ["2020-01-06", "2020-01-08"], "投诉": [3, None], "other": ["4", " "]}
    series = effects.ClaimSeries.from_table(pa.table(rows))
    assert series.step == "day"
    assert np.isnan(series.treated).tolist() == [False, True, True]
    assert list(series.controls) == ["other"]


def test_a_table_of_mondays_is_weekly():
    days = [(FIRST + timedelta(weeks=n)).isoformat() for n in range(4)]
    assert effects.ClaimSeries.from_table(pa.table({"week": days, "n": [1, 2, 3, 4]})).step == "week"


@pytest.mark.parametrize(("rows", "said"), [
    ({"d": ["gestern"], "n": [1]}, "not a day"), ({"d": ["2020-01-06"], "n": ["viele"]}, "not a number"),
    ({"d": ["2020-01-06"] * 2, "n": [1, 2]}, "twice"), ({"d": ["2020-01-06"], "n": [-1]}, "negative"),
    ({"d": ["2020-01-06"]}, "a column of days"),
])  # fmt: skip
def test_what_is_no_series_is_refused_in_one_sentence(rows, said):
    with pytest.raises(effects.BadSeries, match=said):
        effects.ClaimSeries.from_table(pa.table(rows))


@pytest.mark.parametrize("size", [0.0, -1.0, float("nan")])
def test_a_promise_that_cannot_be_is_refused(size):
    with pytest.raises(effects.BadSeries):
        effects.Promise(START, size)


def test_the_sentence_says_promise_finding_and_what_would_have_been_missed():
    verdict = effects.test(made(), effects.Promise(START, -0.2))
    said = effects.sentence(verdict, "posts")
    assert said.startswith("Promised: posts −20 % from 4 Jul 2020. Found: ")
    assert "not supported" in said
    assert "would often have been missed" in said


def test_the_sentence_in_chinese_is_chinese():
    verdict = effects.test(made(), effects.Promise(START, -0.2))
    said = effects.sentence(verdict, "投诉", "zh-hans")
    assert said.startswith("承诺：自2020年7月4日起，投诉 −20%。结果：")
    assert "不成立" in said


def test_every_reason_is_there_in_both_languages():
    from outlisten.insights.effects.reasons import TEXTS
    from outlisten.words import words

    chinese = words("effects", "zh-hans")
    assert [code for code, text in TEXTS.items() if chinese(text) == text] == []


def test_a_network_that_rests_at_weekends_has_no_gap_there():
    days = tuple(FIRST + timedelta(days=place) for place in range(70))
    talk = np.array([0.0 if day.weekday() >= 5 else 30.0 for day in days])
    assert collection_gaps(effects.ClaimSeries(days, talk)) == []
    talk[30:33] = 0  # from a Wednesday to the Friday
    assert [(gap.first, gap.last) for gap in collection_gaps(effects.ClaimSeries(days, talk))] == [(30, 34)]
