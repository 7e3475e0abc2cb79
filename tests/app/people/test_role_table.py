"""The table that people read is the table that the program asks."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.conftest import Browser

from outlisten.app.people.acts import MAY, Act, Role
from outlisten.app.people.role_table import GROUPS, answer, with_table

DOCS = Path(__file__).parents[3] / "docs/reference"


@pytest.mark.parametrize(("page", "language"), [("roles.md", "en"), ("roles.zh.md", "zh-hans")])
def test_the_page_of_roles_is_the_table_of_today(page: str, language: str) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert with_table(text, language) == text


def test_every_act_stands_in_one_group() -> None:
    grouped = [act for _name, acts in GROUPS for act in acts]
    assert sorted(grouped) == sorted(Act)


@pytest.mark.parametrize("act", Act)
def test_what_the_table_says_follows_from_the_rules(act: Act) -> None:
    assert {role for role in Role if answer(role, act) != "no"} == MAY[act]


@pytest.mark.parametrize(
    ("role", "act", "said"),
    [
        ("lead", Act.MANAGE_CARE, "own"), ("responder", Act.ANSWER, "own"), ("admin", Act.ANSWER, "yes"),
        ("analyst", Act.OPEN_CASE, "no"), ("analyst", Act.SEE_CASES, "no"), ("viewer", Act.SEE_DECISIONS, "yes"),
        ("agency", Act.TAG, "yes"), ("agency", Act.DRAFT, "yes"), ("agency", Act.TAKE_CASE, "no"),
        ("agency", Act.ANSWER, "no"), ("agency", Act.CLOSE_CASE, "no"), ("agency", Act.READ_PRIVATE, "no"),
        ("agency", Act.SEE_DECISIONS, "no"),
    ],
)  # fmt: skip
def test_the_sentences_of_the_roles_hold(role: str, act: Act, said: str) -> None:
    assert answer(Role(role), act) == said


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_everybody_who_is_signed_in_reads_the_table(browser: Browser, role: Role) -> None:
    page = browser(role, language="zh-hans").get("/settings/roles").content.decode()
    assert "谁可以做什么" in page
    assert "领取工单" in page
