"""How well vectors keep topics apart: k-means on sets whose labels nothing was trained on.

`python training/meaning/clusters.py --data DIR [--static | --encoder]` measures and writes the figures into the card.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import paths  # noqa: F401 - finds texts' modules
from sklearn.cluster import KMeans
from sklearn.metrics import normalized_mutual_info_score

from outlisten.language.meaning import encode, vectors
from outlisten.language.meaning.model_card import Figure

SEED, RUNS, DRAWS = 20261201, 1, 200
Set = tuple[list[str], list[str]]


def banking77(data: Path) -> Set:
    """The test part: questions to a bank, 77 topics."""
    with (data / "banking77" / "test.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row["category"] for row in rows]


def clinc150(data: Path) -> Set:
    """The test part: requests to an assistant, 150 topics."""
    found = json.loads(gzip.decompress((data / "clinc150" / "data_full.json.gz").read_bytes()))["test"]
    return [text for text, _ in found], [label for _, label in found]


SETS: dict[str, Callable[[Path], Set]] = {"banking77 test": banking77, "clinc150 test": clinc150}


def clusters(found: np.ndarray, labels: list[str], seed: int) -> np.ndarray:
    """As many groups as there are labels."""
    return KMeans(len(set(labels)), n_init=1, random_state=seed, max_iter=50).fit_predict(found)


def agreement(found: np.ndarray, labels: list[str]) -> tuple[float, float, float]:
    """Normalised mutual information in per cent, over RUNS seeds, and 95 % bounds by resampling the texts."""
    truth = np.unique(labels, return_inverse=True)[1]
    runs = [clusters(found, labels, SEED + run) for run in range(RUNS)]
    value = float(np.mean([normalized_mutual_info_score(truth, run) for run in runs]))
    random = np.random.default_rng(SEED)
    draws = []
    for _ in range(DRAWS):
        rows = random.integers(0, len(truth), len(truth))
        draws.append(normalized_mutual_info_score(truth[rows], runs[0][rows]))
    spread = np.quantile(draws, [0.025, 0.975]) - np.mean(draws)
    return 100 * value, 100 * (value + spread[0]), 100 * (value + spread[1])


def whitened(found: np.ndarray) -> np.ndarray:
    """Half whitened on the texts themselves, as topics of a store's own posts are found: no label is used."""
    centred = found - found.mean(0)
    values, axes = np.linalg.eigh(np.cov(centred.T))
    kept = values > values.max() * 1e-4
    made = centred @ axes[:, kept] * values[kept] ** -0.25
    return np.asarray(made / np.linalg.norm(made, axis=1, keepdims=True))


def figures(data: Path, model: str) -> list[Figure]:
    """The figures of one model."""
    made = []
    for name, read in SETS.items():
        texts, labels = read(data)
        found = vectors(texts) if model == "static" else encode(texts)
        for measure, kept in (("k-means NMI", found), ("k-means NMI, half whitened", whitened(found))):
            value, low, high = (round(number, 1) for number in agreement(kept, labels))
            made.append(Figure(model, name, measure, value, low, high, len(texts)))
            print(made[-1], flush=True)
    return made


def main() -> None:
    """Measure, and put the figures in the place of the older ones of the same model."""
    from card_text import write_pages
    from make_search_encoder import write_card

    from outlisten.language.meaning.model_card import FOLDER, read_card

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the reference data folder")
    parser.add_argument("--static", action="store_true", help="the static vectors only")
    parser.add_argument("--encoder", action="store_true", help="the search encoder only")
    options = parser.parse_args()
    models = [m for m in ("static", "encoder") if getattr(options, m)] or ["static", "encoder"]
    measured = [figure for model in models for figure in figures(options.data, model)]
    told = {(figure.model, figure.set, figure.measure) for figure in measured}
    kept = [f for f in read_card(FOLDER).figures if (f.model, f.set, f.measure) not in told]
    write_card(FOLDER, figures=[asdict(figure) for figure in [*kept, *measured]])
    write_pages()


if __name__ == "__main__":
    main()
