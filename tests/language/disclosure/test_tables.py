"""The marker tables do what they show."""

from __future__ import annotations

import pytest

from outlisten.language.disclosure import MARKETS, find_markers
from outlisten.language.disclosure.tables import LANGUAGES, Row, row_named, rows, worth

SHOWN = [pytest.param(row, form, id=form) for row in rows() for form in row.shown]


@pytest.mark.parametrize(("row", "form"), SHOWN)
def test_each_form_shown_to_people_is_found_as_its_row(row: Row, form: str) -> None:
    found = find_markers(None, form)
    assert [(marker.row, marker.kind) for marker in found if marker.row == row.name] == [(row.name, row.kind)]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_each_row_says_its_worth_its_rule_and_its_reason_in_both_languages(row: Row) -> None:
    assert set(row.strength) == set(MARKETS)
    assert row.rule
    assert row.reason["en"]
    assert row.reason["zh-hans"]
    assert row.shown


def test_both_languages_know_every_kind_of_marker() -> None:
    kinds = [{row.kind for row in rows() if row.language == language} for language in LANGUAGES]
    assert kinds[0] == kinds[1]
    assert len(kinds[0]) == 7


def test_denials_are_worth_nothing_anywhere() -> None:
    assert {row.best for row in rows() if row.kind == "denial"} == {"none"}


def test_only_the_word_of_the_law_is_clear_advertising_in_china() -> None:
    clear = [row.name for row in rows() if row.kind != "employment" and row.strength["CN"] == "clear"]
    assert clear == ["广告"]


def test_sponsored_is_advised_against_in_the_united_kingdom_alone() -> None:
    assert (worth("sponsored", "US"), worth("sponsored", "UK")) == ("clear", "weak")
    assert row_named("sponsored").best == "clear"
