"""The readers that the challenges are put to: each tier of the product, and the reading towards a brand."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

import numpy as np
import numpy.typing as npt
from challenge_scoring import Asked, Reader, Verdict

from outlisten.language import read
from outlisten.language.fast import scores

Table = npt.NDArray[np.float32]


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
    """The fast tier: labels as posts get them, the language not given; the probabilities of its heads."""
    texts, langs = [one.text for one in asked], [one.lang for one in asked]
    labels = read(texts)["sentiment"].to_pylist()
    rows = scores(texts, langs)["sentiment"].values
    return _verdicts(labels, rows)


def deep(asked: Sequence[Asked]) -> list[Verdict]:
    """The deep tier, averaged with the fast one as posts get it."""
    tier, scoring, partner = (
        import_module(f"outlisten.language.deep{part}") for part in ("", ".scoring", ".partner")
    )
    texts, langs = [one.text for one in asked], [one.lang for one in asked]
    labels = tier.read_deep(texts, [None] * len(texts), [None] * len(texts))["sentiment"].to_pylist()
    both = scoring.averaged(tier.scores(texts, langs), partner.fast_scores(texts, langs), langs)
    return _verdicts(labels, both["sentiment"])


def _verdicts(labels: list[str | None], rows: Table) -> list[Verdict]:
    """Labels with their probabilities, which are not numbers where a post was not read."""
    return [
        Verdict(label, None if np.isnan(row).any() else tuple(row.tolist()))
        for label, row in zip(labels, rows, strict=True)
    ]


def models() -> str:
    """The fast tier's model, for the page."""
    return str(read(["好 good"])["model"][0].as_py())
