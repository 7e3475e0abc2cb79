"""Trains the shipped sentiment model and writes its weights and card: `python training/train_sentiment.py --data DIR`.

DIR is the reference data folder. Same data, same numbers: there is no randomness in the fit, and the bootstrap of the
card is seeded. Takes about three minutes on one core and 3 GB.
"""

from __future__ import annotations

import argparse
import json
import os
from hashlib import sha256
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np
from linear import calibrate, features, fit, inverse_document_frequency, rows_of, scaled
from sentiment_card import card
from sentiment_sets import Sets, english, chinese
from sentiment_data import texts

from outlisten.language.card import FOLDER
from outlisten.language.features import Recipe
from outlisten.language.heads import Head, pack

LABELS = ("negative", "neutral", "positive")
RECIPES = {
    "en": Recipe(bits=18, characters=(2, 3, 4), words=(1, 2)),
    "zh": Recipe(bits=18, characters=(1, 2, 3, 4), words=()),
}
STRENGTH = {"en": 1.0, "zh": 0.5}
ITERATIONS = 80


def train(lang: str, sets: Sets) -> bytes:
    """The packed head of a language: fitted on its training parts, calibrated on its tuning part."""
    recipe = RECIPES[lang]
    rows = rows_of(sets.train, recipe)
    idf = inverse_document_frequency(rows.features)
    weights, intercepts = fit(rows, idf, STRENGTH[lang], ITERATIONS)
    # Only differences between labels matter: centring uses the 8 bits better.
    weights -= weights.mean(axis=1, keepdims=True)
    tune = scaled(features(texts(sets.tune), recipe), idf) @ weights + intercepts[0]
    scale, bias = calibrate(tune, np.array([label for _, label in sets.tune.rows]))
    empty = np.zeros((0, 0), np.float32)
    head = Head(LABELS, recipe, empty, (intercepts[0] * scale + bias).astype(np.float32))
    return pack(head, weights, idf, scale)


def main() -> None:
    """Train both languages, measure them, write weights and card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the reference data folder")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where weights and card are written")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sets = {"en": english(options.data), "zh": chinese(options.data)}
    heads = {lang: train(lang, found) for lang, found in sets.items()}
    for lang, content in heads.items():
        (options.out / f"{lang}.npz").write_bytes(content)
    files = {f"{lang}.npz": sha256(content).hexdigest() for lang, content in heads.items()}
    written = card(sets, heads, LABELS, files)
    (options.out / "card.json").write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
