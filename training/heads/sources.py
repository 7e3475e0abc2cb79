"""Readers of the reference data that several tasks draw on: rows as they stand in the files."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from sentiment_data import lines
from unseen.posts import held_out
from unseen.sources import letters


def table(path: Path, encoding: str = "utf-8-sig") -> Iterator[dict[str, str]]:
    """The rows of a CSV file, plain or gzip."""
    yield from csv.DictReader(io.StringIO("\n".join(lines(path, encoding))))


def tweeteval(data: Path, task: str, split: str) -> list[tuple[str, str]]:
    """Texts and label numbers of one part of a TweetEval task."""
    folder = data / "tweeteval" / task
    texts = lines(next(folder.glob(f"{split}_text.txt*")))
    return list(zip(texts, lines(folder / f"{split}_labels.txt"), strict=True))


def goemotions(data: Path, split: str) -> list[tuple[str, frozenset[str]]]:
    """Comments with the names of their emotions."""
    names = lines(data / "goemotions" / "labels.txt")
    rows = (line.split("\t") for line in lines(next((data / "goemotions").glob(f"{split}.tsv*"))))
    return [
        (text, frozenset(names[int(number)] for number in numbers.split(","))) for text, numbers, _ in rows
    ]


def banking(data: Path, split: str) -> list[tuple[str, str]]:
    """Questions of bank customers with their topic."""
    return [(row["text"], row["category"]) for row in table(data / "banking77" / f"{split}.csv")]


def clinc(data: Path, split: str) -> list[tuple[str, str]]:
    """Requests to an assistant with their intent."""
    found = json.loads(gzip.decompress((data / "clinc150" / "data_full.json.gz").read_bytes()))
    return [(text, intent) for text, intent in found[split]]


def comparative(data: Path) -> list[tuple[str, bool]]:
    """Sentences of product reviews, and whether they compare (Jindal and Liu 2006)."""
    with zipfile.ZipFile(data / "liu_opinion_sets" / "comparative_sentences.zip") as box:
        text = box.read("comparative_sentences/labeledSentences.txt").decode("latin-1")
    rows, compares = [], False
    for line in text.split("\n"):
        if mark := re.match(r"\s*<(/?)cs-\d>", line):
            compares = not mark[1]
        elif len(line) > 12 and not re.match(r"\d+_|[*<]", line):
            rows.append((line.strip(), compares))
    return rows


def pros_and_cons(data: Path) -> list[tuple[str, str]]:
    """Short sentences from the fields *pros* and *cons* of reviews."""
    rows = []
    with zipfile.ZipFile(data / "liu_opinion_sets" / "pros_cons.zip") as box:
        for name, side in (("IntegratedPros.txt", "pros"), ("IntegratedCons.txt", "cons")):
            path = next(path for path in box.namelist() if path.endswith(name))
            for line in box.read(path).decode("latin-1").split("\n"):
                if text := re.sub(r"</?(?:Pros|Cons)>", "", line).strip():
                    rows.append((text, side))
    return rows


def youtube(data: Path) -> list[tuple[str, str]]:
    """Comments under videos: 1 is spam, the promotion of a channel, product or link."""
    return [
        (re.sub(r"<[^>]+>|\ufeff", "", row["CONTENT"]), row["CLASS"])
        for path in sorted((data / "youtube_spam").glob("*.csv"))
        for row in table(path)
    ]


def cold(data: Path, split: str) -> list[tuple[str, str]]:
    """Chinese comments: 1 is offensive."""
    return [(row["TEXT"], row["label"]) for row in table(next((data / "cold").glob(f"{split}.csv*")))]


def ewect(data: Path, name: str) -> list[tuple[str, str]]:
    """Weibo posts with one of six emotions; `name` is a file's stem."""
    path = next((data / "smp2020_ewect").glob(f"{name}.txt*"))
    return [(row["content"], row["label"]) for row in json.loads("\n".join(lines(path)))]


def covid_weibo(data: Path) -> list[tuple[str, str]]:
    """Weibo posts with one of seven feelings; a text that carries two is left out."""
    found: dict[str, set[str]] = {}
    for row in table(data / "covid19_weibo" / "labeledData.csv.gz"):
        found.setdefault(row["review"], set()).add(row["label"])
    return [(text, names.pop()) for text, names in found.items() if len(names) == 1]


def complaints(data: Path) -> list[str]:
    """The first sentences of complaints to an authority, and titles of complaints about a telecom."""
    rows = [row["text"] for row in table(data / "cfpb_complaints" / "cfpb_demo.csv.gz") if row["text"]]
    told = [re.sub(r"X{2,}", "", text)[:400] for text in rows]
    path = data / "comcast_complaints_2015" / "Comcast_telecom_complaints_data.csv"
    titles = (row["Customer Complaint"] for row in table(path, "latin-1"))
    unseen = held_out(data)  # posts that no model may see
    return [text for text in (*told, *titles) if letters(text) not in unseen]


def suggestions(data: Path) -> list[tuple[str, str]]:
    """SemEval-2019 task 9 A, its evaluation part: 1 is a suggestion. To evaluate on only: its terms are non-commercial."""
    path = data / "semeval2019_task9a" / "SubtaskA_EvaluationData_labeled.csv"
    rows = csv.reader(io.StringIO(path.read_text("latin-1")))
    return [(text, label) for _, text, label in rows]
