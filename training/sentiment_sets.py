"""Which parts of which sets train, tune and test the sentiment model, with every test text kept out of
training.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sentiment_data as data
from sentiment_data import Part


@dataclass(frozen=True, slots=True)
class Sets:
    """Parts by use: to train (the first one's intercept ships), to tune, to test.

    Training parts have a role, for which `settings` has a weight. The `stance` parts are reviews once more,
    as posts that are not neutral, at a weight of their own.
    """

    train: list[tuple[Part, str]]
    tune: Part
    test: list[Part]
    stance: list[tuple[Part, str]]


def english(folder: Path) -> Sets:
    """English: tweets, with tweets about brands and about emotions as others."""
    train = [
        (data.semeval(folder), "posts"),
        (data.brand_product_emotions(folder), "others"),
        (data.emotion_tweets(folder), "others"),
    ]
    test = [data.tweeteval(folder, "test"), data.sanders(folder), data.vader_tweets(folder)]
    return _apart(train, data.tweeteval(folder, "val"), test)


def chinese(folder: Path) -> Sets:
    """Chinese: Weibo posts first, reviews for the words that people use about goods."""
    train = [
        (data.ewect(folder, "usual_eval_labeled"), "posts"),
        (data.ewect(folder, "virus_train"), "posts"),
        (data.shopping(folder, "train"), "reviews"),
        (data.covid_weibo(folder), "others"),
        (data.eprstmt(folder, "train_few_all"), "others"),
        (data.eprstmt(folder, "dev_few_all"), "others"),
    ]
    test = [
        data.ewect(folder, "usual_test_labeled"),
        data.ewect(folder, "virus_test_labeled"),
        data.shopping(folder, "test"),
        data.eprstmt(folder, "test_public"),
        data.car_forum(folder),
        data.asap(folder),
    ]
    tune = data.ewect(folder, "virus_eval_labeled")
    return _apart(train, tune, test)


def _apart(train: list[tuple[Part, str]], tune: Part, test: list[Part]) -> Sets:
    """Each text in one place only: tests first, then tuning, then training in the order given."""
    tests = [part.without(set()) for part in test]
    taken = data.keys(tests)
    tune = tune.without(taken)
    taken |= data.keys([tune])
    kept = []
    for part, role in train:
        clean = part.without(taken)
        taken |= data.keys([clean])
        kept.append((clean, role))
    return Sets(kept, tune, tests, [(part, "stance") for part, role in kept if role == "reviews"])
