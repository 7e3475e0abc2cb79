"""The page of the ten statements: every card is measured, or says what is missing and where to start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation
from tests.app.conftest import Browser

from outlisten.app.people.models import Account
from outlisten.app.people.rules import Refused
from outlisten.app.web.measure import Point
from outlisten.app.web.statements.cards import card, cards
from outlisten.app.web.statements.ten import TEN
from outlisten.app.web.statements.trend import trend
from outlisten.posts import PostStore

pytestmark = pytest.mark.usefixtures("pages_store")


def test_an_empty_home_measures_little_and_says_where_to_start(account: Callable[..., Account]) -> None:
    for found in cards(account()):
        assert all(str(measure.missing) for measure in found.missing)
        assert all(str(line.measure.sentence) for line in found.known)
        assert found.next_step is not None, found.statement.number


@pytest.mark.parametrize(
    ("language", "words"), [("en", "cannot be handed to an agency"), ("zh-hans", "不能整个交给代理公司")]
)
def test_the_page_says_all_ten_in_the_readers_language(browser: Browser, language: str, words: str) -> None:
    page = browser("viewer", language=language).get("/ten-statements/").content.decode()
    assert words in page
    assert all(f'hx-get="/ten-statements/{number}"' in page for number in range(1, 11))


@pytest.mark.parametrize("statement", TEN, ids=lambda one: str(one.number))
def test_each_card_loads_by_itself_and_counts_no_followers(browser: Browser, statement: object) -> None:
    answer = browser("viewer").get(f"/ten-statements/{statement.number}")  # type: ignore[attr-defined]
    assert answer.status_code == 200
    said = answer.content.decode()
    assert "st-line" in said or "st-missing" in said
    assert "follower" not in said.lower()


def test_there_is_no_eleventh_statement(browser: Browser) -> None:
    assert browser().get("/ten-statements/11").status_code == 404


def test_an_agency_does_not_see_them(browser: Browser, account: Callable[..., Account]) -> None:
    assert browser("agency").get("/ten-statements/").status_code == 403
    with pytest.raises(Refused):
        card(Account(role="agency"), 1)


def test_every_statement_and_measure_is_named_in_chinese(
    account: Callable[..., Account], pages_store: PostStore
) -> None:
    with translation.override("zh-hans"):
        said = [*(str(one.text) + str(one.instead_of) for one in TEN)]
        said += [
            str(m.name)
            for found in cards(account())
            for m in (*found.missing, *(x.measure for x in found.known))
        ]
    assert [sentence for sentence in said if not any("\u4e00" <= sign <= "\u9fff" for sign in sentence)] == []


def test_a_trend_starts_at_zero_and_needs_three_periods() -> None:
    months = [
        Point(date(2026, month, 1), value, value / 2, value * 1.5)
        for month, value in ((1, 2), (2, 4), (3, 1))
    ]
    drawn = trend(months, "count")
    assert trend(months[:2], "count") is None
    assert drawn is not None
    assert drawn.line == "3.0,23.0 80.0,13.0 157.0,28.0"  # of 30 high: 2/6, 4/6 and 1/6 above the foot at 33
    assert "2.0" in drawn.label
    assert "1.0" in drawn.label
