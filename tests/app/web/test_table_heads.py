"""Every column of every table is named: what is read aloud must not be nameless."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import outlisten

TEMPLATES = sorted((Path(outlisten.__file__).parent / "app").glob("*/templates/**/*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_no_head_of_a_column_is_empty(template: Path) -> None:
    assert not re.search(r"<th\b[^>]*>\s*</th>", template.read_text("utf-8"))
