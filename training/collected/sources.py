"""The sets that labelled posts are taken from: all may teach a model that ships, and no test part is among them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from unseen.sources import Source, column, content, text_lines


def _json_lines(path: Path) -> Iterator[str]:
    for line in content(path).splitlines():
        yield json.loads(line)["sentence"] if line.strip() else ""


def _json_list(path: Path) -> Iterator[str]:
    yield from (row["content"] for row in json.loads(content(path)))


def _first_cell(path: Path) -> Iterator[str]:
    yield from (line.split("\t")[0] for line in content(path).splitlines())


SOURCES = (
    Source("brand_product_emotions", "en", "brand_product_emotions/*.csv.gz", column("tweet_text", "latin-1"), 400),
    Source("emoji_text_only", "en", "tweeteval/emoji_text_only/train_text.txt.gz", text_lines, 500),
    Source("tweeteval/irony", "en", "tweeteval/irony/train_text.txt*", text_lines, 250),
    Source("tweeteval/offensive", "en", "tweeteval/offensive/train_text.txt*", text_lines, 150),
    Source("goemotions", "en", "goemotions/train.tsv.gz", _first_cell, 350),
    Source("banking77", "en", "banking77/train.csv", column("text"), 100),
    Source(
        "comcast_complaints_2015", "en", "comcast_complaints_2015/*.csv", column("Customer Complaint"), 150,
    ),
    Source(
        "cfpb_complaints", "en", "cfpb_complaints/product_narrative_only.csv.gz",
        column("Consumer complaint narrative"), 300,
    ),
    Source("youtube_spam", "en", "youtube_spam/*.csv", column("CONTENT"), 100),
    Source("covid19_weibo", "zh", "covid19_weibo/unlabelled/*.csv*", column("text", "gb18030"), 900),
    Source("jd_phone_reviews", "zh", "jd_phone_reviews/tmp_test_data.csv.gz", column("评论内容"), 500),
    Source("eprstmt", "zh", "eprstmt/unlabeled.json.gz", _json_lines, 700),
    Source("smp2020_ewect", "zh", "smp2020_ewect/usual_eval_labeled.txt*", _json_list, 300),
    Source("cold", "zh", "cold/train.csv.gz", column("TEXT"), 150),
    Source("weibo_senti_100k", "zh", "weibo_senti_100k_part/*.csv", column("review"), 200),
)  # fmt: skip
