"""A part of a labelled set as the heads are trained on it: which labels a text may have, and which were asked."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from sentiment_data import fraction, text_key

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Texts with the labels of one task.

    `truth[i, k]`: text i has label k (of a task with one label a text: the label is among these).
    `asked[i, k]`: whether that is known; a label that the set has no word for is not asked.
    """

    set: str
    split: str
    lang: str
    labels: tuple[str, ...]
    texts: tuple[str, ...]
    truth: Mask
    asked: Mask
    weight: float = 1.0
    like_first: bool = False  # shares the intercept of the first part: it has no habits, only other texts

    def __len__(self) -> int:
        return len(self.texts)

    def only(self, rows: Iterable[int], split: str | None = None) -> Labelled:
        """Some of the texts."""
        at = np.fromiter(rows, np.int64)
        return replace(
            self,
            split=split or self.split,
            texts=tuple(self.texts[row] for row in at.tolist()),
            truth=self.truth[at],
            asked=self.asked[at],
        )

    def without(self, keys: AbstractSet[str]) -> Labelled:
        """The texts that are none of these, each once."""
        seen, kept = set(keys), []
        for row, text in enumerate(self.texts):
            if (key := text_key(text)) not in seen:
                seen.add(key)
                kept.append(row)
        return self.only(kept)

    def halved(self, share: float, lower: str, upper: str) -> tuple[Labelled, Labelled]:
        """The texts whose hash falls below a share, and the others: no text ever changes sides."""
        below = [fraction(text) < share for text in self.texts]
        return (
            self.only((row for row, yes in enumerate(below) if yes), lower),
            self.only((row for row, yes in enumerate(below) if not yes), upper),
        )

    def as_first(self) -> Labelled:
        """The same, sharing the intercept of the first part."""
        return replace(self, like_first=True)

    def weighing(self, weight: float) -> Labelled:
        """The same at another weight."""
        return replace(self, weight=weight)


def labelled(
    name: tuple[str, str, str],
    labels: Sequence[str],
    rows: Iterable[tuple[str, Collection[str]]],
    asked: Collection[str] | None = None,
) -> Labelled:
    """Texts with the names of their labels; `name` is set, split and language, `asked` the labels the set knows."""
    found = [(text, names) for text, names in rows if text.strip()]
    truth = np.array([[label in names for label in labels] for _, names in found], np.bool_)
    known = np.array([asked is None or label in asked for label in labels], np.bool_)
    return Labelled(
        *name, tuple(labels), tuple(text for text, _ in found), truth.reshape(-1, len(labels)),
        np.tile(known, (len(found), 1)),
    )  # fmt: skip


def folded(
    name: tuple[str, str, str],
    labels: Sequence[str],
    rows: Iterable[tuple[str, str]],
    fold: Mapping[str, str],
    asked: Collection[str] | None = None,
) -> Labelled:
    """Texts of a set with names of its own, each folded to one label; rows whose name is not in `fold` are left out."""
    kept = ((text, (fold[name],)) for text, name in rows if name in fold)
    return labelled(name, labels, kept, asked or set(fold.values()))


def keys(parts: Iterable[Labelled]) -> set[str]:
    """What makes the texts of these parts the same as others."""
    return {text_key(text) for part in parts for text in part.texts}


Reader = Callable[..., Labelled]
