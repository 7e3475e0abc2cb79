"""Writes the model card: what each part was used for, and every figure measured on parts that were not
trained on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from sentiment_data import Part, texts
from sentiment_sets import Sets
from settings import Settings

from outlisten.language.card import Trial
from outlisten.language.features import grams
from outlisten.language.heads import Head, unpack
from outlisten.language.measures import MEASURES, calibration_error, confusion, measured
from outlisten.language.normalisation import fold

ID, VERSION = "sentiment-ngrams", "1.1.0"

TWITTER = (
    "offered for training and evaluation by the task's organisers; platform terms; texts not redistributed"
)
UNSTATED = "no licence stated; used for training or evaluation only, texts not redistributed"
TERMS = {
    "semeval2017_task4a": TWITTER,
    "tweeteval/sentiment": TWITTER,
    "tweeteval/emotion": TWITTER,
    "vader_ground_truth": "MIT",
    "asap_sample": "Apache-2.0",
}

# Adjusted counts need error rates of general posts with all three labels, so not of reviews.
RATES_FROM = {"en": "tweeteval/sentiment test", "zh": "smp2020_ewect usual_test_labeled"}

# Each also stands in the catalogue `language`, in both languages.
FAULTS = (
    "Sarcasm, irony, understatement and double negation are read by their words.",
    "Plain statements in Chinese, as in forums about goods, are often called negative or positive.",
    "Slang newer than the training data (2011 to 2020) is unknown.",
    "The tone is that of the post, not towards a brand: praise of a competitor counts as positive.",
    "Only the first 2,000 characters of a post are read.",
    "Weibo posts labelled with surprise are left out: it is neither good nor bad by itself.",
    "Probabilities are calibrated with every label weighing the same: a rare label's is too high.",
    "The English word ratings and the vader_ground_truth tweets have the same authors: no unseen test.",
    "Traditional Chinese and Cantonese are read by a model trained on Simplified Mandarin.",
    "Settings are chosen on development posts, but version 1.0 was compared with the tests: which settings are worth trying "
    "was learnt there.",
)


def card(
    sets: dict[str, Sets],
    heads: dict[str, bytes],
    labels: Sequence[str],
    files: dict[str, str],
    settings: dict[str, Settings],
    trials: Sequence[Trial],
) -> dict[str, Any]:
    """The card as JSON; figures come from the packed weights, exactly as they will be loaded."""
    evaluations = []
    for lang, found in sets.items():
        head = unpack(heads[lang])
        evaluations += [evaluation(head, part) for part in [found.tune, *found.test]]
    return {
        "id": ID,
        "version": VERSION,
        "labels": list(labels),
        "languages": list(sets),
        "rates_from": RATES_FROM,
        "files": files,
        "data": [row for lang, found in sets.items() for row in data_rows(found, settings[lang])],
        "trials": [asdict(trial) for trial in trials],
        "evaluations": evaluations,
        "faults": list(FAULTS),
    }


def data_rows(sets: Sets, settings: Settings) -> list[dict[str, Any]]:
    """Each part with what it was used for; parts of weight 0 were not."""
    factors = settings.weights
    uses = [(part, "train", f"weight {factors[role]:g}") for part, role in sets.train if factors[role]]
    uses += [
        (part, "train", f"weight {factors[role]:g}, as posts that are not neutral")
        for part, role in sets.stance
        if factors[role]
    ]
    uses += [(sets.tune, "calibrate", "settings were chosen on it too")] + [
        (part, "test", "") for part in sets.test
    ]
    return [
        {
            "set": part.set,
            "split": part.split,
            "lang": part.lang,
            "use": use,
            "posts": len(part.rows),
            "terms": TERMS.get(part.set, UNSTATED),
            "note": ", ".join(filter(None, (note, "negative and positive only" if part.two_class else ""))),
        }
        for part, use, note in uses
    ]


def evaluation(head: Head, part: Part) -> dict[str, Any]:
    """The figures of one part. Where the set knows no neutral, also the accuracy when neutral may not be
    answered.
    """
    chances = np.vstack(
        [head.probabilities(grams(fold(batch), head.recipe)) for batch in _batches(texts(part))]
    )
    truth = [head.labels[label] for _, label in part.rows]
    predicted = [head.labels[at] for at in chances.argmax(axis=1)]
    counts = confusion(truth, predicted, head.labels)
    measures = {name: measured(counts, measure) for name, measure in MEASURES.items()}
    if part.two_class:
        forced = [head.labels[0 if row[0] > row[2] else 2] for row in chances]
        measures = {"accuracy": measures["accuracy"]}
        measures["two_class_accuracy"] = measured(confusion(truth, forced, head.labels), MEASURES["accuracy"])
    right = [a == b for a, b in zip(truth, predicted, strict=True)]
    return {
        "set": part.set,
        "split": part.split,
        "lang": part.lang,
        "confusion": np.column_stack((counts.cells, counts.unread)).tolist(),
        "measures": {name: [round(value, 4) for value in interval] for name, interval in measures.items()},
        "calibration_error": round(calibration_error(right, chances.max(axis=1).tolist()), 4),
    }


def _batches(rows: list[str], size: int = 5_000) -> list[list[str]]:
    return [rows[start : start + size] for start in range(0, len(rows), size)]
