"""How well markers are found in labelled posts: counts a kind, with precision and recall."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from outlisten.language.disclosure.finding import find_markers
from outlisten.language.disclosure.marker import KINDS


@dataclass(frozen=True, slots=True)
class LabelledPost:
    """A text and the kinds of markers that a person sees in it."""

    language: str
    hard: bool
    kinds: frozenset[str]
    text: str


@dataclass(slots=True)
class KindCounts:
    """Posts with a kind of marker: found rightly, found wrongly, not found."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Of the posts in which it was found, the share that have it; 1 when it was never found."""
        found = self.right + self.wrong
        return self.right / found if found else 1.0

    @property
    def recall(self) -> float:
        """Of the posts that have it, the share in which it was found; 1 when none has it."""
        there = self.right + self.missed
        return self.right / there if there else 1.0


def read_labelled(path: Path) -> list[LabelledPost]:
    """Lines of language, easy or hard, kinds (- for none) and text, between tabs; \\n in a text is a line break."""
    return [_labelled(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def counted(posts: Iterable[LabelledPost]) -> dict[str, KindCounts]:
    """Counts for each kind of marker."""
    counts: dict[str, KindCounts] = {kind: KindCounts() for kind in KINDS}
    for post in posts:
        found = {marker.kind for marker in find_markers(None, post.text)}
        for kind, count in counts.items():
            count.right += kind in found and kind in post.kinds
            count.wrong += kind in found and kind not in post.kinds
            count.missed += kind not in found and kind in post.kinds
    return counts


def _labelled(line: str) -> LabelledPost:
    language, level, kinds, text = line.split("\t")
    named = frozenset() if kinds == "-" else frozenset(kinds.split(","))
    return LabelledPost(language, level == "hard", named, text.replace("\\n", "\n"))
