"""How well signatures tell copies: `python training/near_duplicates/measure.py [--choose]`.

Recall is over copies that a seeded script makes of the written examples; false copies are counted among all pairs of
different examples, most of them written for the same few topics. Without options the sealed third is measured;
`--choose` compares lengths of a shingle and thresholds on the other two thirds.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1] / "written"))

from copies import copies
from examples import LANGUAGES, examples

from outlisten.language.near_duplicates import NEAR, signatures
from outlisten.language.near_duplicates.comparing import distance
from outlisten.language.near_duplicates.signing import SHINGLE, U64

SEED = 20261201
LENGTHS = ((1, 20), (20, 60), (60, 10_000))


def texts_of(lang: str, *, sealed: bool) -> list[str]:
    """The written examples of a language, each text once."""
    return list(dict.fromkeys(e.text for e in examples(lang) if e.sealed == sealed))


def found(pairs: list[tuple[str, str]], shingle: int) -> np.ndarray:
    """The distance of each pair."""
    return distance(signatures([a for a, _ in pairs], shingle), signatures([b for _, b in pairs], shingle))


def false_pairs(marks: U64, near: int) -> list[tuple[int, int]]:
    """The pairs of different texts within `near` bits."""
    pairs = []
    for at, mark in enumerate(marks):
        pairs += [
            (at, at + 1 + int(other)) for other in np.flatnonzero(distance(marks[at + 1 :], mark) <= near)
        ]
    return pairs


def measured(lang: str, *, sealed: bool, shingle: int = SHINGLE, near: int = NEAR) -> dict[str, object]:
    """Recall for each kind of copy and length of text, and how many pairs of different texts were called copies."""
    texts = texts_of(lang, sealed=sealed)
    recall: dict[str, dict[str, float]] = {}
    hits = tried = 0
    for kind, pairs in copies(texts, lang, SEED).items():
        near_enough = found(pairs, shingle) <= near
        sizes = np.array([len(text) for text in texts])
        recall[kind] = {"all": round(float(near_enough.mean()), 3)}
        for low, high in LENGTHS:
            inside = (sizes >= low) & (sizes < high)
            recall[kind][f"{low}-{high}"] = (
                round(float(near_enough[inside].mean()), 3) if inside.any() else None
            )
        hits, tried = hits + int(near_enough.sum()), tried + len(pairs)
    wrong = false_pairs(signatures(texts, shingle), near)
    return {
        "lang": lang, "texts": len(texts), "recall": recall, "recall_all": round(hits / tried, 3),
        "precision": round(hits / max(1, hits + len(wrong)), 4), "false_pairs": len(wrong),
        "pairs": len(texts) * (len(texts) - 1) // 2, "examples": [(texts[a], texts[b]) for a, b in wrong[:5]],
    }  # fmt: skip


def main() -> None:
    """Print what was measured as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--choose", action="store_true", help="compare settings on the examples not sealed")
    choose = parser.parse_args().choose
    for lang in LANGUAGES:
        if not choose:
            print(json.dumps(measured(lang, sealed=True), ensure_ascii=False, indent=1))
            continue
        for shingle in (2, 3, 4, 5):
            for near in (6, 8, 10, 12, 14):
                one = measured(lang, sealed=False, shingle=shingle, near=near)
                print(shingle, near, *(one[k] for k in ("lang", "recall_all", "false_pairs")))


if __name__ == "__main__":
    main()
