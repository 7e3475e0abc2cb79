"""Whether the network read from the carrier says what the carrier's own engine says: `python … --folder DIR`.

Prints, for some sentences, the cosine between the two; at least 0.999 is expected (the engine rounds to 8 bits between
layers). Needs Linux on x86-64, whose engine the wheel holds.
"""

from __future__ import annotations

import argparse
import ctypes
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
import torch
from bert import encoder
from carrier import MODEL, WHEEL, load
from vocabulary import tokeniser

SENTENCES = (
    "how much protein per day",
    "客服态度太差了，退款三个星期还没有到账！",
    "Love the new app!! 😊 it's mid tbh",
    "電池唔耐用，嘥錢",
    "“Ｈｅｌｌｏ”　ｗｏｒｌｄ… café № ½ ①",
)


def of_engine(folder: Path, sentences: tuple[str, ...], width: int) -> npt.NDArray[np.float32]:
    """The unit vectors of the carrier's engine, which puts "query: " in front."""
    with TemporaryDirectory() as place, zipfile.ZipFile(folder / WHEEL) as wheel:
        library = next(name for name in wheel.namelist() if name.endswith(".so") and "_engine" in name)
        names = [library, MODEL, *(name for name in wheel.namelist() if "libgomp" in name)]
        paths = [wheel.extract(name, place) for name in names]
        engine = ctypes.CDLL(paths[0])
        engine.e5_load.restype = ctypes.c_void_p
        engine.e5_load.argtypes = [ctypes.c_char_p]
        engine.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
        model = engine.e5_load(paths[1].encode())
        found = np.zeros((len(sentences), width), np.float32)
        for row, sentence in zip(found, sentences, strict=True):
            engine.e5_embed(model, sentence.encode(), 1, row.ctypes.data)
    return found


def main() -> None:
    """Print a line a sentence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True, help="where the carrier's wheel is")
    folder = parser.parse_args().folder
    carrier = load(folder)
    network, cut = encoder(carrier).eval(), tokeniser(carrier)
    theirs = of_engine(folder, SENTENCES, carrier.shape.hidden)
    for sentence, their in zip(SENTENCES, theirs, strict=True):
        with torch.inference_mode():
            ours = network(torch.tensor([cut.encode(f"query: {sentence}").ids]))[0].numpy()
        print(f"{ours @ their / np.linalg.norm(ours):.5f}  {sentence}")


if __name__ == "__main__":
    main()
