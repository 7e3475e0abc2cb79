"""Every sentence of the application's rooms exists in Simplified Chinese."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

import outlisten.app

APP = Path(outlisten.app.__path__[0])
ROOMS = ("care", "decisions", "listening", "participation", "people", "sources", "trust", "web")
ONE, MANY = (None, (1, 2))
KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy", "gettext_noop"), ONE),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), MANY),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
HAN = re.compile(r"[\u4e00-\u9fff]")
# Without a word of either language.
SAME = {"(%(low_text)s–%(high_text)s)", ", ", "%(checked)s; %(new)s.", "%(name)s (%(number)d)",
        "%(asked)s; %(brings)s.", "%(first)s %(second)s",
        "%(first)s: %(before)s; %(last)s: %(now)s"}  # fmt: skip


def sentences(room: str) -> Iterator[tuple[str, str | None, str]]:
    """(file, context, msgid) of everything marked for translation."""
    for file in sorted([*(APP / room).rglob("*.py"), *(APP / room).rglob("templates/**/*.*")]):
        source = file.read_text("utf-8")
        if file.suffix != ".py":
            source = templatize(source, origin=str(file))
        for _line, found, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            msgid = found[0] if isinstance(found, tuple) else found
            yield file.name, context, msgid


@pytest.mark.parametrize("room", ROOMS)
def test_every_sentence_is_in_the_catalogue_and_translated(room: str) -> None:
    with (APP / room / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    missing = []
    for name, context, msgid in sentences(room):
        entry = catalogue.get(msgid, context)
        if (
            entry is None
            or entry.fuzzy
            or not entry.string
            or (isinstance(entry.string, tuple) and not all(entry.string))
        ):
            missing.append((name, context, msgid))
    assert missing == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_translation_is_chinese_and_keeps_the_placeholders(room: str) -> None:
    with (APP / room / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = read_po(file)
    for entry in catalogue:
        if not entry.id:
            continue
        english = entry.id[-1] if isinstance(entry.id, tuple) else entry.id
        chinese = entry.string[0] if isinstance(entry.string, tuple) else entry.string
        assert HAN.search(chinese) or entry.id in SAME, english
        assert set(re.findall(r"%\(\w+\)|\{\w+\}", english)) == set(
            re.findall(r"%\(\w+\)|\{\w+\}", chinese)
        ), english
        assert "!" not in english, english
        assert "！" not in chinese, chinese


def test_nothing_is_kept_that_no_page_says() -> None:
    for room in ROOMS:
        said = {(context, msgid) for _, context, msgid in sentences(room)}
        with (APP / room / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
            kept = {
                (entry.context, entry.id[0] if isinstance(entry.id, tuple) else entry.id)
                for entry in read_po(file)
            }
        assert kept - said - {(None, "")} == set()


def test_a_sentence_is_said_the_same_in_every_room() -> None:
    """Django merges the rooms' catalogues: of two translations only one would ever be shown."""
    said: dict[tuple[str | None, str], set[str]] = {}
    for room in ROOMS:
        with (APP / room / "locale/zh_Hans/LC_MESSAGES/django.po").open("rb") as file:
            for entry in read_po(file):
                english = entry.id[0] if isinstance(entry.id, tuple) else entry.id
                said.setdefault((entry.context, english), set()).add(str(entry.string))
    said.pop((None, ""))
    assert {key: chinese for key, chinese in said.items() if len(chinese) > 1} == {}
