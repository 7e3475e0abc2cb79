"""Which samples train and which tune the deep model, with every test text kept out of both."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import sentiment_sets
import sources
from collected.posts import ASKED
from exchanged_names import other_names
from samples import Pool, Sample
from sentiment_data import text_key

OTHER_NAMES = 0.05  # share of each language's posts with exchanged names


@dataclass(frozen=True, slots=True)
class DeepSets:
    """Pools to train from, and parts by name to tune on."""

    train: list[Pool]
    tune: dict[str, list[Sample]]


def held_out(folder: Path) -> dict[str, list[Sample]]:
    """The test parts, by name: never trained on, never tuned on."""
    parts = [*sentiment_sets.english(folder).test, *sentiment_sets.chinese(folder).test]
    found = {f"{part.set} {part.split}": list(sources.toned(part)) for part in parts}
    found["tweeteval/emotion test"] = list(sources.tweet_emotions(folder, "test"))
    for name in ("usual_test_labeled", "virus_test_labeled"):
        found[f"smp2020_ewect emotions {name}"] = list(sources.weibo_emotions(folder, name))
    found["tweeteval/offensive test"] = list(sources.offensive(folder, "test"))
    found["cold test"] = list(sources.cold(folder, "test"))
    found["semeval2019_task9a evaluation"] = list(sources.suggestions(folder))
    found["goemotions test"] = list(sources.go_emotions(folder, "test", 10_000))
    found["banking77 test"] = list(sources.banking(folder, "test"))
    for lang in ("en", "zh"):
        found[f"written {lang} sealed"] = list(sources.written(lang, sealed=True))
    return found


def deep_sets(folder: Path) -> DeepSets:
    """Training pools and tuning parts; a text stands in one place only, tests first, then tuning."""
    taken = {text_key(sample.text) for part in held_out(folder).values() for sample in part}
    english, chinese = sentiment_sets.english(folder), sentiment_sets.chinese(folder)
    tune = {
        "tweeteval/sentiment val": list(sources.toned(english.tune)),
        "tweeteval/emotion val": list(sources.tweet_emotions(folder, "val")),
        "smp2020_ewect virus_eval_labeled": list(sources.weibo_emotions(folder, "virus_eval_labeled")),
        "tweeteval/offensive val": list(sources.offensive(folder, "val")),
        "cold dev": list(sources.cold(folder, "dev"))[:1_500],
    }
    for lang in ("en", "zh"):
        tune[f"written {lang} tuning"] = list(sources.written_tuning(lang))
        collected = list(filter(sources.tuning, sources.collected(folder, lang)))
        tune[f"collected {lang} tuning"] = collected[::ASKED]
    toned = {f"{part.set} {part.split}": part for part, _ in (*english.train, *chinese.train)}
    reviews = toned["online_shopping_10_cats train"]
    tune["online_shopping_10_cats tuning"] = list(sources.toned(reviews))[::50]
    tune = {name: _apart(samples, taken) for name, samples in tune.items()}
    for lang in ("en", "zh"):  # the fast tier's fifths stay out of training whole
        _apart(filter(sources.tuning, sources.collected(folder, lang)), taken)
        _apart(filter(sources.tuning, sources.written(lang, sealed=False)), taken)
    pools = [
        ("semeval2017_task4a", "train", sources.toned(toned["semeval2017_task4a train"]), 0.22),
        ("brand_product_emotions", "all", sources.toned(toned["brand_product_emotions all"]), 0.03),
        ("tweeteval/emotion", "train", sources.tweet_emotions(folder, "train"), 0.08),
        ("goemotions", "train", sources.go_emotions(folder, "train"), 0.03),
        ("banking77", "train", sources.banking(folder, "train"), 0.01),
        ("liu_opinion_sets", "comparative sentences", sources.comparisons(folder), 0.012),
        ("tweeteval/offensive", "train", sources.offensive(folder, "train"), 0.015),
        ("youtube_spam", "all", sources.youtube_spam(folder), 0.01),
        ("smp2020_ewect", "usual_eval_labeled", sources.weibo_emotions(folder, "usual_eval_labeled"), 0.075),
        ("smp2020_ewect", "virus_train", sources.weibo_emotions(folder, "virus_train"), 0.09),
        ("covid19_weibo", "labelled", sources.covid_emotions(folder), 0.05),
        ("online_shopping_10_cats", "train", sources.toned(reviews), 0.11),
        ("eprstmt", "train_few_all", sources.toned(toned["eprstmt train_few_all"]), 0.003),
        ("eprstmt", "dev_few_all", sources.toned(toned["eprstmt dev_few_all"]), 0.003),
        ("cold", "train", sources.cold(folder, "train"), 0.015),
    ]
    for lang in ("en", "zh"):
        pools = [
            (f"collected {lang}", "labelled here", sources.collected(folder, lang), 0.17),
            (f"written {lang}", "unsealed", sources.written(lang, sealed=False), 0.07),
            (f"written {lang}", "second edition", sources.written_later(lang), 0.05),
            *pools,
        ]
    train = [Pool(set_, split, tuple(_apart(samples, taken)), share) for set_, split, samples, share in pools]
    return DeepSets([*train, *_under_other_names(train, taken)], tune)


def _under_other_names(pools: list[Pool], taken: set[str]) -> list[Pool]:
    """Posts that say a sentiment, once more with other names."""
    toned = [sample for pool in pools for sample in pool.samples if "sentiment" in sample.chosen]
    return [
        Pool("names exchanged", lang, tuple(_apart(_exchanged(toned, lang), taken)), OTHER_NAMES)
        for lang in ("en", "zh")
    ]


def _exchanged(samples: list[Sample], lang: str) -> Iterator[Sample]:
    """Of every post of a language that names somebody or something known, a copy with other names."""
    chance = random.Random(1)
    for sample in samples:
        if sample.lang == lang and (text := other_names(sample.text, lang, chance)) != sample.text:
            yield replace(sample, text=text)


def _apart(samples: Iterable[Sample], taken: set[str]) -> list[Sample]:
    """The samples whose text was not taken before; takes them."""
    kept = []
    for sample in samples:
        if (key := text_key(sample.text)) and key not in taken:
            taken.add(key)
            kept.append(sample)
    return kept
