"""Posts to the logits of every task: tokens, batches of like length, one run of the network a batch."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
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
PAD = 1
LONGEST = 96  # tokens: the tone of a post stands in its first sentences, and the work grows with each
BATCH_TOKENS = (
    1_536  # padding included: keeps what a batch needs within the processor's cache, and memory flat
)
POSTS_AT_ONCE = 2_000  # tokenised at a time


def logits(texts: Sequence[str]) -> Table:
    """One row a text, the labels of all tasks side by side in the card's order; not calibrated."""
    width = sum(map(len, deep_card().tasks.values()))
    parts = [_logits(texts[start : start + POSTS_AT_ONCE]) for start in range(0, len(texts), POSTS_AT_ONCE)]
    return np.concatenate(parts) if parts else np.zeros((0, width), np.float32)


def _logits(texts: Sequence[str]) -> Table:
    tokens = _tokens(texts)
    lengths = np.array([len(post) for post in tokens])
    order = np.argsort(lengths, kind="stable")
    run = session().run
    rows: list[Table] = []
    for at in _batches(lengths[order]):
        rows.append(run(None, _padded([tokens[post] for post in order[at].tolist()]))[0])
    found = np.empty((len(texts), rows[0].shape[1]), np.float32)
    found[order] = np.concatenate(rows)
    return found


def _tokens(texts: Sequence[str]) -> list[list[int]]:
    """Each text's token numbers, cut at LONGEST with the end mark kept."""
    found = tokeniser().encode_batch_fast([prepared(text) for text in texts])
    return [[*one.ids[: LONGEST - 1], one.ids[-1]] if len(one.ids) > LONGEST else one.ids for one in found]


def _batches(lengths: npt.NDArray[np.int64]) -> Iterator[slice]:
    """Runs of posts, whose lengths rise, that stay within BATCH_TOKENS once padded."""
    start = 0
    for at, length in enumerate(lengths.tolist()):
        if at > start and (at + 1 - start) * length > BATCH_TOKENS:
            yield slice(start, at)
            start = at
    yield slice(start, len(lengths))


def _padded(tokens: list[list[int]]) -> dict[str, npt.NDArray[np.generic]]:
    numbers = np.full((len(tokens), max(map(len, tokens))), PAD, np.int32)
    for row, post in zip(numbers, tokens, strict=True):
        row[: len(post)] = post
    return {"tokens": numbers, "mask": (numbers != PAD).astype(np.float32)}


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
