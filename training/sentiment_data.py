"""The labelled sets for sentiment, read from the reference data folder, with copies removed before any split.

Labels are 0 negative, 1 neutral, 2 positive. Each set keeps its name and split, so that the model card can
list what was trained on and what was only tested on. Splits of sets without a standard one are by a hash of
the folded text: the same text can never be on both sides.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from outlisten.language.normalisation import ADDRESS, MENTION, fold_joined

NEGATIVE, NEUTRAL, POSITIVE = 0, 1, 2
NAMES = {"negative": NEGATIVE, "neutral": NEUTRAL, "positive": POSITIVE}

# Surprise is neither good nor bad news by itself: it is left out of training and of the folded test figures.
EWECT = {"angry": NEGATIVE, "sad": NEGATIVE, "fear": NEGATIVE, "neutral": NEUTRAL, "happy": POSITIVE}
COVID = {"0": NEGATIVE, "1": NEGATIVE, "2": POSITIVE, "4": POSITIVE, "5": NEGATIVE, "6": NEGATIVE}

Row = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of one set: texts and labels; `two_class` where the set knows no neutral."""

    set: str
    split: str
    lang: str
    rows: tuple[Row, ...]
    two_class: bool = False

    def without(self, keys: AbstractSet[str]) -> Part:
        """The rows whose text is none of these, each text once."""
        seen = set(keys)
        kept = []
        for text, label in self.rows:
            if (key := text_key(text)) not in seen:
                seen.add(key)
                kept.append((text, label))
        return Part(self.set, self.split, self.lang, tuple(kept), self.two_class)


def text_key(text: str) -> str:
    """What makes two texts the same: folded as the model sees them, less spaces, addresses, mentions."""
    folded = fold_joined(text)
    return re.sub(rf"\s|{ADDRESS}|{MENTION}", "", folded)


def keys(parts: Iterable[Part]) -> set[str]:
    """The text keys of some parts."""
    return {text_key(text) for part in parts for text, _ in part.rows}


def fraction(text: str) -> float:
    """A number from 0 to 1 that depends on the text alone, for splits that never move a text."""
    digest = blake2b(text_key(text).encode("utf-8", "replace"), digest_size=6).digest()
    return int.from_bytes(digest) / float(1 << 48)


def lines(path: Path, encoding: str = "utf-8") -> list[str]:
    """The lines of a file, plain or gzip, without their ends."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return raw.decode(encoding, "replace").replace("\r\n", "\n").rstrip("\n").split("\n")


# English ------------------------------------------------------------------------------------------


def tweeteval(data: Path, split: str) -> Part:
    """TweetEval sentiment: the SemEval-2017 task 4A validation or test tweets in their published split."""
    folder = data / "tweeteval" / "sentiment"
    texts = lines(next(folder.glob(f"{split}_text.txt*")))
    labels = [int(line) for line in lines(folder / f"{split}_labels.txt")]
    return Part("tweeteval/sentiment", split, "en", tuple(zip(texts, labels, strict=True)))


def semeval(data: Path) -> Part:
    """The tweets of SemEval 2013 to 2016, task A."""
    rows: list[Row] = []
    for path in sorted((data / "semeval2017_task4a").glob("twitter-*-A.txt*")):
        for line in lines(path):
            cells = line.split("\t")
            if len(cells) >= 3 and cells[1] in NAMES:
                rows.append((_unescaped(cells[2]), NAMES[cells[1]]))
    return Part("semeval2017_task4a", "train", "en", tuple(rows))


def _unescaped(text: str) -> str:
    """The files write some characters as \\u2019 and quotes doubled."""
    text = re.sub(r"\\u([0-9a-fA-F]{4})", lambda m: chr(int(m[1], 16)), text)
    return text.strip('"').replace('""', '"').replace("\\n", " ").replace('\\"', '"')


def sanders(data: Path) -> Part:
    """Tweets about four companies (2011): kept for tests, never trained on."""
    text = "\n".join(lines(data / "sanders_twitter" / "full-corpus.csv"))
    rows = [
        (r["TweetText"], NAMES[r["Sentiment"]])
        for r in csv.DictReader(io.StringIO(text))
        if r["Sentiment"] in NAMES
    ]
    return Part("sanders_twitter", "all", "en", tuple(rows))


def vader_tweets(data: Path) -> Part:
    """Tweets with the mean rating of 20 people; beyond ±0.5 counts as negative or positive, between as
    neutral.
    """
    rows = []
    for line in lines(data / "vader_ground_truth" / "tweets_GroundTruth.txt"):
        _, rating, text = line.split("\t", 2)
        score = float(rating)
        rows.append((text, POSITIVE if score > 0.5 else NEGATIVE if score < -0.5 else NEUTRAL))
    return Part("vader_ground_truth", "tweets", "en", tuple(rows))


BRAND = {
    "Negative emotion": NEGATIVE,
    "No emotion toward brand or product": NEUTRAL,
    "Positive emotion": POSITIVE,
}


def brand_product_emotions(data: Path) -> Part:
    """Tweets about brands at one conference in 2011, with the emotion towards the brand."""
    path = data / "brand_product_emotions" / "judge-1377884607_tweet_product_company.csv.gz"
    table = csv.DictReader(io.StringIO("\n".join(lines(path, "latin-1"))))
    found = ((r["tweet_text"], r["is_there_an_emotion_directed_at_a_brand_or_product"]) for r in table)
    rows = tuple((text, BRAND[emotion]) for text, emotion in found if emotion in BRAND)
    return Part("brand_product_emotions", "all", "en", rows)


def emotion_tweets(data: Path) -> Part:
    """TweetEval emotion, its training and validation tweets: anger and sadness against joy and optimism."""
    polarity = {"0": NEGATIVE, "1": POSITIVE, "2": POSITIVE, "3": NEGATIVE}
    rows: list[Row] = []
    for split in ("train", "val"):
        folder = data / "tweeteval" / "emotion"
        labels = [polarity[line] for line in lines(folder / f"{split}_labels.txt")]
        rows += zip(lines(folder / f"{split}_text.txt"), labels, strict=True)
    return Part("tweeteval/emotion", "train and val", "en", tuple(rows), two_class=True)


# Chinese ------------------------------------------------------------------------------------------


def ewect(data: Path, name: str) -> Part:
    """Weibo posts of SMP2020-EWECT, six emotions folded to three; `name` is a file's stem, such as
    usual_test_labeled.
    """
    path = next((data / "smp2020_ewect").glob(f"{name}.txt*"))
    rows = [
        (r["content"], EWECT[r["label"]]) for r in json.loads("\n".join(lines(path))) if r["label"] in EWECT
    ]
    return Part("smp2020_ewect", name, "zh", tuple(rows))


def covid_weibo(data: Path) -> Part:
    """Weibo posts with seven feelings folded to negative and positive; a text with two polarities is left
    out.
    """
    text = "\n".join(lines(data / "covid19_weibo" / "labeledData.csv.gz", "utf-8-sig"))
    found: dict[str, set[int]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["label"] in COVID:
            found.setdefault(row["review"], set()).add(COVID[row["label"]])
    rows = tuple((text, labels.pop()) for text, labels in found.items() if len(labels) == 1)
    return Part("covid19_weibo", "labelled", "zh", rows, two_class=True)


def shopping(data: Path, split: str, test_share: float = 0.15) -> Part:
    """Reviews of ten kinds of goods; `test` is the texts whose hash falls in the first `test_share`."""
    archive = data / "online_shopping_10_cats" / "online_shopping_10_cats.zip"
    with zipfile.ZipFile(archive) as box:
        text = box.read("online_shopping_10_cats.csv").decode("utf-8-sig")
    rows = (
        (r["review"], POSITIVE if r["label"] == "1" else NEGATIVE)
        for r in csv.DictReader(io.StringIO(text))
        if r["review"].strip()
    )
    kept = tuple(row for row in rows if (fraction(row[0]) < test_share) == (split == "test"))
    return Part("online_shopping_10_cats", split, "zh", kept, two_class=True)


def eprstmt(data: Path, name: str) -> Part:
    """Short shop reviews; `name` is train_few_all, dev_few_all or test_public."""
    rows = []
    for line in lines(data / "eprstmt" / f"{name}.json"):
        row = json.loads(line)
        rows.append((row["sentence"], NAMES[row["label"].lower()]))
    return Part("eprstmt", name, "zh", tuple(rows), two_class=True)


def weibo_senti(data: Path) -> Part:
    """Weibo posts labelled by their own bracketed emoticons, which are removed here: they would be the
    answer.
    """
    text = "\n".join(lines(data / "weibo_senti_100k_part" / "weibo_senti_100k.csv", "utf-8-sig"))
    rows = []
    for row in csv.DictReader(io.StringIO(text)):
        if bare := re.sub(r"\[[^\[\]\s]{1,8}\]", "", row["review"]).strip():
            rows.append((bare, POSITIVE if row["label"] == "1" else NEGATIVE))
    return Part("weibo_senti_100k_part", "without emoticons", "zh", tuple(rows), two_class=True)


def car_forum(data: Path) -> Part:
    """Car forum posts with one opinion value (several values in a post: left out). Kept for tests, never
    trained on.
    """
    text = "\n".join(lines(data / "bdci2018_car" / "train.csv.gz", "utf-8-sig"))
    found: dict[str, set[int]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        found.setdefault(row["content"], set()).add(int(row["sentiment_value"]) + 1)
    rows = tuple((text, labels.pop()) for text, labels in found.items() if len(labels) == 1)
    return Part("bdci2018_car", "all", "zh", rows)


def asap(data: Path) -> Part:
    """Restaurant reviews with stars: one and two are negative, four and five positive, three is left out."""
    rows = []
    for path in sorted((data / "asap_sample").glob("*_sample.csv")):
        with path.open(encoding="utf-8-sig", newline="") as source:
            for row in csv.DictReader(source):
                if (stars := float(row["star"])) != 3:
                    rows.append((row["reviewbody"], POSITIVE if stars > 3 else NEGATIVE))
    return Part("asap_sample", "all", "zh", tuple(rows), two_class=True)


def texts(part: Part) -> list[str]:
    """The texts of a part."""
    return [text for text, _ in part.rows]
