"""Whether the fast models are right as often as they say, by the labels that people gave to random posts here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from django.core.cache import cache
from django.db.models import Max

from outlisten.app.listening.models import LocalLabel, LocalModel
from outlisten.app.listening.teaching.labelled import labelled_tones
from outlisten.insights.drift_watch import JudgedPosts
from outlisten.insights.error_rates import ENOUGH_LABELS
from outlisten.language import model_card
from outlisten.language.reliability import Reliability, ReliabilityRow

SECONDS = 600
# From here on a bar of the diagram says something; figures are corrected from a hundred on.
FEWEST = 30
NO_DAY = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Diagram:
    """The bars of a language's reliability diagram, the posts behind them, and the mean gap between chance and share right
    (0–1). `learned`: of what was learned here and is in use, cross-validated; else of the models as they came."""

    rows: tuple[ReliabilityRow, ...]
    posts: int
    error: float
    learned: bool


def judged_posts() -> JudgedPosts:
    """Random posts with a label that stands, as the fast models read them without what they learned from these labels.
    Remembered until a label or a model changes."""
    random = LocalLabel.objects.filter(task=LocalLabel.Task.SENTIMENT, drawn=LocalLabel.Drawn.RANDOM)
    newest = LocalLabel.objects.aggregate(at=Max("at"), id=Max("id"))
    key = f"listening.judged.{hash((newest['at'], newest['id'], random.count(), str(model_card())))}"
    known: JudgedPosts | None = cache.get(key)
    if known is None:
        known = _judged()
        cache.set(key, known, SECONDS)
    return known


def _judged() -> JudgedPosts:
    found = labelled_tones()
    rows = np.flatnonzero(found.random & found.chances.read).tolist()
    table = found.chances.table[rows]
    best = table.argmax(axis=1).tolist() if rows else []
    return JudgedPosts.made_of(
        # Undated posts lie in no window.
        [found.written[row] or NO_DAY for row in rows],
        [found.langs[row] or "" for row in rows],
        [found.chances.labels[at] == found.labels[row] for at, row in zip(best, rows, strict=True)],
        [float(chance) for chance in table.max(axis=1)] if rows else [],
    )


def diagrams() -> Mapping[str, Diagram]:
    """The reliability diagram of each language with at least thirty random labels."""
    posts = judged_posts().table.to_pylist()
    found = {}
    for lang in sorted({post["lang"] for post in posts}):
        some = [post for post in posts if post["lang"] == lang]
        if len(some) >= FEWEST:
            made = Reliability.of([post["right"] for post in some], [post["chance"] for post in some])
            found[lang] = Diagram(tuple(made.rows()), made.n, made.error, learned=False)
    used = LocalModel.objects.filter(task=LocalLabel.Task.SENTIMENT, used=True, model=str(model_card()))
    for one in used.defer("learned"):
        rows = tuple(ReliabilityRow(**row) for row in one.figures["after"])
        found[one.lang] = Diagram(rows, one.figures["n"], one.figures["calibration_error"][1], learned=True)
    return found


def taught_at() -> datetime | None:
    """The moment whose posts the chances rest on here: when the version in use was learned, else the middle of the random
    labels where there are a hundred; None where only public data stand behind the models."""
    used = LocalModel.objects.filter(used=True, model=str(model_card())).order_by("-at").first()
    if used is not None:
        return used.at
    labels = LocalLabel.objects.filter(task=LocalLabel.Task.SENTIMENT, drawn=LocalLabel.Drawn.RANDOM)
    moments = list(labels.order_by("at").values_list("at", flat=True))
    return moments[len(moments) // 2] if len(moments) >= ENOUGH_LABELS else None
