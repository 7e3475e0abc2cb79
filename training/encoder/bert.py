"""The encoder as a plain PyTorch network: BERT (Devlin et al. 2019) with mean pooling, at the carrier's weights."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import torch
from carrier import Carrier, Shape
from torch import Tensor, nn
from torch.nn import functional

PAD = 1


class Layer(nn.Module):
    """Self-attention and feed-forward, each with a residual and a LayerNorm behind it."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.qkv = nn.Linear(shape.hidden, 3 * shape.hidden)
        self.out = nn.Linear(shape.hidden, shape.hidden)
        self.after_attention = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.wide = nn.Linear(shape.hidden, shape.feed_forward)
        self.narrow = nn.Linear(shape.feed_forward, shape.hidden)
        self.after_feed_forward = nn.LayerNorm(shape.hidden, shape.epsilon)

    def forward(self, states: Tensor, mask: Tensor, dropout: float) -> Tensor:
        """States (posts × tokens × hidden); `mask` (posts × 1 × 1 × tokens) is 0 on tokens and −1e9 on padding."""
        posts, tokens, hidden = states.shape
        queries, keys, values = self.qkv(states).view(posts, tokens, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = torch.softmax(queries @ keys.transpose(-1, -2) / (hidden // self.heads) ** 0.5 + mask, -1)
        mixed = (weights @ values).transpose(1, 2).reshape(posts, tokens, hidden)
        states = self.after_attention(states + functional.dropout(self.out(mixed), dropout, self.training))
        fed = self.narrow(functional.gelu(self.wide(states)))
        return self.after_feed_forward(states + functional.dropout(fed, dropout, self.training))


class Encoder(nn.Module):
    """Token numbers to the mean-pooled state of each post."""

    def __init__(self, shape: Shape, layers: int, vocabulary: int) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, shape.hidden)
        self.positions = nn.Embedding(shape.positions, shape.hidden)
        self.norm = nn.LayerNorm(shape.hidden, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(layers))
        self.dropout = 0.0

    def embed(self, tokens: Tensor) -> Tensor:
        """Words and positions, normalised: posts × tokens × hidden."""
        places = torch.arange(tokens.shape[1], device=tokens.device)
        return self.norm(self.words(tokens) + self.positions(places))

    def encode(self, embedded: Tensor, mask: Tensor) -> Tensor:
        """The mean-pooled state (posts × hidden) of embedded tokens; `mask` is 1 on tokens and 0 on padding."""
        states, added = embedded, (1 - mask)[:, None, None, :] * -1e9
        for layer in self.layers:
            states = layer(states, added, self.dropout)
        return (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True).clamp(min=1)

    def forward(self, tokens: Tensor) -> Tensor:
        """The mean-pooled state (posts × hidden), not scaled, of padded token numbers."""
        return self.encode(self.embed(tokens), (tokens != PAD).float())


def encoder(
    carrier: Carrier, kept: npt.NDArray[np.int64] | None = None, layers: int | None = None
) -> Encoder:
    """The carrier's network with its bottom `layers` (all: None) and the embeddings of the `kept` pieces (all: None)."""
    words = carrier.tensors["emb.word"]
    words = (words.rows(kept) if kept is not None else words).floats()  # type: ignore[union-attr]
    made = Encoder(carrier.shape, layers or carrier.shape.layers, len(words))
    state = {
        "words.weight": words,
        # Every text is of type 0: its vector is the same for all tokens.
        "positions.weight": carrier.floats("emb.pos") + carrier.floats("emb.type")[0],
        "norm.weight": carrier.floats("emb.ln.w"),
        "norm.bias": carrier.floats("emb.ln.b"),
    }
    for number in range(len(made.layers)):
        state |= _layer(carrier, number)
    made.load_state_dict(
        {name: torch.from_numpy(np.ascontiguousarray(values)) for name, values in state.items()}
    )
    return made


def _layer(carrier: Carrier, number: int) -> dict[str, npt.NDArray[np.float32]]:
    """A layer's weights by the names of `Layer`."""
    here, there = f"l{number}", f"layers.{number}"
    state = {
        f"{there}.qkv.weight": np.concatenate([carrier.floats(f"{here}.{part}.w") for part in "qkv"]),
        f"{there}.qkv.bias": np.concatenate([carrier.floats(f"{here}.{part}.b") for part in "qkv"]),
    }
    names = {"ao": "out", "aln": "after_attention", "fi": "wide", "fo": "narrow", "oln": "after_feed_forward"}
    for short, name in names.items():
        state[f"{there}.{name}.weight"] = carrier.floats(f"{here}.{short}.w")
        state[f"{there}.{name}.bias"] = carrier.floats(f"{here}.{short}.b")
    return state
