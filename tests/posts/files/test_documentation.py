"""The pages name every preset and every format."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from outlisten.posts.files.layouts import Format
from outlisten.posts.files.presets import PRESETS

DOCS = Path(__file__).parents[3] / "docs"
PAGES = [DOCS / "reference" / name for name in ("import-formats.md", "import-formats.zh.md")]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_page_lists_each_preset_and_format(page):
    text = page.read_text(encoding="utf-8")
    rows = [f"| `{preset.name}` | {preset.title} | {preset.shape} |" for preset in PRESETS]
    assert [row for row in rows if row not in text] == []
    assert [name for name in get_args(Format) if f"| `{name}` |" not in text] == []
