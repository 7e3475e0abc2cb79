"""What the labels of a file mean."""

from __future__ import annotations

import pytest

from outlisten.language.evaluation import TASKS, LabelNames, Unknown


@pytest.mark.parametrize(
    ("task", "value", "labels"),
    [
        ("sentiment", "Positive", ("positive",)),
        ("sentiment", "负面", ("negative",)),
        ("sentiment", "pos", ("positive",)),
        ("emotion", "愤怒", ("anger",)),
        ("intent", ["help", "投诉"], ("complaint", "help")),
        ("intent", "help, 投诉", ("complaint", "help")),
        ("intent", "建议、对比", ("comparison", "suggestion")),
        ("intent", "none", ()),
        ("intent", [], ()),
        ("language", "zh-Hans", ("zh",)),
        ("language", "中文", ("zh",)),
        ("promotion", 1, ("yes",)),
        ("promotion", "promotional", ("yes",)),
        ("suggestion", "否", ("no",)),
        ("complaint", True, ("yes",)),
        ("urgency", 3.0, ("3",)),
    ],
)
def test_usual_names_are_known(task: str, value: object, labels: tuple[str, ...]) -> None:
    assert LabelNames(TASKS[task]).read(value) == labels


@pytest.mark.parametrize(
    ("task", "value"),
    [("sentiment", "0"), ("sentiment", ""), ("intent", "refund"), ("language", "klingon!"), ("urgency", 4)],
)
def test_a_name_that_says_nothing_is_not_guessed(task: str, value: object) -> None:
    with pytest.raises(KeyError):
        LabelNames(TASKS[task]).read(value)


def test_a_person_names_labels_leaves_some_out_and_sums_up_the_rest() -> None:
    names = LabelNames(TASKS["intent"], {"退款": "complaint+help", "x": "", "*": "none"})
    assert names.read("退款") == ("complaint", "help")
    assert names.read("x") is None
    assert names.read("anything else") == ()
    assert LabelNames(TASKS["sentiment"], {"4": "positive"}).read(4.0) == ("positive",)


def test_a_label_of_ours_that_does_not_exist_is_told() -> None:
    with pytest.raises(Unknown) as problem:
        LabelNames(TASKS["sentiment"], {"1": "angry"})
    assert list(problem.value.values) == ["angry"]
