"""The marker tables: one readable file a language, and what its rows mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from outlisten.language.disclosure.marker import MARKETS, Kind, Market, Strength
from outlisten.words import Locale

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a marker table; en.toml says what each column means."""

    language: str
    name: str
    kind: Kind
    strength: Mapping[Market, Strength]
    rule: str
    reason: Mapping[Locale, str]
    shown: tuple[str, ...]
    label: tuple[str, ...] = ()
    hashtag: tuple[str, ...] = ()
    hashtag_like: tuple[str, ...] = ()
    phrase: tuple[str, ...] = ()
    contains: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    not_written: tuple[str, ...] = ()

    @property
    def best(self) -> Strength:
        """What the words are worth in the market that values them most."""
        return min(self.strength.values(), key=("clear", "weak", "none").index)


@cache
def rows() -> tuple[Row, ...]:
    """Every row of every language, in the order of the files."""
    return tuple(row for language in LANGUAGES for row in _rows_of(language))


@cache
def row_named(name: str) -> Row:
    """The row of that name. Raises KeyError when there is none."""
    return {row.name: row for row in rows()}[name]


def worth(row: str, market: Market) -> Strength:
    """What the words of a row are worth in a market."""
    return row_named(row).strength[market]


def _rows_of(language: str) -> list[Row]:
    text = (files(__name__) / f"{language}.toml").read_text("utf-8")
    return [_row(language, given) for given in tomllib.loads(text)["marker"]]


def _row(language: str, given: dict[str, Any]) -> Row:
    lists: dict[str, Any] = {name: tuple(value) for name, value in given.items() if isinstance(value, list)}
    return Row(
        language=language,
        name=given["name"],
        kind=given["kind"],
        strength={market: given["strength"][market] for market in MARKETS},
        rule=given["rule"],
        reason={"en": given["reason"]["en"], "zh-hans": given["reason"]["zh"]},
        **lists,
    )
