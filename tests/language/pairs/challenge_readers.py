"""The readers that the challenges are put to: each tier of the product, and the reading towards a brand."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

import pyarrow as pa
from challenge_scoring import Asked, Reader, Verdict

from outlisten.language import model_card, read
from outlisten.language.features import grams
from outlisten.language.normalisation import fold
from outlisten.language.sentiment import head


def readers() -> dict[str, Reader]:
    """The tiers that are installed, by name: `fast`, and `deep` where its encoder is there."""
    found: dict[str, Reader] = {"fast": towards(fast)}
    if find_spec("outlisten.language.deep") and import_module("outlisten.language.deep").available():
        found["deep"] = towards(deep)
    return found


def towards(whole: Reader) -> Reader:
    """A reader that answers for a brand from the clauses about it, where the product can; else from the whole text."""
    if not find_spec("outlisten.language.targets"):
        return whole
    toward = import_module("outlisten.language.targets").toward

    def reader(asked: Sequence[Asked]) -> list[Verdict]:
        verdicts = whole(asked)
        for at, one in enumerate(asked):
            if one.brand:
                found = [
                    target.sentiment for target in toward(one.text, (one.brand,)) if target.name == one.brand
                ]
                verdicts[at] = Verdict(found[0]) if found else verdicts[at]
        return verdicts

    return reader


def fast(asked: Sequence[Asked]) -> list[Verdict]:
    """The fast tier: labels as posts get them, the language not given; probabilities of the language's head."""
    labels = read([one.text for one in asked])["sentiment"].to_pylist()
    chances: list[tuple[float, ...]] = []
    for one in asked:
        of_head = head(one.lang)
        chances.append(tuple(of_head.probabilities(grams(fold([one.text]), of_head.recipe))[0].tolist()))
    return [Verdict(label, chance) for label, chance in zip(labels, chances, strict=True)]


def deep(asked: Sequence[Asked]) -> list[Verdict]:
    """The deep tier."""
    tier = import_module("outlisten.language.deep")
    texts = [one.text for one in asked]
    table: pa.Table = tier.read_deep(texts, [None] * len(texts), [None] * len(texts))
    return [Verdict(label) for label in table["sentiment"].to_pylist()]


def models() -> str:
    """The fast tier's model, for the page."""
    return str(model_card())
