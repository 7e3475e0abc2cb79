"""Trains the shipped sentiment model: `python training/train_sentiment.py --data DIR`.

DIR is the reference data folder. The settings are those that `select_settings.py` chose. Writes the weights
and the card into the package, and the card's page into the documentation. Same data, same numbers: nothing in
the fit is random and the card's bootstrap is seeded.
Takes about four minutes on one core and 3 GB.
"""

from __future__ import annotations

import argparse
import json
import os
from hashlib import sha256
from pathlib import Path

# Before numpy is imported: one thread gives the same sums on every machine.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from card_page import write as write_pages
from linear import calibrate, features, rows_of
from sentiment_card import card
from sentiment_data import NAMES, texts
from sentiment_fit import fitted
from sentiment_sets import Sets, chinese, english
from settings import ITERATIONS, Settings, load

from outlisten.language.card import FOLDER, load_card
from outlisten.language.heads import Head, pack

LABELS = tuple(NAMES)


def train(settings: Settings, sets: Sets) -> bytes:
    """The packed head of a language: fitted on its training parts, calibrated on its tuning part."""
    model = fitted(rows_of(sets, settings.recipe), settings, ITERATIONS)
    tune = model.logits(features(texts(sets.tune), settings.recipe))
    scale, bias = calibrate(tune, np.array([label for _, label in sets.tune.rows]))
    table = np.zeros((0, 0), np.float32)
    intercept = (model.intercept * scale + bias).astype(np.float32)
    head = Head(LABELS, settings.recipe, table, intercept, settings.smoothing)
    return pack(head, model.weights, model.idf, scale)


def main() -> None:
    """Train both languages, measure them, write weights and card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the reference data folder")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where weights and card are written")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sets = {"en": english(options.data), "zh": chinese(options.data)}
    settings, trials = load()
    heads = {lang: train(settings[lang], found) for lang, found in sets.items()}
    for lang, content in heads.items():
        (options.out / f"{lang}.npz").write_bytes(content)
    files = {f"{lang}.npz": sha256(content).hexdigest() for lang, content in heads.items()}
    written = card(sets, heads, LABELS, files, settings, trials)
    (options.out / "card.json").write_text(
        json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    if options.out == FOLDER:
        write_pages(load_card(FOLDER))


if __name__ == "__main__":
    main()
