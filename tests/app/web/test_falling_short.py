"""A card says that the company falls short only where a figure says so, with its whole interval."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import translation

from outlisten.app.care import measures as care
from outlisten.app.decisions import measures as decisions
from outlisten.app.decisions.claims import measures as claims
from outlisten.app.listening import mirror_measures as mirror
from outlisten.app.participation import measures as participation
from outlisten.app.people.models import Account
from outlisten.app.web.measure import Measure
from outlisten.app.web.statements.falling_short import RULES, Measuring, falling_short
from outlisten.app.web.statements.ten import TEN
from outlisten.posts import PostStore


@pytest.mark.parametrize(
    ("asked", "measure", "short"),
    [
        (mirror.answered, Measure("", value=0.2, low=0.1, high=0.3), True),
        (mirror.answered, Measure("", value=0.4, low=0.3, high=0.6), False),
        (mirror.answered, Measure("", missing="Nothing was collected."), False),
        (care.departments_answering, Measure("", value=1.0, unit="count"), True),
        (care.departments_answering, Measure("", value=2.4, unit="count"), False),
        (care.attempts_refused, Measure("", value=0, unit="count"), False),
        (care.attempts_refused, Measure("", value=3, unit="count"), True),
        (
            claims.verdicts,
            Measure("", value=0, unit="count"),
            False,
        ),  # a promise that cannot be told is no fault
        (claims.written_before, Measure("", value=0.5), True),
        (participation.hands, Measure("", value=0.9, low=0.4, high=1.0), False),
        (participation.hands, Measure("", value=0.9, low=0.7, high=1.0), True),
    ],
)
def test_a_figure_falls_short_only_with_its_whole_interval(
    asked: Measuring, measure: Measure, short: bool
) -> None:
    assert bool(falling_short([(asked, measure)])) is short


@pytest.mark.parametrize(("language", "said"), [("en", "Not every"), ("zh-hans", "有的")])
def test_one_of_many_is_not_told_as_all(language: str, said: str) -> None:
    nearly_all = Measure("", value=0.9, low=0.8, high=0.95)
    with translation.override(language):
        for asked in (claims.written_before, decisions.reviewed_on_time):
            assert falling_short([(asked, nearly_all)])[0].startswith(said)


def test_every_rule_is_about_a_measure_of_the_page_and_exists_in_chinese() -> None:
    assert set(RULES) <= {measure for statement in TEN for measure in statement.measures}
    with translation.override("zh-hans"):
        assert all(
            any("\u4e00" <= sign <= "\u9fff" for sign in str(rule.sentence)) for rule in RULES.values()
        )


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Cannot be told yet."), ("zh-hans", "目前还无法判断。")]
)
def test_a_card_without_figures_cannot_be_told(
    pages_store: PostStore, account: Callable[..., Account], language: str, said: str
) -> None:
    client = Client()
    client.force_login(
        account("viewer", language=language), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert said in client.get("/ten-statements/4").content.decode()
