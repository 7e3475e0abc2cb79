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
    """Parts by use: to train with a weight each (the first one's intercept ships), to tune, to test.

    `stance` parts, reviews, are trained on once more at a small weight as posts that are not neutral:
    without them an eighth of plain praise and complaint about goods is called neutral.
    """

    train: list[tuple[Part, float]]
    tune: Part
    test: list[Part]
    stance: list[tuple[Part, float]]


def english(folder: Path) -> Sets:
    """English: tweets, with tweets about brands and about emotions at a lower weight."""
    train = [
        (data.semeval(folder), 1.0),
        (data.brand_product_emotions(folder), 0.3),
        (data.emotion_tweets(folder), 0.3),
    ]
    test = [data.tweeteval(folder, "test"), data.sanders(folder), data.vader_tweets(folder)]
    return _apart(train, data.tweeteval(folder, "val"), test, [])


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
    tune = data.ewect(folder, "virus_eval_labeled")
    return _apart(train, tune, test, [("online_shopping_10_cats", 0.2)])


def _apart(
    train: list[tuple[Part, float]], tune: Part, test: list[Part], stance: list[tuple[str, float]]
) -> Sets:
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
    again = [(part, weight) for name, weight in stance for part, _ in kept if part.set == name]
    return Sets(kept, tune, tests, again)
