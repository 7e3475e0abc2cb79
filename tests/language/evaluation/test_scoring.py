"""Figures of small tallies, against values worked out by hand and against statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.inter_rater import cohens_kappa

from outlisten.language.evaluation import TASKS, Answer, Scoring, Tally


def tally(pairs: list[tuple[tuple[str, ...], tuple[str, ...] | None]]) -> Tally:
    made = Tally()
    made.add([truth for truth, _ in pairs], [Answer(answer) for _, answer in pairs])
    return made


def f1(truth, said, axis):  # type: ignore[no-untyped-def]
    return 2 * (truth & said).sum(axis) / (truth.sum(axis) + said.sum(axis))


def test_yes_and_no_are_judged_by_the_yes() -> None:
    yes, no = ("yes",), ("no",)
    pairs = [(yes, yes)] * 3 + [(yes, no)] + [(no, yes)] * 2 + [(no, no)] * 4
    scoring = Scoring(TASKS["promotion"], tally(pairs), ("yes", "no"))
    found = {name: value.value for name, value in scoring.metrics.items()}
    assert next(iter(found)) == "f1"
    assert found["precision"] == pytest.approx(3 / 5)
    assert found["recall"] == pytest.approx(3 / 4)
    assert found["f1"] == pytest.approx(2 * 3 / (5 + 4))


def test_several_labels_are_judged_one_by_one() -> None:
    rng = np.random.default_rng(1)
    truth, said = rng.random((200, 3)) < 0.4, rng.random((200, 3)) < 0.4
    names = ("help", "praise", "thanks")
    as_labels = [tuple(n for n, on in zip(names, row, strict=True) if on) for row in (*truth, *said)]
    scoring = Scoring(
        TASKS["intent"], tally(list(zip(as_labels[:200], as_labels[200:], strict=True))), names, draws=200
    )
    macro, micro = scoring.metrics["macro_f1"], scoring.metrics["micro_f1"]
    assert macro.value == pytest.approx(f1(truth, said, axis=0).mean())
    assert micro.value == pytest.approx(f1(truth, said, axis=None))
    assert macro.low < macro.value < macro.high
    assert sum(row["n"] for row in scoring.per_class()) == truth.sum()


def test_levels_agree_with_statsmodels() -> None:
    rng = np.random.default_rng(2)
    truth = rng.integers(0, 4, 100)
    said = np.clip(truth + rng.integers(-1, 2, 100), 0, 3)
    pairs = [((str(t),), (str(s),)) for t, s in zip(truth, said, strict=True)]
    table = np.histogram2d(truth, said, bins=4)[0]
    found = Scoring(TASKS["urgency"], tally(pairs), TASKS["urgency"].labels).metrics
    assert found["weighted_kappa"].value == pytest.approx(cohens_kappa(table, wt="quadratic").kappa)
    assert found["mean_absolute_error"].value == pytest.approx(np.abs(truth - said).mean())


def test_what_cannot_be_told_counts_as_wrong_and_is_said() -> None:
    scoring = Scoring(
        TASKS["sentiment"],
        tally([(("negative",), None), (("negative",), ("negative",)), (("positive",), ("positive",))]),
        ("negative", "positive"),
    )
    assert scoring.coverage == pytest.approx(2 / 3)
    assert scoring.first == "accuracy"
    assert scoring.metrics["accuracy"].value == pytest.approx(2 / 3)


def test_the_interval_is_the_same_every_time() -> None:
    pairs = [(("yes",), ("yes",)), (("no",), ("yes",)), (("no",), ("no",))] * 10
    first, second = (Scoring(TASKS["spam"], tally(pairs), ("yes", "no")).metrics for _ in range(2))
    assert first == second
