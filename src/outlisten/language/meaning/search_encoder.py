"""The search encoder: multilingual-e5-small (Wang et al. 2024) as it is, not trained further, because training for tone
would spoil its sense of what is alike.

Its weights have 4 bits, in the blocks of the package that carried them; only the words that Chinese and English posts
use are kept. From each vector the mean vector of posts of its script is taken off: without that, all texts are alike
(cosines from 0.7 to 0.9), and texts of one language more alike than texts on one subject.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from outlisten.language.meaning.model_card import content
from outlisten.language.meaning.static import Floats, unit
from outlisten.language.meaning.tokens import SPECIAL, tokeniser, valid

PREFIX = "query: "  # the encoder was trained with it, for texts that are compared with each other
HIDDEN, BLOCK = 384, 32
MOST_TOKENS = 128
AT_ONCE = 32  # texts: sorted by length first, so that little of a batch is padding
END = 2
_HAN, _LATIN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]"), re.compile(r"[^\W\d_\u3400-\u9fff\uf900-\ufaff]+")


@dataclass(frozen=True, slots=True)
class Words:
    """The vectors of pieces at 4 bits (`nibbles`, two a byte, `scales` for 32 of them), of places, and the mean vectors of
    posts in other scripts (first row) and in Han characters (second row)."""

    nibbles: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float16]
    places: Floats
    means: Floats

    def of(self, numbers: npt.NDArray[np.int64]) -> Floats:
        """The vectors of some pieces: pieces × HIDDEN."""
        stored = self.nibbles[numbers].reshape(len(numbers), -1, BLOCK // 2)
        levels = np.concatenate((stored & 15, stored >> 4), axis=2).astype(np.float32) - 8
        return (levels * self.scales[numbers].astype(np.float32)[:, :, None]).reshape(len(numbers), HIDDEN)


def encode(texts: Sequence[str]) -> Floats:
    """One unit vector a text (texts × 384), zeros for a text without a known word. Reads the first 128 pieces; some 50
    posts a second on an older core. Raises ModelBroken."""
    made = states(texts) - means_of(texts)
    made[[not _says(valid(text)) for text in texts]] = 0
    return unit(made)


def states(texts: Sequence[str]) -> Floats:
    """The encoder's mean state of each text as it comes, nothing taken off: texts × 384."""
    found = tokeniser().encode_batch_fast([PREFIX + valid(text) for text in texts])
    return pooled(
        [[*one.ids[: MOST_TOKENS - 1], END] if len(one.ids) > MOST_TOKENS else one.ids for one in found]
    )


def means_of(texts: Sequence[str]) -> Floats:
    """What is taken off each text: the mean of its script, of both for mixed texts by how much there is of each."""
    share = np.array([han_share(text) for text in texts], np.float32)[:, None]
    return np.asarray((1 - share) * words().means[0] + share * words().means[1])


def han_share(text: str) -> float:
    """How much of a text is Han characters, each counted as a word of another script: 0 to 1."""
    han, other = len(_HAN.findall(valid(text))), len(_LATIN.findall(valid(text)))
    return han / (han + other) if han else 0.0


def _says(text: str) -> bool:
    """Whether a text holds a letter or a digit that is known, or another known sign."""
    numbers = tokeniser().encode(text, add_special_tokens=False).ids if text.strip() else ()
    return any(number >= SPECIAL for number in numbers)


def pooled(numbers: Sequence[Sequence[int]]) -> Floats:
    """The mean of the last states over each text's pieces, not scaled: texts × HIDDEN."""
    made = np.zeros((len(numbers), HIDDEN), np.float32)
    order = sorted(range(len(numbers)), key=lambda at: len(numbers[at]))
    for first in range(0, len(order), AT_ONCE):
        batch = order[first : first + AT_ONCE]
        made[batch] = _run([numbers[at] for at in batch])
    return made


def _run(numbers: list[Sequence[int]]) -> Floats:
    lengths = np.array([len(one) for one in numbers])
    mask = np.arange(lengths.max())[None, :] < lengths[:, None]
    kept = words()
    states = np.zeros((*mask.shape, HIDDEN), np.float32)
    states[mask] = kept.of(np.concatenate([np.asarray(one, np.int64) for one in numbers]))
    states += kept.places[: mask.shape[1]]
    found = _session().run(None, {"words": states, "mask": mask.astype(np.float32)})
    return np.asarray(found[0], np.float32)


@cache
def words() -> Words:
    """The encoder's vectors of pieces, loaded when first asked for. Raises ModelBroken."""
    with np.load(io.BytesIO(content("words.npz"))) as packed:
        return Words(packed["nibbles"], packed["scales"], packed["places"], packed["means"])


@cache
def _session() -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # pages and imports want the other cores
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(content("encoder.onnx"), options, providers=["CPUExecutionProvider"])
