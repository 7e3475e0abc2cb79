"""What was learned here, applied to posts that the fast models read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from outlisten.app.listening.models import LocalLabel, LocalModel
from outlisten.language import model_card
from outlisten.language.chances import Chances, sentiment_chances
from outlisten.language.local import LocalReading

Learned = Mapping[str, LocalReading]


class Said(NamedTuple):
    """Tone and probability of each post; None where it was not read."""

    labels: list[str | None]
    scores: list[float | None]


def in_use() -> dict[str, LocalReading]:
    """What is in use for each language, if it stands on today's model."""
    rows = LocalModel.objects.filter(task=LocalLabel.Task.SENTIMENT, used=True, model=str(model_card()))
    return {row.lang: LocalReading.from_json(row.learned) for row in rows}


def read_here(
    chances: Chances, texts: Sequence[str | None], titles: Sequence[str | None], learned: Learned
) -> Said:
    """The tone of posts by the model, and by what was learned where something was for their language."""
    labels: list[str | None] = list(chances.readings["sentiment"].to_pylist())
    scores: list[float | None] = list(chances.readings["sentiment_score"].to_pylist())
    langs = chances.readings["lang"].to_pylist()
    for lang, reading in learned.items():
        rows = [row for row, code in enumerate(langs) if code == lang and chances.read[row] and labels[row]]
        if not rows:
            continue
        whole = [whole_text(texts[row], titles[row]) for row in rows]
        places, trusted = reading.read(chances.table[rows].astype(np.float64), whole)
        for row, place, sure in zip(rows, places.tolist(), trusted, strict=True):
            labels[row], scores[row] = reading.labels[place], float(sure[place])
    return Said(labels, scores)


def learned_applied(posts: pa.Table) -> pa.Table:
    """Posts or readings (text, title, lang, model, sentiment, sentiment_score) as they are read here; those of other
    models stay."""
    learned = in_use()
    if not learned or not posts.num_rows:
        return posts
    ours = pc.and_(
        pc.equal(posts["model"], str(model_card())), pc.is_in(posts["lang"], pa.array(list(learned)))
    )
    rows = pc.indices_nonzero(pc.fill_null(ours, False)).to_pylist()
    if not rows:
        return posts
    some = posts.take(rows)
    texts, titles = some["text"].to_pylist(), some["title"].to_pylist()
    said = read_here(sentiment_chances(texts, titles, some["lang"].to_pylist()), texts, titles, learned)
    for name, values in (("sentiment", said.labels), ("sentiment_score", said.scores)):
        column = posts[name].to_pylist()
        for row, value in zip(rows, values, strict=True):
            column[row] = value
        place = posts.column_names.index(name)
        posts = posts.set_column(
            place, posts.schema.field(place), pa.array(column, posts.schema.field(place).type)
        )
    return posts


def whole_text(text: str | None, title: str | None) -> str:
    """Title and text as one."""
    return f"{title}\n{text or ''}" if title else text or ""
