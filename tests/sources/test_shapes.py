"""A network that answers in another shape is noticed and the fields are named; what was always optional is not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlisten.sources.shapes import DEPTH, ENOUGH, JUDGED, MOST_FIELDS, REMEMBERED, Drift, Shapes


def post(number: int = 1, **other: object) -> dict[str, object]:
    """A record as networks send them: nested, with text in Chinese, a list and an optional field."""
    record: dict[str, object] = {
        "id": str(number), "正文": "充电宝又坏了", "likes": number, "sensitive": False, "tags": [{"name": "召回"}],
        "account": {"id": "7", "名称": "小红", "stats": {"followers": 3}},
        "edited_at": None if number % 3 else "2026-12-01T00:00:00Z",
    }  # fmt: skip
    return record | other


def without(*names: str) -> dict[str, object]:
    return {name: value for name, value in post().items() if name not in names}


def learned(*more: dict[str, object], records: int = 100) -> Shapes:
    shapes = Shapes.of({})
    shapes.learn([*(post(number) for number in range(records)), *more])
    return shapes


def test_the_same_shape_is_no_drift():
    drift = learned().drift([post(n) for n in range(20)])
    assert not drift
    assert drift == Drift()
    assert drift.named() == ""


@pytest.mark.parametrize(
    ("record", "named"),
    [
        (without("likes"), "likes"),
        (without("正文"), "正文"),
        (without("正文", "tags"), "tags, 正文"),
        (post(likes="12"), "likes (number → text)"),
        (post(likes=None), "likes (number → nothing)"),
        (post(正文=["分", "段"]), "正文 (text → list)"),
        (post(正文={"zh": "好"}), "正文 (text → object)"),
        (post(sensitive=0), "sensitive (yes or no → number)"),
        (post(tags="召回"), "tags (list → text)"),
        (without("account"), "account"),
        (post(account="小红"), "account (object → text)"),
        (post(account=None), "account (object → nothing)"),
        (post(account={"id": 7, "名称": "小红", "stats": {"followers": 3}}), "account.id (text → number)"),
        (post(account={"id": "7", "名称": "小红"}), "account.stats"),
        (post(account={"id": "7", "stats": {"followers": 3}}), "account.名称"),
        (post(account={"id": "7", "名称": "小红", "stats": {}}), "account.stats.followers"),
    ],
)
def test_fields_that_are_gone_or_of_another_kind_are_named(record, named):
    drift = learned().drift([record] * 10)
    assert drift
    assert drift.named() == named


@pytest.mark.parametrize(
    "record",
    [
        post(edited_at=None),
        post(edited_at="2026-12-01T00:00:00Z"),
        without("edited_at"),
        post(likes=1.5),
        post(tags=[]),
        post(tags=["召回"]),
        post(新字段=1, another={"deep": True}),
    ],
)
def test_nullable_fields_other_numbers_other_lists_and_additions_are_no_drift(record):
    assert not learned().drift([record] * 10)


def test_a_field_that_few_records_lack_stays_steady_and_one_that_many_lack_never_was():
    assert learned(without("likes")).drift([without("likes")] * 10).gone == ("likes",)
    assert not learned(*[without("likes")] * 10).drift([without("likes")] * 10)


def test_half_of_the_new_records_must_lack_it():
    page = [post(1)] * 10
    assert not learned().drift([*page[:5], *[without("likes")] * 5])
    assert learned().drift([*page[:4], *[without("likes")] * 6]).gone == ("likes",)


def test_nothing_is_judged_before_enough_is_known_or_by_a_handful():
    assert not learned(records=ENOUGH - 1).drift([{}] * 10)
    assert learned(records=ENOUGH).drift([{}] * 10)
    assert not learned().drift([{}] * (JUDGED - 1))
    assert not Shapes.of({}).drift([{}] * 100)


def test_a_change_that_stays_becomes_the_shape():
    shapes = learned(records=REMEMBERED)
    for _ in range(3):
        assert shapes.drift([without("likes")] * 50).gone == ("likes",)
        shapes.learn([without("likes")] * 50)
    assert not shapes.drift([without("likes")] * 50)


def test_a_new_field_becomes_steady_and_is_then_missed():
    shapes = learned()
    shapes.learn([post(n, 新字段="有") for n in range(REMEMBERED * 5)])
    assert shapes.drift([post()] * 10).gone == ("新字段",)


def test_what_is_kept_with_a_source_comes_back_as_it_was():
    shapes = learned(without("likes"))
    again = Shapes.of(json.loads(json.dumps(shapes.as_json())))
    assert again == shapes
    assert again.drift([post(likes="x")] * 10) == shapes.drift([post(likes="x")] * 10)
    assert Shapes.of({}) == Shapes(0.0, {})


def test_named_fields_fit_in_one_line():
    wide = {f"字段{number}": 1 for number in range(40)}
    shapes = Shapes.of({})
    shapes.learn([wide] * 60)
    assert shapes.drift([{}] * 10).named().count("字段") == 8


def test_a_field_whose_name_looks_like_a_kind_is_named_as_it_is():
    shapes = Shapes.of({})
    shapes.learn([{"a: text": 1, "时间: 小时": "x"}] * 60)
    assert shapes.drift([{}] * 10).gone == ("a: text", "时间: 小时")


def test_records_keyed_by_ids_do_not_grow_without_end():
    shapes = Shapes.of({})
    for number in range(MOST_FIELDS * 2):
        shapes.learn([post(number, by_id={str(number): "x"})])
    assert len(shapes.fields) <= MOST_FIELDS
    assert shapes.drift([without("likes")] * 10).gone == ("by_id", "likes")


def test_what_is_nested_deeper_than_needed_is_one_field():
    deep: dict[str, object] = {"end": 1}
    for _ in range(3000):
        deep = {"in": deep}
    shapes = Shapes.of({})
    shapes.learn([deep] * 60)
    assert max(field.count(".") for field in shapes.fields) < DEPTH


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(st.lists(st.dictionaries(st.text(max_size=4), anything, max_size=4), min_size=JUDGED, max_size=8))
def test_whatever_comes_a_source_that_sends_the_same_again_has_no_drift(records):
    shapes = Shapes.of({})
    for _ in range(ENOUGH):
        shapes.learn(records)
    assert not shapes.drift(records)
    json.dumps(shapes.as_json())
