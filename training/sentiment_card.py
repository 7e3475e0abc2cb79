"""What the card says of sentiment: the terms of its sets, what each was used for, its known faults."""

from __future__ import annotations

from typing import Any

from sentiment_sets import Sets
from settings import Settings

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
