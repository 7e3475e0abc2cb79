"""The written examples: complete, labelled in the guidelines' terms, and a third of them sealed."""

from __future__ import annotations

import runpy
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

WRITTEN = Path(__file__).parents[2] / "training" / "written"
EXAMPLES: dict[str, Any] = runpy.run_path(str(WRITTEN / "examples.py"), run_name="examples")
# What each language must have enough of to train and to test.
ENOUGH = ("help", "suggestion", "purchase", "leaving", "promo", "disclosed", "sarcasm", "litotes", "slang")


@pytest.fixture(scope="module", params=["zh", "en"])
def written(request: pytest.FixtureRequest) -> list[Any]:
    return list(EXAMPLES["examples"](request.param))


def test_every_text_stands_once_and_was_read_twice(written: list[Any]) -> None:
    assert len({example.text for example in written}) == len(written) == 4_016
    assert len({example.id for example in written}) == len(written)


def test_each_class_has_three_hundred_texts(written: list[Any]) -> None:
    found: Counter[str] = Counter()
    for example in written:
        found.update((*example.settled.intents, *example.settled.flags))
        found["urgent"] += example.settled.urgency >= 2
    assert {name: found[name] for name in (*ENOUGH, "urgent") if found[name] < 300} == {}


def test_labels_are_the_guidelines_own(written: list[Any]) -> None:
    for example in written:
        for said in (example.first, example.second, example.settled):
            assert said.intents <= set(EXAMPLES["INTENTS"]), example.id
            assert said.flags <= set(EXAMPLES["FLAGS"]), example.id
            assert said.reasons <= set(EXAMPLES["REASONS"]), example.id
            assert 0 <= said.urgency <= 3, example.id


def test_a_third_of_each_class_is_sealed(written: list[Any]) -> None:
    for name in ENOUGH:
        sealed = [e.sealed for e in written if name in e.settled.intents | e.settled.flags]
        assert 0.25 < sum(sealed) / len(sealed) < 0.42, name


def test_two_of_three_readers_decide(written: list[Any]) -> None:
    example = next(e for e in written if e.third and e.first.sentiment != e.second.sentiment)
    said = Counter([example.first.sentiment, example.second.sentiment, example.third.sentiment])
    word, times = said.most_common(1)[0]
    assert example.settled.sentiment == (word if times > 1 else example.third.sentiment)
