"""Every sentence of insights and charts exists in both languages."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import outlisten
from outlisten.insights.notes import TEXTS

SOURCE = Path(outlisten.__file__).parent


def sentences(room: str) -> Iterator[str]:
    """The texts given to the translating function (`_` or `words(…)(…)`) in a room's own files and the drift watch."""
    for path in sorted([*(SOURCE / room).glob("*.py"), *(SOURCE / room / "drift_watch").glob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and _translates(node.func)
                and isinstance(node.args[0], ast.Constant)
            ):
                yield str(node.args[0].value)


def _translates(function: ast.expr) -> bool:
    if isinstance(function, ast.Name):
        return function.id in {"_", "_listing"}
    return (
        isinstance(function, ast.Call) and isinstance(function.func, ast.Name) and function.func.id == "words"
    )


def catalogue(room: str) -> Catalog:
    with (SOURCE / "locale" / "zh_Hans" / "LC_MESSAGES" / f"{room}.po").open("rb") as source:
        return read_po(source, locale="zh_Hans", abort_invalid=True)


@pytest.mark.parametrize("room", ["insights", "charts"])
def test_every_sentence_has_its_chinese(room: str) -> None:
    wanted = {*sentences(room), *(TEXTS.values() if room == "insights" else ())}
    known = {str(message.id) for message in catalogue(room) if message.string and not message.fuzzy}
    assert len(wanted) > 5
    assert wanted - known == set()


@pytest.mark.parametrize("room", ["insights", "charts"])
def test_no_chinese_is_left_over_and_placeholders_agree(room: str) -> None:
    wanted = {*sentences(room), *(TEXTS.values() if room == "insights" else ())}
    for message in catalogue(room):
        if message.id:
            assert message.id in wanted
            assert sorted(_placeholders(str(message.id))) == sorted(_placeholders(str(message.string)))


def _placeholders(text: str) -> list[str]:
    return [part.split("}")[0] for part in text.split("{")[1:]]
