"""Labelled posts as they stand now: their words, the label that stands, and what the models read in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

from outlisten.app.listening.models import LocalLabel
from outlisten.app.listening.store import whole
from outlisten.app.listening.teaching.standing import standing
from outlisten.language.chances import Chances, sentiment_chances

TOGETHER = 500


@dataclass(frozen=True, slots=True)
class Labelled:
    """Posts with a label of tone, one a row; `random` marks those drawn at random, `written` is when each was written."""

    texts: list[str | None]
    titles: list[str | None]
    labels: list[str]
    random: npt.NDArray[np.bool_]
    langs: list[str | None]
    written: list[datetime | None]
    chances: Chances


def labelled_tones() -> Labelled:
    """Every post whose label of tone stands: labels of words that were edited since are left out."""
    drawn: dict[str, bool] = {}
    for post_id, how in LocalLabel.objects.filter(task=LocalLabel.Task.SENTIMENT).values_list(
        "post_id", "drawn"
    ):
        drawn[post_id] = drawn.get(post_id, False) or how == LocalLabel.Drawn.RANDOM
    ids, stands = sorted(drawn), standing(drawn)
    posts = []
    for start in range(0, len(ids), TOGETHER):
        posts += list(whole().some(ids[start : start + TOGETHER]).values())
    rows = [(post, stands.of(post).get(LocalLabel.Task.SENTIMENT)) for post in posts]
    found = [(post, label.labels[0]) for post, label in rows if label is not None]
    texts = [_text(post["text"]) for post, _ in found]
    titles = [_text(post["title"]) for post, _ in found]
    chances = sentiment_chances(texts, titles, [_text(post.get("lang_given")) for post, _ in found])
    return Labelled(
        texts,
        titles,
        [label for _, label in found],
        np.array([drawn[str(post["id"])] for post, _ in found], np.bool_),
        chances.readings["lang"].to_pylist(),
        [_moment(post["created_at"]) for post, _ in found],
        chances,
    )


def _moment(value: object) -> datetime | None:
    return value if isinstance(value, datetime) else None


def _text(value: object) -> str | None:
    return None if value is None else str(value)
