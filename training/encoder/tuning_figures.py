"""How well the model does on the tuning parts while it is trained."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import torch
from network import DeepModel
from prepared_data import PoolTokens, Prepared, Tokens
from samples import CHOICES, MARKS

Floats = npt.NDArray[np.float32]


def logits(
    model: DeepModel, tokens: Tokens, padded: Callable[[Tokens], torch.Tensor], batch: int = 48
) -> dict[str, Floats]:
    """The logits of each task, one row a post in the order given."""
    order = np.argsort([len(post) for post in tokens], kind="stable")
    parts = []
    with torch.inference_mode():
        for start in range(0, len(order), batch):
            found = model(padded([tokens[at] for at in order[start : start + batch].tolist()]))
            parts.append({task: values.numpy() for task, values in found.items()})
    back = np.argsort(order, kind="stable")
    return {task: np.concatenate([part[task] for part in parts])[back] for task in parts[0]}


def figures(
    model: DeepModel, prepared: Prepared, most: int, padded: Callable[[Tokens], torch.Tensor]
) -> dict[str, float]:
    """Of each tuning part and task: macro recall and F1 of the choices, best-threshold F1 of the marks."""
    found = {}
    for part in prepared.tune:
        said = logits(model, part.tokens[:most], padded)
        for name, value in part_figures(part, said, most).items():
            found[f"{part.name}: {name}"] = round(float(value), 4)
    return found


def part_figures(part: PoolTokens, said: dict[str, Floats], most: int) -> dict[str, float]:
    """The figures of one part."""
    found = {}
    for task, labels in CHOICES.items():
        truth = part.targets.chosen[task][:most]
        known = truth >= 0
        if known.sum() > 50:
            guess = np.where(part.targets.allowed[task][:most], said[task], -1e9).argmax(1)
            recall, f1 = macro(truth[known], guess[known], len(labels))
            found |= {f"{task} recall": recall, f"{task} F1": f1}
    for task in MARKS:
        truth = part.targets.marked[task][:most]
        scores = [
            best_f1(truth[:, at], said[task][:, at])
            for at in range(truth.shape[1])
            if np.nansum(truth[:, at]) > 3
        ]
        if scores:
            found[f"{task} F1"] = float(np.mean(scores))
    return found


def macro(truth: npt.NDArray[np.int64], guess: npt.NDArray[np.int64], labels: int) -> tuple[float, float]:
    """Macro recall and macro F1 over the labels that occur."""
    recalls, scores = [], []
    for label in range(labels):
        right, true, said = (
            ((truth == label) & (guess == label)).sum(),
            (truth == label).sum(),
            (guess == label).sum(),
        )
        if true:
            recalls.append(right / true)
            scores.append(2 * right / (true + said))
    return float(np.mean(recalls)), float(np.mean(scores))


def best_f1(truth: Floats, scores: Floats) -> float:
    """The F1 of a label at its best threshold."""
    known = ~np.isnan(truth)
    order = np.argsort(-scores[known])
    hits = np.cumsum(truth[known][order])
    return float((2 * hits / (np.arange(1, len(hits) + 1) + hits[-1])).max())
