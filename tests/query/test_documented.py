from __future__ import annotations

from pathlib import Path

import pytest

from outlisten.query.fields import FIELDS, Field
from outlisten.query.messages import SENTENCES

DOCS = Path(__file__).parents[2] / "docs" / "reference"
PAGES = [(DOCS / name).read_text("utf-8") for name in ("query-language.md", "query-language.zh.md")]


@pytest.mark.parametrize("page", PAGES, ids=["en", "zh"])
def test_every_field_and_every_message_is_documented(page: str) -> None:
    for field in FIELDS:
        assert all(name in page for name in (field.name, *field.aliases)), field.name
    for code in SENTENCES:
        assert code[:4] in page


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_value_is_documented_in_english(field: Field) -> None:
    values = field.values or {}
    assert all(value in PAGES[0] for value in values.values())
