"""The documentation names every rule, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from outlisten.language.entities import KINDS as ENTITY_KINDS
from outlisten.language.phrases.tables import rules
from outlisten.words import Locale

DOCS = Path(__file__).parents[3] / "docs" / "reference"


@pytest.mark.parametrize(("page", "locale"), [("what-is-read.md", "en"), ("what-is-read.zh.md", "zh-hans")])
def test_the_page_names_every_rule_and_what_it_says(page: str, locale: Locale) -> None:
    text = (DOCS / page).read_text("utf-8")
    for rule in rules():
        assert f"| `{rule.name}` | {rule.kind} | {rule.says[locale]} |" in text, (
            "run benchmarks/what_is_read.py"
        )


@pytest.mark.parametrize("page", ["what-is-read.md", "what-is-read.zh.md"])
def test_the_page_names_every_kind_of_entity(page: str) -> None:
    text = (DOCS / page).read_text("utf-8").split("## ")[2]
    assert all(kind in text for kind in ENTITY_KINDS)
