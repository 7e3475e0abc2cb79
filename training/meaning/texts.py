"""Unlabelled posts for the vocabulary and the static vectors: training parts of public sets, labels thrown away.

Nothing of banking77 and clinc150, on which clusters are measured, of any test split, or of a sealed example.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from random import Random

import paths  # noqa: F401 - finds the modules below
from examples import examples
from sentiment_data import ewect, lines, semeval, shopping, text_key

SEED = 20261201
UNSTATED = "no licence stated; used for training only, texts not redistributed"
PLATFORM = "platform terms; texts not redistributed"


def covid(data: Path) -> list[str]:
    """Weibo posts of 22 days, 2,000 of each."""
    found = []
    for path in sorted((data / "covid19_weibo" / "unlabelled").glob("*.csv*")):
        rows = csv.DictReader(io.StringIO("\n".join(lines(path, "gb18030"))))
        found += _some([row["text"] or "" for row in rows], 2_000)
    return found


def emoji_tweets(data: Path) -> list[str]:
    """Tweets that held an emoji, without it."""
    return lines(data / "tweeteval" / "emoji_text_only" / "train_text.txt.gz")


def goemotions(data: Path) -> list[str]:
    """Reddit comments of the training part."""
    return [line.split("\t")[0] for line in lines(data / "goemotions" / "train.tsv.gz")]


def cfpb(data: Path) -> list[str]:
    """The first two sentences of complaints to the US consumer bureau."""
    path = data / "cfpb_complaints" / "product_narrative_only.csv.gz"
    raw = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
    narratives = [row[-1] for row in csv.reader(io.StringIO(raw)) if row]
    return [".".join(text.replace("XXXX", "").split(".")[:2])[:200] for text in narratives]


def care(data: Path) -> list[str]:
    """What customers and companies wrote to each other on Twitter."""
    talks = json.loads((data / "ibm_twitter_care" / "dev.json").read_text(encoding="utf-8"))
    return list(_strings(talks))


def phones(data: Path) -> list[str]:
    """Chinese reviews of telephones."""
    rows = csv.reader(io.StringIO("\n".join(lines(data / "jd_phone_reviews" / "tmp_test_data.csv.gz"))))
    return [row[1] for row in rows if len(row) > 1]


def written(lang: str) -> list[str]:
    """The written examples that are not sealed."""
    return [one.text for one in examples(lang) if not one.sealed]


# Name, language, terms, how many posts for the static vectors, and where the texts come from.
Source = tuple[str, str, str, int, Callable[[Path], list[str]]]
SOURCES: tuple[Source, ...] = (
    ("covid19_weibo/unlabelled", "zh", UNSTATED, 250, covid),
    ("online_shopping_10_cats train", "zh", UNSTATED, 300, lambda d: _texts(shopping(d, "train").rows)),
    ("smp2020_ewect virus_train", "zh", UNSTATED, 150, lambda d: _texts(ewect(d, "virus_train").rows)),
    ("jd_phone_reviews", "zh", UNSTATED, 150, phones),
    ("written examples, not sealed", "zh", "Apache-2.0, written for the models", 700, lambda d: written("zh")),
    ("tweeteval/emoji_text_only train", "en", PLATFORM, 150, emoji_tweets),
    ("semeval2017_task4a", "en", PLATFORM, 200, lambda d: _texts(semeval(d).rows)),
    ("goemotions train", "en", "Apache-2.0", 250, goemotions),
    ("cfpb_complaints", "en", "public domain (CC0)", 300, cfpb),
    ("ibm_twitter_care", "en", "Apache-2.0; platform terms", 250, care),
    ("written examples, not sealed", "en", "Apache-2.0, written for the models", 700, lambda d: written("en")),
)  # fmt: skip


def all_texts(data: Path) -> list[str]:
    """Every unlabelled text, each once: what decides which pieces are kept."""
    return _once(text for *_, read in SOURCES for text in read(data))


def chosen_texts(data: Path) -> list[str]:
    """A seeded choice of short posts, each once, mixed: as many of each source as SOURCES says."""
    found = []
    for *_, number, read in SOURCES:
        short = [text for text in _once(read(data)) if 4 <= len(text) <= 160]
        found += _some(short, number)
    mixed = _once(found)
    Random(SEED).shuffle(mixed)
    return mixed


def _texts(rows: Iterable[tuple[str, int]]) -> list[str]:
    return [text for text, _ in rows]


def _some(texts: list[str], number: int) -> list[str]:
    return Random(SEED).sample(texts, min(number, len(texts)))


def _once(texts: Iterable[str]) -> list[str]:
    """Each text once, in order, without the empty ones."""
    return [text for text in {text_key(text): text for text in texts}.values() if text.strip()]


def _strings(talk: object) -> Iterable[str]:
    """Every sentence somewhere in a nest of conversations."""
    if isinstance(talk, str):
        if " " in talk:
            yield talk
    elif isinstance(talk, dict | list):
        for part in talk.values() if isinstance(talk, dict) else talk:
            yield from _strings(part)
