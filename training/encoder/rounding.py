"""Training with the rounding of the files that ship, so that the network learns to bear it.

`export.py` keeps weights in 7 bits a channel and rounds what goes into each matrix to 8 bits, on a scale of its own: the
product's scale is a post's, here it is a batch's. Both are done in the forward pass, and gradients pass as if nothing were
rounded (the straight-through estimator: Bengio et al. 2013; quantisation-aware training: Jacob et al. 2018).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

WEIGHT_LEVELS, INPUT_LEVELS = 64, 255  # the weights' on each side of nought


class RoundedLinear(nn.Linear):
    """A linear layer whose weights and input are rounded as the exported one's are."""

    def forward(self, input: Tensor) -> Tensor:
        """As `nn.Linear`."""
        return functional.linear(rounded_input(input), rounded_weight(self.weight), self.bias)


def rounded_input(values: Tensor) -> Tensor:
    """The values on 256 even steps between their smallest and their largest, nought among them."""
    with torch.no_grad():
        low, high = values.min().clamp(max=0), values.max().clamp(min=0)
        step = ((high - low) / INPUT_LEVELS).clamp(min=1e-12)
        moved = (values / step).round_().mul_(step).sub_(values)
    return values + moved


def rounded_weight(weight: Tensor) -> Tensor:
    """Each row on 129 even steps, nought in the middle."""
    with torch.no_grad():
        step = (weight.abs().amax(1, keepdim=True) / WEIGHT_LEVELS).clamp(min=1e-12)
        moved = (weight / step).round_().mul_(step).sub_(weight)
    return weight + moved


def with_rounding(model: nn.Module) -> None:
    """Make every linear layer of a model round; its weights and their names stay."""
    for module in model.modules():
        if type(module) is nn.Linear:
            module.__class__ = RoundedLinear
