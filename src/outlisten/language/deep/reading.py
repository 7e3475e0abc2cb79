"""Reading posts closely: the columns of `read`, from the encoder and the fast heads together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from outlisten.language.deep.card import deep_card
from outlisten.language.deep.encoding import Table
from outlisten.language.deep.partner import fast_scores
from outlisten.language.deep.scoring import averaged, scores
from outlisten.language.normalisation import READ_LIMIT
from outlisten.language.reading import SCHEMA, read

POSTS = 2_000  # read at a time: memory stays flat however many come
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
    whole = [_whole(text, title) for text, title in zip(texts, titles, strict=True)]
    # A post without a letter of its language has no tone to the fast tier; the encoder would answer from punctuation.
    langs = [
        lang if tone is not None else None
        for lang, tone in zip(langs, fast["sentiment"].to_pylist(), strict=True)
    ]
    chances = averaged(scores(whole, langs), fast_scores(whole, langs), langs)
    closely = np.array([lang in deep_card().languages for lang in langs], np.bool_)
    columns = {**_columns(chances, langs), "model": _models(fast["model"].to_pylist())}
    arrays = [
        _replaced(fast[field.name], columns[field.name], closely, field.type)
        if field.name in columns
        else fast[field.name]
        for field in SCHEMA
    ]
    return pa.Table.from_arrays(arrays, schema=SCHEMA)


def _whole(text: str | None, title: str | None) -> str:
    body = (text or "")[:READ_LIMIT]
    return f"{title[:READ_LIMIT]}\n{body}" if title else body


def _columns(chances: dict[str, Table], langs: Sequence[str | None]) -> dict[str, list[object]]:
    """The reading of every post as Python values; of a post that is not read, whatever stands there is not used."""
    tone, tones = np.nan_to_num(chances["sentiment"]), deep_card().tasks["sentiment"]
    emotion, emotions = np.nan_to_num(chances["emotion"]), deep_card().tasks["emotion"]
    return {
        "sentiment": [tones[at] for at in tone.argmax(1).tolist()],
        "sentiment_score": tone.max(1).tolist(),
        "emotion": [emotions[at] for at in emotion.argmax(1).tolist()],
        "urgency": (np.nan_to_num(chances["urgency"]) @ LEVELS).tolist(),
        "intent": marks("intent", chances["intent"], langs),
        "flags": marks("flags", chances["flags"], langs),
        "urgency_reasons": marks("urgency_reasons", chances["urgency_reasons"], langs),
    }


def marks(task: str, chances: Table, langs: Sequence[str | None]) -> list[object]:
    """The labels of each post whose probability reaches their threshold, in the card's order."""
    card = deep_card()
    labels, found = card.tasks[task], []
    for row, lang in zip(chances, langs, strict=True):
        least = card.calibration[lang][task].thresholds if lang in card.languages else {}
        found.append(
            [
                label
                for label, chance in zip(labels, row.tolist(), strict=True)
                if chance >= least.get(label, 2)
            ]
        )
    return list(found)


def _models(fast: list[str | None]) -> list[object]:
    return [f"{deep_card()}+{name}" if name else str(deep_card()) for name in fast]


def _replaced(
    fast: pa.ChunkedArray,
    deep: list[object],
    closely: np.ndarray[tuple[int], np.dtype[np.bool_]],
    kind: pa.DataType,
) -> pa.Array:
    """The deep tier's value where the post was read closely, else the fast tier's."""
    both = zip(fast.to_pylist(), deep, closely.tolist(), strict=True)
    return pa.array([new if close else old for old, new, close in both], kind)
