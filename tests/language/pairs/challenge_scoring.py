"""Runs a reader over the challenges: how often it passes, by kind and language."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from challenges import LANGUAGES, PAIR_KINDS, SWAP_KINDS, Pair, Swap, pairs, swaps

# How far the probability of any label may move when a name is swapped.
BOUND = 0.10


@dataclass(frozen=True, slots=True)
class Asked:
    """One text for a reader; with a brand, the sentiment towards it is asked for."""

    text: str
    lang: str
    brand: str | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a reader says: a label, or None for *cannot tell*, and the probability of each label where it has them."""

    label: str | None
    chances: tuple[float, ...] | None = None


Reader = Callable[[Sequence[Asked]], list[Verdict]]


@dataclass(frozen=True, slots=True)
class PairRate:
    """Pairs of a kind: how many, how many with both texts right, and single texts right."""

    lang: str
    kind: str
    n: int
    passed: int
    texts_right: int

    @property
    def share(self) -> float:
        """Pairs passed."""
        return self.passed / self.n


@dataclass(frozen=True, slots=True)
class SwapRate:
    """Swaps of a kind: how many, how many whose fillings all get one label; how far probabilities move.

    The move of a swap is the largest difference of one label's probability between two fillings; `within` counts
    the swaps whose move is within BOUND. Of swaps with a filling that was not read the move is not known; None
    where it is known of none.
    """

    lang: str
    kind: str
    n: int
    passed: int
    within: int | None
    mean_move: float | None
    largest_move: float | None

    @property
    def share(self) -> float:
        """Swaps passed."""
        return self.passed / self.n


def pair_rates(reader: Reader, wanted: Callable[[Pair], bool] = lambda pair: True) -> list[PairRate]:
    """The rates of each language and kind, of the pairs that are wanted."""
    return [
        _pair_rate(lang, kind, [pair for pair in pairs(lang) if pair.kind == kind and wanted(pair)], reader)
        for lang in LANGUAGES
        for kind in PAIR_KINDS
    ]


def swap_rates(reader: Reader) -> list[SwapRate]:
    """The rates of each language and kind."""
    return [
        _swap_rate(lang, kind, [swap for swap in swaps(lang) if swap.kind == kind], reader)
        for lang in LANGUAGES
        for kind in SWAP_KINDS
    ]


def _pair_rate(lang: str, kind: str, some: list[Pair], reader: Reader) -> PairRate:
    found = reader([Asked(text, lang, pair.brand) for pair in some for text in pair.texts])
    right = [
        verdict.label == label
        for verdict, label in zip(found, chain.from_iterable(pair.labels for pair in some), strict=True)
    ]
    both = [first and second for first, second in zip(right[::2], right[1::2], strict=True)]
    return PairRate(lang, kind, len(some), sum(both), sum(right))


def _swap_rate(lang: str, kind: str, some: list[Swap], reader: Reader) -> SwapRate:
    found = iter(reader([Asked(text, lang) for swap in some for text in swap.texts]))
    verdicts = [[next(found) for _ in swap.texts] for swap in some]
    passed = sum(len({verdict.label for verdict in group}) == 1 for group in verdicts)
    moves = [move(group) for group in verdicts]
    known = [one for one in moves if one is not None]
    if not known:
        return SwapRate(lang, kind, len(some), passed, None, None, None)
    within = sum(one <= BOUND for one in known)
    return SwapRate(lang, kind, len(some), passed, within, sum(known) / len(known), max(known))


def move(verdicts: Iterable[Verdict]) -> float | None:
    """The largest difference of one label's probability between two verdicts; None without probabilities."""
    chances = [verdict.chances for verdict in verdicts]
    if any(one is None for one in chances):
        return None
    return max(max(of_label) - min(of_label) for of_label in zip(*filter(None, chances), strict=True))
