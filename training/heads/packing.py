"""The heads of a language in one file: n-grams that no head gives weight are left out."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from heads.labelled import Mask
from heads.training import Calibrated, Fitted, View

from outlisten.language.fast.heads import Heads, pack
from outlisten.language.fast.tasks import TASKS

# A weight below this share of the label's largest changes no answer and costs a row in every head.
LEAST_SHARE = 3 / 127


def kept_buckets(fits: Mapping[str, Fitted]) -> Mask:
    """The buckets to which some head gives weight."""
    kept = [np.abs(one.weights) >= LEAST_SHARE * np.abs(one.weights).max(axis=0) for one in fits.values()]
    return np.asarray(np.hstack(kept).any(axis=1))


def packed(view: View, fits: Mapping[str, Calibrated], kept: Mask) -> bytes:
    """All heads of a language as a file."""
    tasks = tuple(TASKS[name] for name in fits)
    weights = np.hstack([one.weights for one in fits.values()])[kept]
    rows = np.where(kept, np.cumsum(kept) - 1, -1).astype(np.int32)
    heads = Heads(
        tasks, view.recipe, rows, np.zeros((0, 0), np.float32),
        np.hstack([one.cues for one in fits.values()]),
        np.concatenate([one.bias for one in fits.values()]), view.smoothing,
        {task.name: fits[task.name].thresholds for task in tasks if not task.exclusive},
    )  # fmt: skip
    scale = np.concatenate([one.scale for one in fits.values()])
    return pack(heads, weights, view.idf[kept], scale)
