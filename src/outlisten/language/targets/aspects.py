"""The table of aspects: what posts judge without naming a brand."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from outlisten.query.folding import fold


@cache
def aspects() -> dict[str, tuple[str, ...]]:
    """Aspect → the words by which posts in Chinese and English speak of it."""
    table = tomllib.loads((files("outlisten.language.targets") / "aspects.toml").read_text("utf-8"))
    return {name: (*words["zh"], *words["en"]) for name, words in table.items()}


def words_of(names: Sequence[str]) -> dict[str, str]:
    """Folded word → the target it stands for: the given names first, then the aspects."""
    said = {word: aspect for aspect, words in aspects().items() for word in words}
    return {**said, **{fold(name).strip(): name for name in names if fold(name).strip()}}
