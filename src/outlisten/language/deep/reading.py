"""Reading posts closely: the columns of `read`, from the encoder and the fast heads together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from outlisten.language.deep.card import deep_card
from outlisten.language.deep.encoding import Table
from outlisten.language.deep.partner import fast_scores
from outlisten.language.deep.scoring import averaged, scores, thresholds
from outlisten.language.disclosure import find_markers
from outlisten.language.reading import SCHEMA, read, whole

POSTS = 2_000  # read at a time: memory stays flat however many come
Mask = npt.NDArray[np.bool_]
LEVELS = np.array([0, 1 / 3, 2 / 3, 1], np.float32)


def read_deep(
    texts: Sequence[str | None],
    titles: Sequence[str | None] | None = None,
    langs_given: Sequence[str | None] | None = None,
) -> pa.Table:
    """Read each post closely: a table with one row a post and the columns of `reading.SCHEMA`.

    As `read`, with the mean of the encoder's probabilities and the fast heads'; `model` names both. A post in a language
    that the encoder was not trained for stays as `read` left it. Raises ValueError when the sequences differ in length
    and `card.ModelBroken` when the model's files are missing or altered.
    """
    posts = len(texts)
    titles = [None] * posts if titles is None else titles
    declared = [None] * posts if langs_given is None else langs_given
    if not len(titles) == len(declared) == posts:
        raise ValueError(f"{posts} texts came with {len(titles)} titles and {len(declared)} languages.")
    cuts = [slice(start, start + POSTS) for start in range(0, posts, POSTS)]
    tables = [_read(texts[at], titles[at], declared[at]) for at in cuts]
    return pa.concat_tables(tables).combine_chunks() if tables else SCHEMA.empty_table()


def _read(
    texts: Sequence[str | None], titles: Sequence[str | None], declared: Sequence[str | None]
) -> pa.Table:
    fast = read(texts, titles, declared)
    langs = fast["lang"].to_pylist()
    wholes = [whole(text, title) for text, title in zip(texts, titles, strict=True)]
    # A post without a letter of its language has no tone to the fast tier; the encoder would answer from punctuation.
    langs = [
        lang if tone is not None else None
        for lang, tone in zip(langs, fast["sentiment"].to_pylist(), strict=True)
    ]
    chances = averaged(scores(wholes, langs), fast_scores(wholes, langs), langs)
    closely = np.array([lang in deep_card().languages for lang in langs], np.bool_)
    columns = {**_columns(wholes, chances, langs), "model": _models(fast["model"].to_pylist())}
    arrays = [
        _replaced(fast[field.name], columns[field.name], closely, field.type)
        if field.name in columns
        else fast[field.name]
        for field in SCHEMA
    ]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _columns(
    texts: Sequence[str], chances: dict[str, Table], langs: Sequence[str | None]
) -> dict[str, list[object]]:
    """The reading of every post as Python values; of a post that is not read, whatever stands there is not used."""
    tone, tones = np.nan_to_num(chances["sentiment"]), deep_card().tasks["sentiment"]
    emotion, emotions = np.nan_to_num(chances["emotion"]), deep_card().tasks["emotion"]
    urgency = np.nan_to_num(chances["urgency"])
    intents, flags, reasons = (
        _said(task, chances[task], langs) for task in ("intent", "flags", "urgency_reasons")
    )
    reasons &= urgency[:, :1] < 0.5
    _flag_markers(flags, texts, langs)
    return {
        "sentiment": [tones[at] for at in tone.argmax(1).tolist()],
        "sentiment_score": tone.max(1).tolist(),
        "emotion": [emotions[at] for at in emotion.argmax(1).tolist()],
        "urgency": (urgency @ LEVELS).tolist(),
        "intent": _names("intent", intents),
        "flags": _names("flags", flags),
        "urgency_reasons": _names("urgency_reasons", reasons),
    }


def _flag_markers(flags: Mask, texts: Sequence[str], langs: Sequence[str | None]) -> None:
    """What a marker states outright is disclosed, whatever the models say: as the fast tier has it."""
    at = deep_card().tasks["flags"].index("disclosed")
    for post, lang in enumerate(langs):
        if lang is not None and not flags[post, at]:
            flags[post, at] = any(marker.strength == "clear" for marker in find_markers(None, texts[post]))


def _said(task: str, chances: Table, langs: Sequence[str | None]) -> Mask:
    """Which labels reach the threshold of their language; none of a post that is not read."""
    card = deep_card()
    least = {lang: thresholds(task, lang) for lang in card.languages}
    never = np.full(chances.shape[1], np.inf, np.float32)
    wanted = np.array([least.get(lang or "", never) for lang in langs], np.float32).reshape(chances.shape)
    return np.asarray(chances >= wanted)


def _names(task: str, said: Mask) -> list[object]:
    labels = deep_card().tasks[task]
    return [[label for label, given in zip(labels, row, strict=True) if given] for row in said.tolist()]


def _models(fast: list[str | None]) -> list[object]:
    return [f"{deep_card()}+{name}" if name else str(deep_card()) for name in fast]


def _replaced(
    fast: pa.ChunkedArray,
    deep: list[object],
    closely: Mask,
    kind: pa.DataType,
) -> pa.Array:
    """The deep tier's value where the post was read closely, else the fast tier's."""
    both = zip(fast.to_pylist(), deep, closely.tolist(), strict=True)
    return pa.array([new if close else old for old, new, close in both], kind)
