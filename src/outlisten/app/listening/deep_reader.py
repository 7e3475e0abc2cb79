"""The deep model, where this installation has one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import pyarrow as pa

# Texts, titles and declared languages in; a table of `language.reading.SCHEMA` out.
Texts = Sequence[str | None]
Reader = Callable[[Texts, Texts, Texts], pa.Table]


@dataclass(frozen=True, slots=True)
class DeepReader:
    """How to read thoroughly, what that writes into `model`, and the languages it is for."""

    read: Reader
    model: str
    languages: frozenset[str]


@cache
def deep_reader() -> DeepReader | None:
    """The deep model, or None where it is not installed. Raises ModelBroken when its card cannot be read."""
    try:
        deep = import_module("outlisten.language.deep")
    except ModuleNotFoundError:
        return None
    if not deep.available():
        return None
    card = deep.deep_card()
    return DeepReader(deep.read_deep, f"{card}+{fast_model()}", frozenset(card.languages))


@cache
def fast_model() -> str:
    """What the model that reads every post writes into `model`. Raises ModelBroken."""
    from outlisten.language import read_one

    return read_one("").model
