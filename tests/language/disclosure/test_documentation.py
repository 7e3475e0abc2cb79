"""The documentation shows the marker tables as they are, in both languages; every sentence is translated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

import outlisten.language.disclosure
from outlisten.language.disclosure.documentation import marker_tables
from outlisten.words import FOLDER, Locale

DOCS = Path(__file__).parents[3] / "docs" / "explanation"
SOURCES = Path(outlisten.language.disclosure.__path__[0])


@pytest.mark.parametrize(
    ("page", "locale"), [("disclosure-watch.md", "en"), ("disclosure-watch.zh.md", "zh-hans")]
)
def test_the_page_shows_the_tables_as_they_are(page: str, locale: Locale) -> None:
    text = (DOCS / page).read_text("utf-8")
    assert text.split("<!-- markers -->\n")[1].split("\n<!-- /markers -->")[0] == marker_tables(locale)


def test_every_sentence_of_the_library_is_translated_and_none_is_left_over() -> None:
    with (FOLDER / "zh_Hans" / "LC_MESSAGES" / "disclosure.po").open("rb") as file:
        kept = {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id}
    files = [SOURCES / "telling.py", SOURCES / "documentation.py"]
    said = {
        words for file in files for words in re.findall(r'\bsay\(\s*"([^"]+)"\s*\)', file.read_text("utf-8"))
    }
    assert said - set(kept) == set()
    assert set(kept) - said == {", "}  # the application puts markets in a row
    assert all(kept.values())
