"""What the deep model's card says that is not a measurement: terms, uses, faults, and which figures are taken where."""

from __future__ import annotations

from typing import Any

from samples import INTENTS, Sample
from sentiment_card import TERMS as SENTIMENT_TERMS
from sentiment_card import UNSTATED
from sets import DeepSets
from train import FROZEN, LAYERS

TERMS = {
    **SENTIMENT_TERMS,
    "tweeteval/offensive": SENTIMENT_TERMS["tweeteval/emotion"],
    "goemotions": "Apache-2.0",
    "cold": "Apache-2.0",
    "banking77": "CC BY 4.0",
    "liu_opinion_sets": "CC BY 4.0",
    "semeval2019_task9a": "CC BY-NC-SA 4.0: never trained on",
    "written en": "written for this project, Apache-2.0",
    "written zh": "written for this project, Apache-2.0",
    "collected en": "posts of the sets named above; labels written for this project",
    "collected zh": "posts of the sets named above; labels written for this project",
}

RECALL, F1, ACCURACY, MARKS_F1 = "macro_recall", "macro_f1", "accuracy", "macro_f1"
_SENTIMENT = {"sentiment": (RECALL, ())}
_WEIBO = {"sentiment": (F1, ()), "emotion": (F1, ())}
_REVIEWS = {"sentiment": (ACCURACY, ())}
_WRITTEN = {
    "sentiment": (F1, ()),
    "emotion": (F1, ()),
    "intent": (MARKS_F1, INTENTS),
    "urgency": (F1, ()),
    "urgency_reasons": (MARKS_F1, ("safety", "money", "deadline", "contacted")),
    "flags": (MARKS_F1, ("promotional", "sarcasm", "disclosed")),
}
# By test part: set, split and language, and of each task the measure and, where any number applies, the labels.
MEASURED: dict[str, tuple[tuple[str, str, str], dict[str, tuple[str, tuple[str, ...]]]]] = {
    "tweeteval/sentiment test": (("tweeteval/sentiment", "test", "en"), _SENTIMENT),
    "sanders_twitter all": (("sanders_twitter", "all", "en"), _SENTIMENT),
    "vader_ground_truth tweets": (("vader_ground_truth", "tweets", "en"), _SENTIMENT),
    "tweeteval/emotion test": (("tweeteval/emotion", "test", "en"), {"emotion": (F1, ())}),
    "tweeteval/offensive test": (("tweeteval/offensive", "test", "en"), {"flags": (MARKS_F1, ("offensive",))}),
    "semeval2019_task9a evaluation": (
        ("semeval2019_task9a", "evaluation", "en"), {"intent": (MARKS_F1, ("suggestion",))},
    ),
    "smp2020_ewect emotions usual_test_labeled": (("smp2020_ewect", "usual_test_labeled", "zh"), _WEIBO),
    "smp2020_ewect emotions virus_test_labeled": (("smp2020_ewect", "virus_test_labeled", "zh"), _WEIBO),
    "online_shopping_10_cats test": (("online_shopping_10_cats", "test", "zh"), _REVIEWS),
    "eprstmt test_public": (("eprstmt", "test_public", "zh"), _REVIEWS),
    "bdci2018_car all": (("bdci2018_car", "all", "zh"), _SENTIMENT),
    "asap_sample all": (("asap_sample", "all", "zh"), _REVIEWS),
    "cold test": (("cold", "test", "zh"), {"flags": (MARKS_F1, ("offensive",))}),
    "written en sealed": (("written", "sealed", "en"), _WRITTEN),
    "written zh sealed": (("written", "sealed", "zh"), _WRITTEN),
}  # fmt: skip

# Each also stands in the catalogue `language`, in both languages.
FAULTS = (
    "Texts of the written examples were written by a language model, not collected: figures on them are higher than on real "
    "posts.",
    "Labels that have only written examples behind them (purchase, leaving, urgency, disclosure, sarcasm) may miss how people "
    "really put it.",
    "Collected posts labelled here and written examples were labelled by language models, not by people: what such readers "
    "have in common, the heads have learnt too.",
    "Plain statements in Chinese are still called negative more often than they should be.",
    "Only the first 96 tokens (about 150 Chinese characters or 70 English words) of a post are read closely.",
    "Surprise, fear and disgust are rare in the training data and often missed.",
    "Trained on one seed, for a limited time, on a shared machine: another run differs by about one point.",
    "Some of the collected posts that choose temperatures, shares and thresholds stand in public sets whose own labels were "
    "learned: shares may count the encoder a little too high.",
    "How shares and thresholds are chosen was changed four times with test figures in view: these may flatter a little.",
)


def training(checkpoint: dict[str, Any]) -> dict[str, Any]:
    """How long the model was trained, and on how much."""
    return {
        "layers": LAYERS,
        "frozen_layers": FROZEN,
        "pieces": len(checkpoint["pieces"]),
        "steps": checkpoint["steps"],
        "posts": checkpoint["posts"],
        "minutes": round(checkpoint["seconds"] / 60, 1),
        "earlier": checkpoint["earlier"],
    }


def data(sets: DeepSets, tests: dict[str, list[Sample]]) -> list[dict[str, Any]]:
    """What each part was used for, and under which terms."""
    total = sum(pool.share for pool in sets.train)
    rows = [
        _row(
            pool.set,
            pool.split,
            pool.samples[0].lang,
            "train",
            len(pool.samples),
            f"{100 * pool.share / total:.1f} %",
        )
        for pool in sets.train
    ]
    rows += [_named(name, "tune", samples) for name, samples in sets.tune.items()]
    return rows + [_named(name, "test", tests[name]) for name in MEASURED]


def _named(name: str, use: str, samples: list[Sample]) -> dict[str, Any]:
    set_, _, split = name.rpartition(" ")
    return _row(set_.removesuffix(" emotions"), split, samples[0].lang, use, len(samples))


def _row(set_: str, split: str, lang: str, use: str, posts: int, note: str = "") -> dict[str, Any]:
    terms = TERMS.get(set_, UNSTATED)
    return {
        "set": set_,
        "split": split,
        "lang": lang,
        "use": use,
        "posts": posts,
        "terms": terms,
        "note": note,
    }
