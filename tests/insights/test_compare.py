"""Two queries beside each other."""

import json

import numpy as np
import pytest
from tests.insights.conftest import Fill, card_with, on

from outlisten import insights
from outlisten.query import parse

CARD = card_with(en=np.diag([500, 500, 500]))


@pytest.fixture
def compared(fill: Fill) -> dict[str, object]:
    ours = [on(0, text="Equibank: identity theft again", sentiment="negative", lang="en") for _ in range(40)]
    theirs = [on(0, text="Solidbank charged a late fee", sentiment="neutral", lang="en") for _ in range(50)]
    comparison = insights.compare(fill(*ours, *theirs), parse("equibank"), parse("solidbank"), card=CARD)
    return comparison.as_json()


def test_it_is_json_with_the_promised_keys(compared: dict[str, object]) -> None:
    again = json.loads(json.dumps(compared))
    assert {"a", "b", "terms"} <= set(again)
    assert {"term", "log_odds", "low", "high", "authors"} <= set(again["terms"][0])


def test_each_side_has_volume_and_tone(compared) -> None:  # type: ignore[no-untyped-def]
    a, b = compared["a"], compared["b"]
    assert (a["query"], a["posts"], a["authors"], b["posts"]) == ("equibank", 40, 40, 50)
    assert a["sentiment"]["negative"]["value"] == pytest.approx(1)
    assert b["sentiment"]["net"]["value"] == pytest.approx(0)


def test_terms_lean_to_the_side_whose_authors_they_count(compared) -> None:  # type: ignore[no-untyped-def]
    by_term = {row["term"]: row for row in compared["terms"]}
    assert by_term["identity theft"]["log_odds"] > 0 > by_term["late fee"]["log_odds"]
    assert (by_term["identity theft"]["authors"], by_term["late fee"]["authors"]) == (40, 50)
    assert (by_term["late fee"]["side"], by_term["late fee"]["authors_a"]) == ("b", 0)
