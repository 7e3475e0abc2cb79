"""Posts to the logits of every task: tokens, and one run of the network a post."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from outlisten.language.card import ModelBroken
from outlisten.language.deep.card import ENCODER, FOLDER, TOKENISER, DeepCard, deep_card
from outlisten.language.deep.preparation import prepared

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

Table = npt.NDArray[np.float32]
LONGEST = 96  # tokens: the tone of a post stands in its first sentences, and the work grows with each
POSTS_AT_ONCE = 2_000  # tokenised at a time


def logits(texts: Sequence[str]) -> Table:
    """One row a text, the labels of all tasks side by side in the card's order; not calibrated."""
    width = sum(map(len, deep_card().tasks.values()))
    parts = [_logits(texts[start : start + POSTS_AT_ONCE]) for start in range(0, len(texts), POSTS_AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros((0, width), np.float32)


def _logits(texts: Sequence[str]) -> Table:
    """Each post by itself: what enters a matrix is rounded on a scale of its own, so that no post sways another's reading.
    Batches would be read four percent sooner (measured on 800 posts).
    """
    run = session().run
    return np.concatenate([run(None, _alone(post))[0] for post in _tokens(texts)])


def _tokens(texts: Sequence[str]) -> list[list[int]]:
    """Each text's token numbers, cut at LONGEST with the end mark kept."""
    found = tokeniser().encode_batch_fast([prepared(text) for text in texts])
    return [[*one.ids[: LONGEST - 1], one.ids[-1]] if len(one.ids) > LONGEST else one.ids for one in found]


def _alone(tokens: list[int]) -> dict[str, npt.NDArray[np.generic]]:
    return {"tokens": np.array([tokens], np.int32), "mask": np.ones((1, len(tokens)), np.float32)}


@cache
def session() -> InferenceSession:
    """The network, loaded and checked once a process; one thread, as the caller decides how many posts run at once."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return InferenceSession(content(deep_card(), ENCODER), options, providers=["CPUExecutionProvider"])


@cache
def tokeniser() -> Tokenizer:
    """The tokeniser, loaded and checked once a process."""
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    from tokenizers import Tokenizer

    return Tokenizer.from_str(content(deep_card(), TOKENISER).decode())


def content(card: DeepCard, name: str) -> bytes:
    """A file of the model, checked; raises ModelBroken when it is missing or altered."""
    path = FOLDER / name
    try:
        found = path.read_bytes()
    except OSError as error:
        raise ModelBroken(
            f"The model file {path} cannot be read ({error}). Install Outlisten again."
        ) from error
    if sha256(found).hexdigest() != card.files[name]:
        raise ModelBroken(
            f"The model file {path} is not the one that {card} describes. Install Outlisten again."
        )
    return found
