"""Every sentence of the command line stands in the Chinese catalogue, with the same places to fill in."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

import outlisten

PACKAGE = Path(outlisten.__file__).parent
REPORT = PACKAGE / "charts" / "report"
ROOMS = {
    "cli": [PACKAGE / "home.py", *sorted((PACKAGE / "cli").rglob("*.py"))],
    "report": [*sorted(REPORT.glob("*.py")), REPORT / "report.html.jinja"],
}
# Sentences of Typer itself, which asks the process's default catalogue for them.
OF_TYPER = {
    "Arguments", "Commands", "Missing command.", "No such command {name!r}.", "Options", "default: {default}",
    "required",
}  # fmt: skip


def said_in(file: Path) -> Iterator[str]:
    """The sentences given to `_(…)` or `….words(…)` in a file."""
    if file.suffix == ".jinja":
        yield from re.findall(r'_\("([^"]+)"\)', file.read_text("utf-8"))
        return
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
            called = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
            of_session = called == "words" and isinstance(node.func, ast.Attribute)
            if called == "_" or of_session:
                yield node.args[0].value


def said(room: str) -> set[str]:
    return {sentence for file in ROOMS[room] for sentence in said_in(file)}


def translated(room: str) -> dict[str, str]:
    with (PACKAGE / f"locale/zh_Hans/LC_MESSAGES/{room}.po").open("rb") as source:
        catalogue = read_po(source, locale="zh_Hans", abort_invalid=True)
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    return {str(message.id): str(message.string) for message in catalogue if message.id}


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_is_translated_and_none_is_left_over(room: str) -> None:
    assert set(translated(room)) - OF_TYPER == said(room) - OF_TYPER
    assert all(translated(room).values())


@pytest.mark.parametrize("room", ROOMS)
def test_both_languages_fill_in_the_same_things(room: str) -> None:
    def places(sentence: str) -> list[tuple[str, str]]:
        return sorted((name, form or "") for _text, name, form, _c in Formatter().parse(sentence) if name)

    for english, chinese in translated(room).items():
        assert set(places(english)) == set(places(chinese)), english


def test_a_chinese_sentence_uses_chinese_punctuation() -> None:
    for english, chinese in translated("cli").items():
        if english.endswith(".") and english != ".":
            assert chinese.endswith("。"), chinese
