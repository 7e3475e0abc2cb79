"""Real posts of public sets with labels of our own: what no set says of them (intents, urgency, flags) was read anew.

A large language model read each post once, by `training/written/GUIDELINES.md`; it saw no model's answer and no label
of the set. For training and tuning alone. The texts stay where they are: a key says which file and row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from collected.sources import SOURCES
from unseen.posts import texts
from written.examples import Labels, labels

FOLDER = Path(__file__).parent
TUNED = 0.2  # of them may choose thresholds and temperatures
ASKED = 5  # one of so many of these does: few collected posts want anything, and they must not outvote the written ones


def labelled_posts(lang: str, data: Path) -> Iterator[tuple[str, Labels]]:
    """Text and labels of every post. Raises ValueError when a file's rows are not those that were labelled."""
    found = texts(lang, data, FOLDER, SOURCES)
    with (FOLDER / f"{lang}.labels.tsv").open(encoding="utf-8", newline="") as file:
        for identifier, *said in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield found[identifier], labels([*said, "-"])
