"""The challenges: complete and well formed, and read as well as ever.

Floors are pinned by `python benchmarks/challenge_pairs.py --pin`, below what the present models reach.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent / "pairs"))
from challenge_readers import readers
from challenge_scoring import Asked, PairRate, SwapRate, Verdict, move, pair_rates, swap_rates
from challenges import FOLDER, LANGUAGES, PAIR_KINDS, SWAP_KINDS, Pair, filled, pairs, swaps

HERE = Path(__file__).parent
FLOORS: dict[str, dict[str, dict[str, dict[str, float]]]] = json.loads((FOLDER / "floors.json").read_text())
ENOUGH = 40


def cases(of: str) -> list[Any]:
    return [
        pytest.param(tier, kind, floor, id=f"{tier} {kind}")
        for tier, floors in FLOORS.items()
        for kind, floor in floors[of].items()
    ]


@cache
def found_pairs(tier: str) -> dict[str, PairRate]:
    return {f"{rate.lang} {rate.kind}": rate for rate in pair_rates(readers()[tier])}


@cache
def found_swaps(tier: str) -> dict[str, SwapRate]:
    return {f"{rate.lang} {rate.kind}": rate for rate in swap_rates(readers()[tier])}


@pytest.mark.parametrize(("tier", "kind", "floor"), cases("pairs"))
def test_pairs_are_read_as_well_as_ever(tier: str, kind: str, floor: dict[str, float]) -> None:
    rate = found_pairs(tier)[kind]
    assert rate.share >= floor["both"]
    assert rate.texts_right / (2 * rate.n) >= floor["texts"]


@pytest.mark.parametrize(("tier", "kind", "floor"), cases("swaps"))
def test_names_decide_no_more_than_ever(tier: str, kind: str, floor: dict[str, float]) -> None:
    rate = found_swaps(tier)[kind]
    assert rate.share >= floor["same"]
    if floor["move"] is not None:
        assert rate.largest_move is not None
        assert rate.largest_move <= floor["move"]


def test_every_tier_language_and_kind_has_floors() -> None:
    for floors in FLOORS.values():
        assert set(floors["pairs"]) == {f"{lang} {kind}" for lang in LANGUAGES for kind in PAIR_KINDS}
        assert set(floors["swaps"]) == {f"{lang} {kind}" for lang in LANGUAGES for kind in SWAP_KINDS}


@pytest.mark.parametrize("lang", LANGUAGES)
class TestTables:
    def test_there_are_forty_of_each_kind(self, lang: str) -> None:
        of_pairs = Counter(pair.kind for pair in pairs(lang))
        of_swaps = Counter(swap.kind for swap in swaps(lang))
        assert set(of_pairs) == set(PAIR_KINDS)
        assert set(of_swaps) == set(SWAP_KINDS)
        assert min((of_pairs + of_swaps).values()) >= ENOUGH

    def test_no_text_stands_twice_and_every_id_once(self, lang: str) -> None:
        texts = [text for one in (*pairs(lang), *swaps(lang)) for text in one.texts]
        assert [text for text, count in Counter(texts).items() if count > 1] == []
        ids = [one.id for one in (*pairs(lang), *swaps(lang))]
        assert len(set(ids)) == len(ids)

    def test_both_labels_are_about_as_frequent(self, lang: str) -> None:
        for kind in PAIR_KINDS:
            labels = Counter(label for pair in pairs(lang) if pair.kind == kind for label in pair.labels)
            assert 0.6 < labels["positive"] / labels["negative"] < 1.7, kind

    def test_a_comparison_names_its_brand_in_both_texts(self, lang: str) -> None:
        for pair in pairs(lang):
            assert (pair.brand is not None) == (pair.kind == "comparison")
            assert all(pair.brand in text for text in pair.texts if pair.brand), pair.id

    def test_slots_are_filled(self, lang: str) -> None:
        for swap in swaps(lang):
            assert len(set(swap.texts)) == len(swap.texts) >= 2
            assert not any(set("{}|") & set(text) for text in swap.texts), swap.id

    def test_nothing_here_is_among_the_texts_that_models_learn_from(self, lang: str) -> None:
        written = (HERE.parents[1] / "training" / "written" / f"{lang}.tsv").read_text(encoding="utf-8")
        taught = {line.split("\t")[1] for line in written.splitlines()}
        assert taught.isdisjoint(text for one in (*pairs(lang), *swaps(lang)) for text in one.texts)


def test_chinese_pairs_include_traditional_characters_and_cantonese() -> None:
    for kind in PAIR_KINDS:
        notes = " ".join(pair.note for pair in pairs("zh") if pair.kind == kind)
        assert notes.count("yue") >= 3, kind
        assert notes.count("trad") >= 3, kind


class TestScoring:
    def test_a_reader_that_always_answers_alike_passes_swaps_and_no_opposites(self) -> None:
        def stubborn(asked: Any) -> list[Verdict]:
            return [Verdict("positive", (0.0, 0.0, 1.0)) for _ in asked]

        assert all(rate.share == 1 and rate.largest_move == 0 for rate in swap_rates(stubborn))
        opposites = pair_rates(stubborn, lambda pair: pair.labels[0] != pair.labels[1])
        assert all(rate.passed == 0 for rate in opposites)

    def test_a_reader_that_knows_everything_passes_all(self) -> None:
        known = {
            (text, pair.brand): label
            for lang in LANGUAGES
            for pair in pairs(lang)
            for text, label in zip(pair.texts, pair.labels, strict=True)
        }

        def sage(asked: list[Asked]) -> list[Verdict]:
            return [Verdict(known[one.text, one.brand]) for one in asked]

        assert all(rate.share == 1 and rate.texts_right == 2 * rate.n for rate in pair_rates(sage))

    def test_cannot_tell_is_never_right(self) -> None:
        def silent(asked: list[Asked]) -> list[Verdict]:
            return [Verdict(None) for _ in asked]

        assert all(rate.passed == rate.texts_right == 0 for rate in pair_rates(silent))

    def test_the_move_is_the_largest_difference_of_one_label(self) -> None:
        verdicts = [Verdict("a", (0.2, 0.8)), Verdict("a", (0.5, 0.5)), Verdict("a", (0.4, 0.6))]
        assert move(verdicts) == pytest.approx(0.3)
        assert move([Verdict("a"), Verdict("a", (1.0, 0.0))]) is None

    def test_alternatives_of_one_template_are_filled_in_step(self) -> None:
        assert filled("{He|She} and {his|her} dog", {}) == ("He and his dog", "She and her dog")
        assert filled("to {city}", {"city": ["Leeds", "巴黎"]}) == ("to Leeds", "to 巴黎")
        with pytest.raises(KeyError):
            filled("to {nowhere}", {})


def test_a_pair_in_dialect_says_so() -> None:
    pair = Pair("zh", "slang", "x", ("a", "b"), ("positive", "negative"), None, "yue 中伏")
    assert pair.dialect
    assert not Pair("zh", "slang", "x", ("a", "b"), ("positive", "negative"), None, "拔草").dialect
