"""Figures of a task with any number of labels a post."""

from __future__ import annotations

from functools import cached_property

import numpy as np
import numpy.typing as npt

from outlisten.language.evaluation.tally import Tally
from outlisten.language.measures import Interval

Floats = npt.NDArray[np.float64]
TOGETHER = 100  # resamples drawn at once


class SeveralLabels:
    """Each label is judged by itself; the macro figures are means over the labels that some post truly has."""

    def __init__(self, labels: tuple[str, ...], tally: Tally) -> None:
        self.labels, self.pairs = labels, list(tally.pairs.items())

    @cached_property
    def _marks(self) -> Floats:
        """(pairs × 3 × labels): right, wrongly said, missed; and a last column for wholly right."""
        marks = np.zeros((len(self.pairs), 3, len(self.labels) + 1))
        for row, ((truth, answer), _count) in enumerate(self.pairs):
            said = set(answer or ())
            for at, label in enumerate(self.labels):
                marks[row, :, at] = (
                    label in truth and label in said, label in said and label not in truth,
                    label in truth and label not in said,
                )  # fmt: skip
            marks[row, 0, -1] = answer is not None and said == set(truth)
        return marks

    @property
    def _counts(self) -> Floats:
        return np.array([count for _pair, count in self.pairs], np.float64)

    def metrics(self, draws: int, seed: int) -> dict[str, Interval]:
        """Macro and micro F1 and the share of posts with exactly the right labels, each with its interval."""
        counts = self._counts
        if not counts.sum():
            return {name: Interval(0.0, 0.0, 0.0) for name in ("macro_f1", "micro_f1", "exact")}
        values = self._figures(counts[None])
        rng, drawn = np.random.default_rng(seed), []
        for start in range(0, draws, TOGETHER):
            size = min(TOGETHER, draws - start)
            sample = rng.multinomial(int(counts.sum()), counts / counts.sum(), size=size)
            drawn.append(self._figures(sample.astype(np.float64)))
        found = {}
        for name, value in values.items():
            low, high = np.percentile(np.concatenate([some[name] for some in drawn]), (2.5, 97.5))
            found[name] = Interval(float(value[0]), float(low), float(high))
        return found

    def _figures(self, counts: Floats) -> dict[str, Floats]:
        sums = np.tensordot(counts, self._marks, axes=(1, 0))
        right, wrong, missed = sums[:, 0, :-1], sums[:, 1, :-1], sums[:, 2, :-1]
        f1 = _divide(2 * right, 2 * right + wrong + missed)
        all_right = right.sum(axis=1)
        return {
            "macro_f1": f1.mean(axis=1),
            "micro_f1": _divide(2 * all_right, 2 * all_right + (wrong + missed).sum(axis=1)),
            "exact": sums[:, 0, -1] / counts.sum(axis=1),
        }

    def per_class(self) -> list[dict[str, object]]:
        """Precision, recall and F1 of each label, with the posts that truly have it."""
        right, wrong, missed = np.tensordot(self._counts, self._marks, axes=(0, 0))[:, :-1]
        rows = zip(self.labels, right, wrong, missed, strict=True)
        return [
            {
                "label": label,
                "precision": float(_divide(tp, tp + fp)),
                "recall": float(_divide(tp, tp + fn)),
                "f1": float(_divide(2 * tp, 2 * tp + fp + fn)),
                "n": int(tp + fn),
            }
            for label, tp, fp, fn in rows
        ]


def _divide(above: Floats, below: Floats) -> Floats:
    return np.divide(
        above, below, out=np.zeros_like(np.asarray(above, np.float64)), where=np.asarray(below) > 0
    )
