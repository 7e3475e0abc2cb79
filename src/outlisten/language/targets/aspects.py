"""The table of aspects: what posts judge without naming a brand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from outlisten.language.entities.names import Known
from outlisten.query.folding import fold
from outlisten.words import Locale, words


@cache
def aspects() -> dict[str, tuple[str, ...]]:
    """Aspect → the words by which posts in Chinese and English speak of it."""
    table = tomllib.loads((files("outlisten.language.targets") / "aspects.toml").read_text("utf-8"))
    return {name: (*words["zh"], *words["en"]) for name, words in table.items()}


def words_of(names: Known) -> dict[str, str]:
    """Folded word → the target it stands for; a given name before what another is also called, both before the aspects."""
    said = {word: aspect for aspect, of in aspects().items() for word in of}
    called = names if isinstance(names, Mapping) else {}
    also = {fold(word).strip(): name for name, others in called.items() for word in others}
    given = {fold(name).strip(): name for name in names}
    return {word: name for word, name in {**said, **also, **given}.items() if word}


def aspect_said(name: str, locale: Locale) -> str:
    """What a reader calls an aspect."""
    return words("language", locale)(name)
