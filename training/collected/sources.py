"""The sets that labelled posts are taken from: all may teach a model that ships, and no test part is among them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from unseen.sources import Source, column, content, text_lines


def _json_lines(path: Path) -> Iterator[str]:
    for line in content(path).splitlines():
        yield json.loads(line)["sentence"] if line.strip() else ""


def _json_list(path: Path) -> Iterator[str]:
    yield from (row["content"] for row in json.loads(content(path)))


def _first_cell(path: Path) -> Iterator[str]:
    yield from (line.split("\t")[0] for line in content(path).splitlines())


def _last_cell(path: Path) -> Iterator[str]:
    yield from (line.split("\t")[-1] for line in content(path).splitlines())


def _zipped_column(name: str) -> Callable[[Path], Iterator[str]]:
    """Reads one column of the first file inside a zip archive."""

    def records(path: Path) -> Iterator[str]:
        with zipfile.ZipFile(path) as box:
            source = io.StringIO(box.read(box.namelist()[0]).decode("utf-8-sig"), newline="")
        yield from (row.get(name) or "" for row in csv.DictReader(source))

    return records


SOURCES = (
    Source("brand_product_emotions", "en", "brand_product_emotions/*.csv.gz", column("tweet_text", "latin-1"), 2500),
    Source("emoji_text_only", "en", "tweeteval/emoji_text_only/train_text.txt.gz", text_lines, 4500),
    Source("tweeteval/irony", "en", "tweeteval/irony/train_text.txt*", text_lines, 900),
    Source("tweeteval/offensive", "en", "tweeteval/offensive/train_text.txt*", text_lines, 500),
    Source("goemotions", "en", "goemotions/train.tsv.gz", _first_cell, 1000),
    Source("banking77", "en", "banking77/train.csv", column("text"), 150),
    Source(
        "comcast_complaints_2015", "en", "comcast_complaints_2015/*.csv", column("Customer Complaint"), 600,
    ),
    Source(
        "cfpb_complaints", "en", "cfpb_complaints/product_narrative_only.csv.gz",
        column("Consumer complaint narrative"), 700,
    ),
    Source(
        "semeval2017_task4a", "en", "semeval2017_task4a/twitter-2016train-A.txt*", _last_cell, 2500,
    ),
    Source("youtube_spam", "en", "youtube_spam/*.csv", column("CONTENT"), 150),
    Source("covid19_weibo", "zh", "covid19_weibo/unlabelled/*.csv*", column("text", "gb18030"), 6400),
    Source("jd_phone_reviews", "zh", "jd_phone_reviews/tmp_test_data.csv.gz", column("评论内容"), 2300),
    Source("eprstmt", "zh", "eprstmt/unlabeled.json.gz", _json_lines, 3000),
    Source("smp2020_ewect", "zh", "smp2020_ewect/usual_eval_labeled.txt*", _json_list, 1000),
    Source("cold", "zh", "cold/train.csv.gz", column("TEXT"), 400),
    Source("weibo_senti_100k", "zh", "weibo_senti_100k_part/*.csv", column("review"), 500),
    Source(
        "online_shopping_10_cats", "zh", "online_shopping_10_cats/*.zip", _zipped_column("review"), 1200,
    ),
)  # fmt: skip
