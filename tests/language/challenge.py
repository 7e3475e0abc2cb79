"""The challenge table: sentences written for this project, with the tone most people would read in them."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from outlisten.language import read

TABLE = Path(__file__).with_name("challenge.tsv")


def rows() -> list[dict[str, str]]:
    """Columns lang, kind, sentiment, text."""
    with TABLE.open(encoding="utf-8", newline="") as source:
        return list(csv.DictReader(source, delimiter="\t"))


def pass_rates() -> dict[tuple[str, str], float]:
    """The share read right by language and kind, and by language over `all`."""
    sentences = rows()
    found = read([row["text"] for row in sentences])["sentiment"].to_pylist()
    right = defaultdict(list)
    for row, label in zip(sentences, found, strict=True):
        for kind in (row["kind"], "all"):
            right[row["lang"], kind].append(label == row["sentiment"])
    return {key: sum(hits) / len(hits) for key, hits in right.items()}
