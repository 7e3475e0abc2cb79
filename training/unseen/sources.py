"""The sets that unseen posts are taken from: real posts that no training and no tuning of a model uses.

A post's place is the file inside the reference data folder and its row, from 0, among the records of that file.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """Files of one set, how their records are read, and how many posts are taken from all of them together."""

    name: str
    lang: str
    files: str  # a pattern inside the data folder
    records: Callable[[Path], Iterator[str]]
    posts: int
    longest: int = 300  # characters
    in_language: bool = True  # whether a post must show its language; titles are too short for that


def content(path: Path, encoding: str = "utf-8-sig") -> str:
    """A file's text, plain or gzip."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return raw.decode(encoding, "replace")


def column(name: str, encoding: str = "utf-8-sig") -> Callable[[Path], Iterator[str]]:
    """Reads one column of a file of comma separated values; a record without it is an empty text."""

    def records(path: Path) -> Iterator[str]:
        source = io.StringIO(content(path, encoding), newline="")
        yield from (row.get(name) or "" for row in csv.DictReader(source))

    return records


def _customers(path: Path) -> Iterator[str]:
    """What customers wrote, not the company; the company's messages are records too, but empty."""
    for conversation in json.loads(content(path)):
        for message in conversation["dialogContent"]:
            yield message["message"] if "client" in message else ""


def _judged(path: Path) -> Iterator[str]:
    """Tweets that the set's makers called neutral, negative or positive: most others are in other languages."""
    for row in csv.DictReader(io.StringIO(content(path), newline="")):
        yield row["TweetText"] if row["Sentiment"] != "irrelevant" else ""


def text_lines(path: Path) -> Iterator[str]:
    yield from content(path).splitlines()


SOURCES = (
    Source("covid19_weibo", "zh", "covid19_weibo/unlabelled/*.csv*", column("text", "gb18030"), 90),
    Source("jd_phone_reviews", "zh", "jd_phone_reviews/tmp_test_data.csv.gz", column("评论内容"), 40),
    Source("bdci2018_car", "zh", "bdci2018_car/train.csv.gz", column("content"), 50),
    Source("asap_sample", "zh", "asap_sample/*_sample.csv", column("reviewbody"), 20),
    Source("twcs_spotify_inbound", "en", "twcs_spotify_inbound/support_requests.csv.gz", column("text"), 50),
    Source("sanders_twitter", "en", "sanders_twitter/full-corpus.csv", _judged, 45),
    Source("ibm_twitter_care", "en", "ibm_twitter_care/dev.json", _customers, 40),
    Source("emoji_text_only", "en", "tweeteval/emoji_text_only/*_text.txt*", text_lines, 35),
    Source(
        "comcast_complaints_2015", "en", "comcast_complaints_2015/*.csv", column("Customer Complaint"), 15,
        in_language=False,
    ),
    Source(
        "cfpb_complaints", "en", "cfpb_complaints/product_narrative_only.csv.gz",
        column("Consumer complaint narrative"), 15,
    ),
)  # fmt: skip


def other_files(data: Path) -> Iterator[str]:
    """The text of every file of the reference data that is no source: the labelled sets that models learn from."""
    own = {path for source in SOURCES for path in data.glob(source.files)}
    for path in sorted(data.glob("*/**/*")):
        if path in own or not path.is_file():
            continue
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as box:
                for name in box.namelist():
                    yield box.read(name).decode("utf-8", "replace")
        else:
            yield content(path)


def letters(text: str) -> str:
    """What makes two texts the same here: letters and digits alone, without addresses and mentions."""
    return re.sub(r"https?://\S+|@\w+|[\W_]", "", text.casefold())
