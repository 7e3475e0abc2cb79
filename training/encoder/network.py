"""The deep model: the encoder's bottom layers with one linear head a task on the mean-pooled state, and its loss."""

from __future__ import annotations

import torch
from bert import Encoder
from samples import CHOICES, MARKS, TASKS, Targets
from torch import Tensor, nn
from torch.nn import functional

# How much each task's error counts: what people look at first counts most.
WEIGHTS = {
    "sentiment": 1.0,
    "emotion": 0.7,
    "urgency": 0.3,
    "intent": 1.5,
    "urgency_reasons": 0.3,
    "flags": 0.7,
}
RARE = 3.0  # a label that applies counts this much more than one that does not


class DeepModel(nn.Module):
    """Embedded or numbered tokens to the logits of every task."""

    def __init__(self, encoder: Encoder, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = encoder
        self.dropout = nn.Dropout(dropout)
        self.heads = nn.ModuleDict(
            {task: nn.Linear(encoder.norm.normalized_shape[0], len(labels)) for task, labels in TASKS.items()}
        )
        for head in self.heads.values():
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(self, tokens: Tensor) -> dict[str, Tensor]:
        """Logits of each task: posts × labels."""
        state = self.dropout(self.encoder(tokens))
        return {task: head(state) for task, head in self.heads.items()}


def loss(logits: dict[str, Tensor], targets: Targets) -> Tensor:
    """The sum over posts of the error of every task that the post has a label for."""
    total = torch.zeros(())
    for task in CHOICES:
        total = total + WEIGHTS[task] * _choice_loss(logits[task], targets, task)
    for task in MARKS:
        total = total + WEIGHTS[task] * _mark_loss(logits[task], torch.from_numpy(targets.marked[task]))
    return total


def _choice_loss(logits: Tensor, targets: Targets, task: str) -> Tensor:
    """Cross entropy over the labels that a post's annotators could choose."""
    known = torch.from_numpy(targets.chosen[task] >= 0)
    if not known.any():
        return torch.zeros(())
    allowed = torch.from_numpy(targets.allowed[task])[known]
    right = torch.from_numpy(targets.chosen[task])[known]
    weight = torch.from_numpy(targets.weight[task])[known]
    errors = functional.cross_entropy(logits[known].masked_fill(~allowed, -1e9), right, reduction="none")
    return (weight * errors).sum()


def _mark_loss(logits: Tensor, marked: Tensor) -> Tensor:
    """Binary cross entropy over the labels that are known, summed over labels and divided by their root number."""
    known = ~marked.isnan()
    truth = torch.where(known, marked, 0.0)
    errors = functional.binary_cross_entropy_with_logits(
        logits, truth, weight=known * (1 + (RARE - 1) * truth), reduction="sum"
    )
    return errors / logits.shape[1] ** 0.5
