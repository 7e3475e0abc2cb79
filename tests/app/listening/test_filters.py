from __future__ import annotations

import pytest
from django.http import QueryDict

from outlisten.app.listening.filters import Filters, both, clause, read_filters
from outlisten.query import parse

ASKED = QueryDict("platform=x&platform=weibo&lang=zh&nonsense=1&to=Wells+Fargo&site=")


def test_an_address_gives_the_known_fields_and_drops_the_rest() -> None:
    assert read_filters(ASKED).chosen == {"platform": ("x", "weibo"), "lang": ("zh",), "to": ("Wells Fargo",)}


def test_filters_are_query_text_that_could_be_typed() -> None:
    written = 'platform:(x OR weibo) lang:zh voice:(earned OR unknown) to:"Wells Fargo"'
    assert read_filters(ASKED).query_text() == written


def test_a_saved_query_keeps_what_was_chosen_and_not_the_usual_voices() -> None:
    assert read_filters(ASKED).chosen_text() == 'platform:(x OR weibo) lang:zh to:"Wells Fargo"'


@pytest.mark.parametrize(
    ("address", "voices"),
    [
        ("", ("earned", "unknown")),
        ("voice=all", ()),
        ("voice=paid&voice=all", ()),
        ("voice=owned", ("owned",)),
        ("voice=unknown&voice=earned", ("earned", "unknown")),
    ],
)
def test_the_usual_voices_are_counted_until_an_address_says_otherwise(address: str, voices: tuple) -> None:
    assert read_filters(QueryDict(address)).voices == voices


def test_taking_the_last_voice_away_counts_all_of_them() -> None:
    usual = Filters()
    assert usual.toggled("voice", "earned").voices == ("unknown",)
    emptied = usual.toggled("voice", "earned").toggled("voice", "unknown")
    assert (emptied.voices, emptied.address()) == ((), [("voice", "all")])
    assert usual.with_voices().with_voices(("earned", "unknown")) == usual


@pytest.mark.parametrize("typed", ["queue voice:owned", "排队 声源:自有", "queue -voice:paid"])
def test_a_query_that_names_voices_decides_alone(typed: str) -> None:
    assert Filters().beside(parse(typed)).voices == ()
    assert Filters({"voice": ("paid",)}).beside(parse(typed)).voices == ("paid",)


def test_a_query_without_voices_keeps_the_usual_ones() -> None:
    assert Filters().beside(parse("排队 platform:weibo")).voices == ("earned", "unknown")


def test_an_address_written_and_read_again_is_the_same() -> None:
    filters = read_filters(ASKED)
    again = QueryDict(mutable=True)
    for name, value in filters.address():
        again.appendlist(name, value)
    assert read_filters(again) == filters


def test_toggling_twice_changes_nothing() -> None:
    filters = Filters({"lang": ("zh",)})
    assert filters.toggled("lang", "en").toggled("lang", "en") == filters
    assert not filters.toggled("lang", "zh")


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("weibo", "to:weibo"),
        ("海底捞", "to:海底捞"),
        ("Wells Fargo", 'to:"Wells Fargo"'),
        ("OR", "to:OR"),
        ('a" OR lang:zh OR "b', 'to:"a  OR lang:zh OR  b"'),
        ("back\\slash", 'to:"back slash"'),
        ("（括号）", 'to:"（括号）"'),
    ],
)
def test_a_value_cannot_break_out_of_its_clause(value: str, written: str) -> None:
    assert clause("to", [value]) == written


def test_what_was_typed_stays_in_brackets_of_its_own() -> None:
    assert both("苹果 OR 华为", "lang:zh") == "(苹果 OR 华为) lang:zh"
    assert both("", "lang:zh") == "lang:zh"
    assert both("苹果", "") == "苹果"
