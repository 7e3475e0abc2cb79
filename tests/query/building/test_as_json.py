"""Outlines as JSON: out, back, and nothing that is none."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.query.drawn import queries

from outlisten.query import parse
from outlisten.query.building import as_json, from_json, outline, written


@given(queries)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_an_outline_survives_json(text: str) -> None:
    query = parse(text)
    if query.tree is not None:
        rows = outline(query)
        again = from_json(json.loads(json.dumps(as_json(rows))))
        assert again == rows
        assert written(again) == written(rows)


def test_it_reads_as_one_would_say_it() -> None:
    assert as_json(outline(parse("(refund OR 退款) -scam 情感:负面"))) == {
        "kind": "all",
        "rows": [
            {
                "kind": "any",
                "rows": [
                    {"kind": "words", "text": "refund", "values": {"words": "refund"}},
                    {"kind": "words", "text": "退款", "values": {"words": "退款"}},
                ],
            },
            {"kind": "words", "text": "scam", "values": {"words": "scam"}, "negated": True},
            {
                "kind": "label",
                "text": "情感:负面",
                "values": {"field": "sentiment", "value": "negative", "floor": ""},
            },
        ],
    }


DEEP: dict[str, object] = {"kind": "any"}
for _level in range(400):
    DEEP = {"kind": "any", "rows": [DEEP]}
BAD: list[object] = [
    None,
    [],
    "any",
    {},
    {"kind": "words", "text": "a"},
    {"kind": "any", "rows": "ab"},
    {"kind": "any", "rows": [{"kind": "near", "rows": []}]},
    {"kind": "any", "rows": [{"kind": "near", "rows": [{"kind": "any"}, {"kind": "words"}]}]},
    {"kind": "any", "rows": [{"kind": "words", "text": 7}]},
    {"kind": "any", "rows": [{"kind": "words", "rows": [{"kind": "words"}]}]},
    {"kind": "any", "values": {"a": 1}},
    {"kind": ["any"]},
    {"kind": "any", "rows": [{"kind": "words"}] * 20_000},
    DEEP,
]


@pytest.mark.parametrize("plain", BAD, ids=range(len(BAD)))
def test_what_is_no_outline_is_refused(plain: object) -> None:
    with pytest.raises(ValueError, match=r"outline|hold"):
        from_json(plain)


@given(st.recursive(st.none() | st.text() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(
    st.sampled_from(["kind", "rows", "text", "values", "negated"]) | st.text(), inner)))  # fmt: skip
@settings(max_examples=200, deadline=None, derandomize=True)
def test_any_json_is_an_outline_or_refused(plain: object) -> None:
    try:
        from_json(plain)
    except ValueError:
        return
