"""The reader of the carrier's file, on a small file of the same form; and the pieces that are kept."""

from __future__ import annotations

import struct
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

ENCODER = Path(__file__).parents[2] / "training" / "encoder"
HIDDEN, WIDE, PIECES = (
    32,
    64,
    ["<s>", "<pad>", "</s>", "<unk>", "▁", "▁电池", "池", "电", "▁battery", "y", "▁drone"],
)


@pytest.fixture(scope="module")
def carrier() -> Any:
    sys.path.insert(0, str(ENCODER))
    try:
        import carrier  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(ENCODER))
    return carrier


@pytest.fixture(scope="module")
def vocabulary(carrier: Any) -> Any:
    pytest.importorskip("tokenizers")
    sys.path.insert(0, str(ENCODER))
    try:
        import vocabulary  # type: ignore[import-not-found]
    finally:
        sys.path.remove(str(ENCODER))
    return vocabulary


def file_of(levels: np.ndarray[Any, Any], scale: float) -> bytes:
    """A model file with these pieces, one matrix of 4 bits and one vector."""
    texts = [piece.encode() for piece in PIECES]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
    content = b"E5S1" + struct.pack("<I7ifi", 1, HIDDEN, 1, 2, WIDE, len(PIECES), 8, 2, 1e-12, 32)
    content += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(b"".join(texts)))
    scores = [0, 0, 0, 0, -4, -9, -7, -7, -8, -6, -9]
    content += ends.tobytes() + np.array(scores, "<f4").tobytes() + b"".join(texts)
    table = struct.pack("<IB", 9, 1) + struct.pack("<I", 32) + struct.pack("<IB", 1, 0)
    content += struct.pack("<iI", 2, len(table)) + table
    stored = (levels + 8).astype(np.uint8).reshape(len(levels), -1, 2, 16)
    blocks = np.zeros(stored.shape[:2], np.dtype([("scale", "<f2"), ("nibbles", "u1", 16)]))
    blocks["scale"], blocks["nibbles"] = scale, stored[:, :, 0] | (stored[:, :, 1] << 4)
    parts = {
        "emb.word": (1, levels.size, blocks.tobytes()),
        "emb.ln.w": (0, 3, np.arange(3, dtype="<f4").tobytes()),
    }
    offset = len(content) + 4 + sum(2 + len(name) + 21 for name in parts)
    content += struct.pack("<i", len(parts))
    for name, (kind, numbers, held) in parts.items():
        content += (
            struct.pack("<H", len(name))
            + name.encode()
            + struct.pack("<BIQQ", kind, numbers, offset, len(held))
        )
        offset += len(held)
    return content + b"".join(held for _, _, held in parts.values())


@pytest.fixture(scope="module")
def levels() -> np.ndarray[Any, Any]:
    return np.random.default_rng(5).integers(-8, 8, (len(PIECES), HIDDEN)).astype(np.int8)


@pytest.fixture(scope="module")
def small(carrier: Any, levels: np.ndarray[Any, Any]) -> Any:
    return carrier.parse(file_of(levels, 0.25))


def test_weights_of_four_bits_come_back_as_they_were(small: Any, levels: np.ndarray[Any, Any]) -> None:
    np.testing.assert_array_equal(small.tensors["emb.word"].levels(), levels)
    np.testing.assert_array_equal(small.floats("emb.word"), levels.astype(np.float32) / 4)
    np.testing.assert_array_equal(small.floats("emb.ln.w"), [0, 1, 2])


def test_pieces_scores_and_normalisation_are_read(small: Any) -> None:
    assert small.pieces == PIECES
    assert small.scores[5] == -9
    assert small.normalisation == {"\t": " ", "\x01": ""}
    assert (small.shape.hidden, small.shape.feed_forward, small.shape.vocabulary) == (
        HIDDEN,
        WIDE,
        len(PIECES),
    )


def test_another_file_is_refused_in_one_sentence(carrier: Any, tmp_path: Path) -> None:
    with pytest.raises(carrier.CarrierBroken, match="does not begin with"):
        carrier.parse(b"something else")
    (tmp_path / carrier.WHEEL).write_bytes(b"something else")
    with pytest.raises(carrier.CarrierBroken, match="not the wheel"):
        carrier.load(tmp_path)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("电池", ["▁电池"]),
        ("battery\t\x01电池", ["▁battery", "▁电池"]),
        ("  battery", ["▁battery"]),
        ("ｂａｔｔｅｒｙ", ["▁battery"]),
        ("", []),
    ],
)
def test_texts_are_cut_into_the_likeliest_pieces(
    vocabulary: Any, small: Any, text: str, pieces: list[str]
) -> None:
    assert vocabulary.tokeniser(small).encode(text).tokens == ["<s>", *pieces, "</s>"]


def test_a_piece_seldom_seen_is_dropped_and_common_characters_stay(vocabulary: Any, small: Any) -> None:
    kept = vocabulary.kept_pieces(small, ["battery"] * 5 + ["drone"] * 4)
    assert [PIECES[number] for number in kept] == [
        piece for piece in PIECES if piece not in {"▁电池", "▁drone"}
    ]
    assert vocabulary.tokeniser(small, kept).encode("电池").tokens[1:-1] == ["▁", "电", "池"]
