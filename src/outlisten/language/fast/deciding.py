"""From chances to what is kept with a post: labels, scores, flags and reasons; null where a post was not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from outlisten.language.disclosure import find_markers
from outlisten.language.fast.heads import Table
from outlisten.language.fast.scoring import Scores, heads

Mask = npt.NDArray[np.bool_]
T = TypeVar("T")
LABELS = pa.list_(pa.string())


def columns(
    texts: Sequence[str], langs: Sequence[str | None], found: Mapping[str, Scores]
) -> dict[str, pa.Array]:
    """The reading columns that the heads fill, one row a post."""
    given = {name: said(found[name], name, langs) for name in ("intent", "flags", "urgency_reasons")}
    read = ~np.isnan(found["sentiment"].values[:, 0])
    urgency = urgency_of(found["urgency"].values)
    pressing = found["urgency"].values[:, 0] < 0.5
    given["urgency_reasons"] &= pressing[:, None]
    _flag_markers(given["flags"], found["flags"].labels, texts, read)
    tone, feeling = found["sentiment"], found["emotion"]
    return {
        "sentiment": _strongest(tone, read),
        "sentiment_score": pa.array(_where(read, tone.values.max(axis=1)), pa.float32()),
        "emotion": _strongest(feeling, read),
        "urgency": pa.array(_where(read, urgency), pa.float32()),
        "intent": _lists(given["intent"], found["intent"].labels, read),
        "flags": _lists(given["flags"], found["flags"].labels, read),
        "urgency_reasons": _lists(given["urgency_reasons"], found["urgency_reasons"].labels, read),
    }


def said(scores: Scores, task: str, langs: Sequence[str | None]) -> Mask:
    """Which labels reach the threshold of their language; none of a post that was not read."""
    levels = {lang: heads(lang).thresholds[task] for lang in {lang for lang in langs if lang in ("en", "zh")}}
    never = np.full(len(scores.labels), np.inf, np.float32)
    wanted = np.array([levels.get(lang or "", never) for lang in langs]).reshape(-1, len(scores.labels))
    return np.asarray(scores.values >= wanted)


def urgency_of(levels: Table) -> Table:
    """From 0 to 1: the mean of the four levels (0, 1/3, 2/3, 1), each at its chance."""
    return np.asarray(levels @ np.linspace(0, 1, levels.shape[1], dtype=np.float32), np.float32)


def _flag_markers(flags: Mask, labels: Sequence[str], texts: Sequence[str], read: Mask) -> None:
    """What a marker states outright is disclosed, whatever the head says."""
    at = labels.index("disclosed")
    for post in np.flatnonzero(read & ~flags[:, at]).tolist():
        flags[post, at] = any(marker.strength == "clear" for marker in find_markers(None, texts[post]))


def _strongest(scores: Scores, read: Mask) -> pa.Array:
    best = np.where(read, np.nan_to_num(scores.values, nan=-1).argmax(axis=1), 0)
    names = pa.DictionaryArray.from_arrays(pa.array(best, mask=~read), pa.array(scores.labels))
    return names.cast(pa.string())


def _where(read: Mask, values: Table) -> list[float | None]:
    return [value if yes else None for value, yes in zip(values.tolist(), read.tolist(), strict=True)]


def _lists(given: Mask, labels: Sequence[str], read: Mask) -> pa.Array:
    """The labels given to each post: an empty list where none was, null where it was not read."""
    at = np.nonzero(given)[1]
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(given.sum(axis=1))))
    names = pa.DictionaryArray.from_arrays(pa.array(at, pa.int32()), pa.array(labels)).cast(pa.string())
    return pa.ListArray.from_arrays(pa.array(starts, pa.int32()), names, mask=pa.array(~read))
