"""Makes the static vectors: `python training/meaning/make_static.py --data DIR --work DIR`, after make_search_encoder.py.

The recipe of model2vec (Tulkens and van Dongen 2024) with a regression behind it: the most used pieces are encoded by the
search encoder; the encoder's vectors of unlabelled posts are brought to 256 numbers and half whitened (each principal
component divided by the fourth root of its variance), so that what all posts share counts less; the pieces' vectors,
weighted by smooth inverse frequency (Arora et al. 2017), are mapped there by ridge regression, then moved by gradient steps
so that their sum points as the post's vector does. Seeded; what is slow (encoding) is kept in --work and carried on with.
About half an hour on one core of an older server.
"""

from __future__ import annotations

import argparse
import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import paths  # noqa: F401 - finds the carrier
import scipy.sparse as sp
from card_text import FAULTS, MADE_FROM, data
from make_search_encoder import write_card, write_words
from texts import SEED, chosen_texts

from outlisten.language.meaning.model_card import FOLDER
from outlisten.language.meaning.search_encoder import END, PREFIX, han_share, means_of, pooled, states, words
from outlisten.language.meaning.static import DIMENSIONS, unit
from outlisten.language.meaning.tokens import folded_pieces, tokeniser

Floats = np.ndarray
ENCODED = 6_000  # pieces that are encoded: the numbers of pieces rise as their use falls
STRENGTHS = (1e-3, 1e-2, 1e-1, 1.0)
SIF = 1e-3  # the `a` of a / (a + frequency)
EPOCHS, BATCH, STEP, PULL = 12, 256, 2e-3, 0.02  # PULL draws a piece back to where the regression put it
POSTS = 2_000  # of the chosen ones, which are mixed: as many as one core encodes in a few minutes
LONGEST = 40  # characters of a post that are encoded: what is slow is the encoder
HELD_OUT = 10  # every tenth post is left out, to tell when to stop


def in_parts(name: str, work: Path, count: int, size: int, make: Callable[[int, int], Floats]) -> Floats:
    """`make(first, last)` for every `size`, each kept as a file: a run that was stopped goes on there."""
    parts = []
    for first in range(0, count, size):
        path = work / f"{name}-{first}.npy"
        if not path.is_file():
            np.save(path, make(first, min(first + size, count)))
            print(name, first, "of", count, flush=True)
        parts.append(np.load(path))
    return np.concatenate(parts)


def kept_texts(data: Path, work: Path) -> list[str]:
    """The posts to encode, cut short: chosen once, then kept beside their vectors."""
    path = work / "texts.json"
    if not path.is_file():
        path.write_text(json.dumps(chosen_texts(data), ensure_ascii=False), encoding="utf-8")
    return [text[:LONGEST] for text in json.loads(path.read_text(encoding="utf-8"))[:POSTS]]


def piece_vectors(work: Path) -> Floats:
    """What each kept piece means by itself: the most used ones encoded as texts of their own; the others told from the
    encoder's first layer by ridge regression on those."""
    prefix = tokeniser().encode(PREFIX.strip()).ids[:-1]
    found = in_parts(
        "pieces", work, ENCODED, 500, lambda a, b: pooled([[*prefix, number, END] for number in range(a, b)])
    )
    encoded = unit(found - means_of([tokeniser().id_to_token(number) or "" for number in range(ENCODED)]))
    first_layer = words().of(np.arange(tokeniser().get_vocab_size()))
    first_layer = unit(first_layer - first_layer.mean(0))
    told = first_layer @ ridge(first_layer[:ENCODED], encoded)
    return np.concatenate((encoded, unit(told[ENCODED:])))


def ridge(given: Floats, wanted: Floats, strength: float = 1e-2) -> Floats:
    """The matrix that brings `given` nearest to `wanted`, small where little is known."""
    gram = given.T @ given
    gram += strength * np.trace(gram) / len(gram) * np.eye(len(gram), dtype=gram.dtype)
    return np.asarray(np.linalg.solve(gram, given.T @ wanted), np.float32)


def half_whitened(vectors: Floats) -> Floats:
    """256 principal components, each divided by the fourth root of its variance, at length 1."""
    centred = vectors - vectors.mean(0)
    values, axes = np.linalg.eigh(np.cov(centred.T))
    order = np.argsort(values)[::-1][:DIMENSIONS]
    return unit((centred @ axes[:, order] * values[order] ** -0.25).astype(np.float32))


def bags(pieces: list[list[int]], count: int) -> sp.csr_matrix:
    """How often each piece stands in each text, by its length."""
    rows = [at for at, one in enumerate(pieces) for _ in one]
    columns = [number for one in pieces for number in one]
    weights = [1 / len(one) for one in pieces for _ in one]
    return sp.csr_matrix((np.array(weights, np.float32), (rows, columns)), (len(pieces), count))


def cosines(bag: sp.csr_matrix, table: Floats, wanted: Floats) -> Floats:
    """How near each text's sum comes to its wanted vector."""
    return np.asarray((unit(bag @ table) * wanted).sum(1))


def regressed(weighted: Floats, bag: sp.csr_matrix, wanted: Floats, out: Floats) -> Floats:
    """The pieces brought to the posts' vectors by ridge regression; of several strengths the one best on `out`."""
    sums, tried = bag[~out] @ weighted, []
    for strength in STRENGTHS:
        table = weighted @ ridge(sums, wanted[~out], strength)
        tried.append((float(cosines(bag[out], table, wanted[out]).mean()), table))
        print("ridge", strength, "cosine on posts left out", round(tried[-1][0], 4), flush=True)
    best = max(tried, key=lambda one: one[0])[1]
    return np.asarray(best / np.linalg.norm(bag @ best, axis=1).mean(), np.float32)


def moved(
    table: Floats, bag: sp.csr_matrix, wanted: Floats, held: sp.csr_matrix, held_wanted: Floats
) -> Floats:
    """The pieces moved by Adam (Kingma and Ba 2015) towards a cosine of 1; the epoch best on the posts left out."""
    start, table = table, table.copy()
    mean, square = np.zeros_like(table), np.zeros_like(table)
    random, best, steps = np.random.default_rng(SEED), (0.0, table.copy()), 0
    for epoch in range(EPOCHS):
        order = random.permutation(bag.shape[0])
        for first in range(0, len(order), BATCH):
            rows, steps = order[first : first + BATCH], steps + 1
            made = bag[rows] @ table
            length = np.maximum(np.linalg.norm(made, axis=1, keepdims=True), 1e-6)
            made /= length
            cosine = (made * wanted[rows]).sum(1, keepdims=True)
            slope = bag[rows].T @ ((made * cosine - wanted[rows]) / length / len(rows))
            slope += PULL * (table - start) / len(order)
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope**2 - square)
            rate = STEP * np.sqrt(1 - 0.99**steps) / (1 - 0.9**steps) * (1 - epoch / EPOCHS)
            table -= rate * mean / (np.sqrt(square) + 1e-8)
        reached = float(cosines(held, table, held_wanted).mean())
        print("epoch", epoch, "cosine on posts left out", round(reached, 4), flush=True)
        if reached > best[0]:
            best = (reached, table.copy())
    return best[1]


def main() -> None:
    """Encode, regress, move, write the table of pieces."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the reference data folder")
    parser.add_argument("--work", type=Path, required=True, help="where encoded parts are kept")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    texts = kept_texts(options.data, options.work)
    found = in_parts("posts", options.work, len(texts), 250, lambda a, b: states(texts[a:b]))
    share = np.array([han_share(text) for text in texts])
    means = np.stack([found[share == 0].mean(0), found[share > 0.9].mean(0)])
    write_words(replace(words(), means=means), FOLDER)
    write_card(FOLDER)
    pieces = piece_vectors(options.work)
    wanted = half_whitened(unit(found - means_of(texts)))
    cut = folded_pieces(texts)
    counts = Counter(number for one in cut for number in one)
    frequency = np.array([counts[number] for number in range(len(pieces))]) / sum(counts.values())
    weighted = pieces * (SIF / (SIF + frequency))[:, None].astype(np.float32)
    told = np.flatnonzero([bool(one) for one in cut])
    bag, wanted = bags([cut[at] for at in told], len(pieces)), wanted[told]
    out = np.arange(len(told)) % HELD_OUT == 0
    table = regressed(weighted, bag, wanted, out)
    table = moved(table, bag[~out], wanted[~out], bag[out], wanted[out])
    scales = np.maximum(np.abs(table).max(1) / 127, 1e-8).astype(np.float16)
    scales = np.maximum(scales, np.float16(6e-8))
    levels = np.clip(np.round(table / scales.astype(np.float32)[:, None]), -127, 127).astype(np.int8)
    with (FOLDER / "static.npz").open("wb") as file:
        np.savez(file, levels=levels, scales=scales)
    write_card(FOLDER, made_from=MADE_FROM, data=data(), faults=list(FAULTS))


if __name__ == "__main__":
    main()
