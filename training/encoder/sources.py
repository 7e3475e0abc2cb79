"""The sets as samples: which labels each of them gives, in the product's own words."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import sentiment_data as data
from collected.posts import TUNED, labelled_posts
from samples import EMOTIONS, FLAGS, INTENTS, REASONS, SENTIMENTS, Sample
from written.examples import Labels, examples, later_texts, tuning_texts

TWEET_EMOTIONS = ("anger", "joy", "optimism", "sadness")
WEIBO_EMOTIONS = {
    "angry": "anger", "happy": "joy", "neutral": "neutral", "sad": "sadness", "surprise": "surprise", "fear": "fear",
}  # fmt: skip
COVID_EMOTIONS = {
    "0": "fear", "1": "disgust", "2": "optimism", "3": "surprise", "4": "gratitude", "5": "sadness", "6": "anger",
}  # fmt: skip
POLARITY = {"anger": "negative", "joy": "positive", "optimism": "positive", "sadness": "negative"}
TWO = ("negative", "positive")


def toned(part: data.Part) -> Iterator[Sample]:
    """A part of the sentiment sets."""
    for text, label in part.rows:
        among = {"sentiment": TWO} if part.two_class else {}
        yield Sample(text, part.lang, {"sentiment": SENTIMENTS[label]}, among=among)


def tweet_emotions(folder: Path, split: str) -> Iterator[Sample]:
    """TweetEval emotion; the two bad feelings and the two good ones say the sentiment too."""
    place = folder / "tweeteval" / "emotion"
    texts, labels = (data.lines(place / f"{split}_{kind}.txt") for kind in ("text", "labels"))
    for text, label in zip(texts, labels, strict=True):
        emotion = TWEET_EMOTIONS[int(label)]
        chosen = {"emotion": emotion, "sentiment": POLARITY[emotion]}
        yield Sample(text, "en", chosen, among={"emotion": TWEET_EMOTIONS, "sentiment": TWO})


def weibo_emotions(folder: Path, name: str) -> Iterator[Sample]:
    """SMP2020-EWECT: six emotions, folded to a sentiment as the fast tier does (surprise has none)."""
    path = next((folder / "smp2020_ewect").glob(f"{name}.txt*"))
    for row in json.loads("\n".join(data.lines(path))):
        if row["label"] in WEIBO_EMOTIONS:
            chosen = {"emotion": WEIBO_EMOTIONS[row["label"]]}
            if row["label"] in data.EWECT:
                chosen["sentiment"] = SENTIMENTS[data.EWECT[row["label"]]]
            yield Sample(row["content"], "zh", chosen, among={"emotion": tuple(WEIBO_EMOTIONS.values())})


def covid_emotions(folder: Path) -> Iterator[Sample]:
    """Weibo posts of early 2020 with seven feelings; texts that carry two labels are left out."""
    text = "\n".join(data.lines(folder / "covid19_weibo" / "labeledData.csv.gz", "utf-8-sig"))
    found: dict[str, set[str]] = {}
    for row in csv.DictReader(io.StringIO(text)):
        if row["label"] in COVID_EMOTIONS:
            found.setdefault(row["review"], set()).add(row["label"])
    for post, labels in found.items():
        if len(labels) == 1:
            label = labels.pop()
            chosen = {"emotion": COVID_EMOTIONS[label]}
            among: dict[str, tuple[str, ...]] = {"emotion": tuple(COVID_EMOTIONS.values())}
            if label in data.COVID:
                chosen["sentiment"] = SENTIMENTS[data.COVID[label]]
                among["sentiment"] = TWO
            yield Sample(post, "zh", chosen, among=among)


_GO = {
    "anger": "anger", "annoyance": "anger", "joy": "joy", "amusement": "joy", "excitement": "joy", "sadness": "sadness",
    "disappointment": "sadness", "grief": "sadness", "remorse": "sadness", "fear": "fear", "nervousness": "fear",
    "surprise": "surprise", "disgust": "disgust", "optimism": "optimism", "gratitude": "gratitude", "neutral": "neutral",
}  # fmt: skip


def go_emotions(folder: Path, split: str, most: int = 600) -> Iterator[Sample]:
    """GoEmotions comments of one label that has a counterpart, at most `most` an emotion; gratitude is thanks."""
    names = data.lines(folder / "goemotions" / "labels.txt")
    taken = dict.fromkeys(EMOTIONS, 0)
    for line in data.lines(next((folder / "goemotions").glob(f"{split}.tsv*"))):
        text, labels, _ = line.split("\t")
        emotion = _GO.get(names[int(labels)]) if labels.isdigit() else None
        if emotion and taken[emotion] < most:
            taken[emotion] += 1
            thanks = {"intent": {"thanks": emotion == "gratitude"}}
            yield Sample(text, "en", {"emotion": emotion}, thanks)


_PROBLEM = re.compile(
    r"not_|declined|failed|lost|swallowed|blocked|compromised|unable|twice|reverted|refund|wrong|forgotten",
    re.IGNORECASE,
)
_NEVER_ASKED = ("suggestion", "praise", "thanks", "purchase", "comparison")


def banking(folder: Path, split: str) -> Iterator[Sample]:
    """banking77: a customer with a problem asks for help, one without asks a question."""
    with (folder / "banking77" / f"{split}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            intents = dict.fromkeys(_NEVER_ASKED, False)
            intents["help" if _PROBLEM.search(row["category"]) else "inquiry"] = True
            intents["leaving"] = row["category"] == "terminate_account"
            yield Sample(row["text"], "en", {}, {"intent": intents})


def comparisons(folder: Path) -> Iterator[Sample]:
    """Review sentences that compare products, and others of the same reviews (Jindal and Liu 2006)."""
    with zipfile.ZipFile(folder / "liu_opinion_sets" / "comparative_sentences.zip") as box:
        text = box.read("comparative_sentences/labeledSentences.txt").decode("latin-1")
    inside = False
    for line in text.splitlines():
        if re.match(r"</?cs-\d>", line):
            inside = not line.startswith("</")
        elif len(words := line.strip()) > 25 and not words.startswith("*") and not re.match(r"\d_", words):
            yield Sample(words, "en", {}, {"intent": {"comparison": inside}})


def suggestions(folder: Path) -> Iterator[Sample]:
    """SemEval-2019 task 9A, the evaluation part: never trained on, its terms are non-commercial."""
    text = (
        (folder / "semeval2019_task9a" / "SubtaskA_EvaluationData_labeled.csv").read_bytes().decode("latin-1")
    )
    for row in csv.reader(io.StringIO(text)):
        if len(row) >= 3 and row[2] in {"0", "1"}:
            yield Sample(row[1], "en", {}, {"intent": {"suggestion": row[2] == "1"}})


def offensive(folder: Path, split: str) -> Iterator[Sample]:
    """TweetEval offensive."""
    place = folder / "tweeteval" / "offensive"
    texts, labels = (data.lines(next(place.glob(f"{split}_{kind}.txt*"))) for kind in ("text", "labels"))
    for text, label in zip(texts, labels, strict=True):
        yield Sample(text, "en", {}, {"flags": {"offensive": label == "1"}})


def cold(folder: Path, split: str) -> Iterator[Sample]:
    """COLD: offensive Chinese posts."""
    text = "\n".join(data.lines(next((folder / "cold").glob(f"{split}.csv*")), "utf-8-sig"))
    for row in csv.DictReader(io.StringIO(text)):
        yield Sample(row["TEXT"], "zh", {}, {"flags": {"offensive": row["label"] == "1"}})


def youtube_spam(folder: Path) -> Iterator[Sample]:
    """Comments under videos: adverts for channels and links, and others."""
    for path in sorted((folder / "youtube_spam").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                spam = row["CLASS"] == "1"
                yield Sample(row["CONTENT"], "en", {}, {"flags": {"spam": spam, "promotional": spam}})


_FLAG = {"promo": "promotional"}
_REASON = {"s": "safety", "m": "money", "d": "deadline", "a": "anger", "r": "reach", "c": "contacted"}


def read_here(text: str, lang: str, said: Labels) -> Sample:
    """A text with labels of our own: every task, as its readers settled it."""
    flags = {_FLAG.get(flag, flag) for flag in said.flags}
    reasons = {_REASON[letter] for letter in said.reasons}
    return Sample(
        text,
        lang,
        {"sentiment": said.sentiment, "emotion": said.emotion, "urgency": str(said.urgency)},
        {
            "intent": {intent: intent in said.intents for intent in INTENTS},
            "urgency_reasons": {reason: reason in reasons for reason in REASONS},
            "flags": {flag: flag in flags for flag in FLAGS},
        },
    )


def written(lang: str, *, sealed: bool) -> Iterator[Sample]:
    """The written examples of a language: the sealed third, or the others."""
    for one in examples(lang):
        if one.sealed == sealed:
            yield read_here(one.text, lang, one.settled)


def written_later(lang: str) -> Iterator[Sample]:
    """The texts of the second edition, for training alone."""
    return (read_here(text, lang, said) for text, said in later_texts(lang))


def written_tuning(lang: str) -> Iterator[Sample]:
    """Written texts that choose thresholds, temperatures and shares, as no tier has learned from them: those made for it,
    and of the fast tier's fifth those that the deep model's first run left out too.
    """
    for one in examples(lang):
        if not one.sealed and int(one.id[2:]) // 3 % 8 == 0:
            sample = read_here(one.text, lang, one.settled)
            if tuning(sample):
                yield sample
    yield from (read_here(text, lang, said) for text, said in tuning_texts(lang))


def collected(folder: Path, lang: str) -> Iterator[Sample]:
    """Real posts with labels of our own, for training and tuning alone."""
    return (read_here(text, lang, said) for text, said in labelled_posts(lang, folder))


def tuning(sample: Sample) -> bool:
    """Whether a text with labels of our own chooses thresholds, temperatures and shares: the fast tier's fifth too, so
    that neither tier has learned these labels.
    """
    return data.fraction(sample.text) < TUNED
