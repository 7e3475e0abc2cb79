"""The challenges: pairs of posts whose small difference decides the label, and posts in which it must decide nothing.

All are written for this project by hand (see README.md); they test, and nothing is ever trained or tuned on them.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
LANGUAGES = ("zh", "en")
PAIR_KINDS = ("negation", "intensifier", "contrast", "irony", "comparison", "slang")
SWAP_KINDS = ("brand", "person", "gender", "place")
LABELS = {"neg": "negative", "neu": "neutral", "pos": "positive"}


@dataclass(frozen=True, slots=True)
class Pair:
    """Two posts and their labels; with a brand, the labels are of the sentiment towards that brand."""

    lang: str
    kind: str
    id: str
    texts: tuple[str, str]
    labels: tuple[str, str]
    brand: str | None
    note: str

    @property
    def dialect(self) -> bool:
        """Whether it is in Traditional characters or Cantonese."""
        return {"trad", "yue"} & set(self.note.split()) != set()


@dataclass(frozen=True, slots=True)
class Swap:
    """One post with every filling of its slot; all of them must be read alike."""

    lang: str
    kind: str
    id: str
    texts: tuple[str, ...]


def pairs(lang: str) -> list[Pair]:
    """The pairs of a language."""
    return [
        Pair(
            lang, row["kind"], row["id"], (row["text_a"], row["text_b"]),
            (LABELS[row["label_a"]], LABELS[row["label_b"]]),
            None if row["brand"] == "-" else row["brand"], row["note"],
        )
        for row in _rows(f"{lang}.tsv")
    ]  # fmt: skip


def swaps(lang: str) -> list[Swap]:
    """The swaps of a language, their slots filled."""
    fills = json.loads((FOLDER / "fills.json").read_text(encoding="utf-8"))[lang]
    return [
        Swap(lang, row["kind"], row["id"], filled(row["template"], fills))
        for row in _rows(f"{lang}.swaps.tsv")
    ]


def filled(template: str, fills: dict[str, list[str]]) -> tuple[str, ...]:
    """A template with each filling of its slot: `{city}` from the list of that name, `{he|she}` in step.

    Raises KeyError for a slot without a list.
    """
    slots = re.findall(r"\{([^{}]+)\}", template)
    choices = {slot: slot.split("|") if "|" in slot else fills[slot] for slot in slots}
    most = max(len(choice) for choice in choices.values())
    return tuple(
        re.sub(r"\{([^{}]+)\}", lambda slot, at=at: choices[slot[1]][at], template) for at in range(most)
    )


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as source:
        yield from csv.DictReader(source, delimiter="\t", quoting=csv.QUOTE_NONE)
