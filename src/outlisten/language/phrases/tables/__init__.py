"""The rules: one readable file a kind, and what its rows mean."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from outlisten.language.phrases.phrase import KINDS, Kind
from outlisten.words import Locale

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a table; help.toml says what each column means."""

    name: str
    kind: Kind
    says: Mapping[Locale, str]
    patterns: Mapping[Language, tuple[str, ...]]
    examples: tuple[str, ...]
    near_misses: tuple[str, ...]
    unless: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    negatable: bool = False
    asked: bool = True


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, kind by kind, in the order of the files."""
    return tuple(rule for kind in KINDS for rule in _rules_of(kind))


def _rules_of(kind: Kind) -> list[Rule]:
    text = (files(__name__) / f"{kind}.toml").read_text("utf-8")
    return [_rule(kind, given) for given in tomllib.loads(text)["rule"]]


def _rule(kind: Kind, given: dict[str, Any]) -> Rule:
    return Rule(
        name=given["name"],
        kind=kind,
        says={"en": given["says"]["en"], "zh-hans": given["says"]["zh"]},
        patterns={language: tuple(given.get(language, ())) for language in LANGUAGES},
        examples=tuple(given["examples"]),
        near_misses=tuple(given["near_misses"]),
        unless=tuple(given.get("unless", ())),
        absent=tuple(given.get("absent", ())),
        negatable=given.get("negatable", False),
        asked=given.get("asked", True),
    )
