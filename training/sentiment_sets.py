"""Which parts of which sets train, tune and test the sentiment model, with every test text kept out of training."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import sentiment_data as data
from sentiment_data import Part


@dataclass(frozen=True, slots=True)
class Sets:
    """Training parts with their weights (the first one's intercept is the shipped one), tuning part, test parts."""

    train: list[tuple[Part, float]]
    tune: Part
    test: list[Part]


def _apart(train: list[tuple[Part, float]], tune: Part, test: list[Part]) -> Sets:
    """Each text in one place only: tests first, then tuning, then training in the order given."""
    tests = [part.without(set()) for part in test]
    taken = data.keys(tests)
    tune = tune.without(taken)
    taken |= data.keys([tune])
    kept = []
    for part, weight in train:
        clean = part.without(taken)
        taken |= data.keys([clean])
        kept.append((clean, weight))
    return Sets(kept, tune, tests)


def english(folder: Path) -> Sets:
    """English: tweets, with tweets about brands and Reddit-free emotion tweets at a lower weight."""
    train = [
        (data.semeval(folder), 1.0),
        (data.brand_product_emotions(folder), 0.3),
        (data.emotion_tweets(folder), 0.3),
    ]
    test = [data.tweeteval(folder, "test"), data.sanders(folder), data.vader_tweets(folder)]
    return _apart(train, data.tweeteval(folder, "val"), test)


def chinese(folder: Path) -> Sets:
    """Chinese: Weibo posts first, reviews for the words that people use about goods."""
    train = [
        (data.ewect(folder, "usual_eval_labeled"), 2.0),
        (data.ewect(folder, "virus_train"), 2.0),
        (data.shopping(folder, "train"), 0.5),
        (data.covid_weibo(folder), 1.0),
        (data.eprstmt(folder, "train_few_all"), 1.0),
        (data.eprstmt(folder, "dev_few_all"), 1.0),
    ]
    test = [
        data.ewect(folder, "usual_test_labeled"),
        data.ewect(folder, "virus_test_labeled"),
        data.shopping(folder, "test"),
        data.eprstmt(folder, "test_public"),
        data.car_forum(folder),
        data.asap(folder),
    ]
    return _apart(train, data.ewect(folder, "virus_eval_labeled"), test)
