"""When one post's answer is *cannot tell*."""

from __future__ import annotations

from math import nan

import pytest

from outlisten.language import read
from outlisten.language.chances import task_chances
from outlisten.language.detail import read_in_detail
from outlisten.language.telling import cannot_tell, tells


@pytest.mark.parametrize(
    ("chance", "told"), [(0.0, False), (0.4999, False), (0.5, True), (1.0, True), (nan, False), (None, True)]
)
def test_below_one_half_nothing_is_told_and_a_person_always_tells(chance: float | None, told: bool) -> None:
    assert tells(chance) is told


def test_without_a_label_it_is_cannot_tell_whoever_read() -> None:
    assert cannot_tell(None, None)
    assert cannot_tell(None, 0.9)
    assert not cannot_tell("negative", None)


@pytest.mark.parametrize(
    ("text", "untold"),
    [
        ("气死我了，太差了，客服根本不理人", False),
        ("就这样吧，再看看", True),
        ("I love it, the best service ever!", False),
        ("still waiting to see", True),
    ],
)
def test_what_is_kept_stays_and_what_is_told_depends_on_the_chance(text: str, untold: bool) -> None:
    kept, detail = read([text]).to_pylist()[0], read_in_detail(text)
    assert kept["sentiment"] in ("negative", "neutral", "positive")
    assert detail.reading.sentiment == kept["sentiment"]
    assert ("sentiment" in detail.cannot_tell) is untold is (kept["sentiment_score"] < 0.5)


@pytest.mark.parametrize("text", ["气死我了，太差了", "I am so happy, thank you!"])
def test_the_chance_of_the_emotion_is_that_of_its_head(text: str) -> None:
    detail, chances = read_in_detail(text), task_chances("emotion", [text])
    assert detail.emotion_score == pytest.approx(float(chances.table.max()))
    assert ("emotion" in detail.cannot_tell) == (float(chances.table.max()) < 0.5)


def test_a_language_that_is_not_read_tells_nothing() -> None:
    assert read_in_detail("Hola, muy bien todo").cannot_tell == ("sentiment", "emotion")
