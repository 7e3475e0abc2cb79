"""How often the models err on the posts of this deployment, for the figures that are corrected by it."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa
from django.core.cache import cache
from django.db.models import Max

from outlisten.app.listening.models import LocalLabel, LocalModel
from outlisten.app.listening.teaching.labelled import labelled_tones
from outlisten.app.listening.teaching.learned import in_use, read_here
from outlisten.insights import LocalLabels
from outlisten.insights.error_rates import ENOUGH_LABELS
from outlisten.language import model_card

SECONDS = 600


def local_labels() -> LocalLabels | None:
    """Random posts with what people say and what is read in them here; None below a hundred. Remembered until a label, a
    model or what was learned changes."""
    random = LocalLabel.objects.filter(task=LocalLabel.Task.SENTIMENT, drawn=LocalLabel.Drawn.RANDOM)
    if random.count() < ENOUGH_LABELS:
        return None
    newest = LocalLabel.objects.aggregate(at=Max("at"), id=Max("id"))
    learned = list(LocalModel.objects.filter(used=True).values_list("pk", flat=True))
    key = f"listening.local_labels.{hash((newest['at'], newest['id'], random.count(), tuple(learned), str(model_card())))}"
    known: LocalLabels | None = cache.get(key)
    if known is None:
        known = _measured()
        cache.set(key, known, SECONDS)
    return known


def _measured() -> LocalLabels:
    found, learned = labelled_tones(), in_use()
    said = read_here(found.chances, found.texts, found.titles, learned)
    rows = [row for row, random in enumerate(found.random.tolist()) if random]
    columns: dict[str, Sequence[str | None]] = {
        "lang": found.langs, "label": found.labels, "read": said.labels,
    }  # fmt: skip
    return LocalLabels(pa.table({name: [values[row] for row in rows] for name, values in columns.items()}))
