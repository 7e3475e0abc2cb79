"""What 100 and 200 local labels do on a car forum that no model was trained on (bdci2018_car).

python benchmarks/local_calibration.py --data ../shared/data --write docs/explanation/measured/local-calibration.md

Labels are drawn at random, as on the page Labelling; measured on posts none of whose texts was labelled. Nothing was chosen on
this set: penalties are chosen inside the labels of each draw.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

sys.path.insert(0, str(Path(__file__).parent))
from machine import machine

from outlisten.language import model_card
from outlisten.language.chances import sentiment_chances
from outlisten.language.local import TextSpace, fit
from outlisten.language.local.learning import macro_recall_of
from outlisten.language.reliability import Reliability

LABELS = ("negative", "neutral", "positive")
NAMES = {"-1": 0, "0": 1, "1": 2}
HEAD = (
    "| labels | | macro recall | accuracy | calibration error | used: probabilities / labels |\n"
    "|---|---|---|---|---|---|"
)
Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Forum:
    """The posts, their true labels by place, and the model's chances."""

    texts: list[str]
    truth: npt.NDArray[np.int64]
    chances: Floats


def forum(data: Path) -> Forum:
    """The car forum, once each row: a post that speaks of several parts of a car stands there with each."""
    path = data / "bdci2018_car" / "train.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    texts = [row["content"] for row in rows]
    read = sentiment_chances(texts, None, ["zh"] * len(texts))
    places = [read.labels.index(label) for label in LABELS]
    truth = np.array([NAMES[row["sentiment_value"]] for row in rows], np.int64)
    return Forum(texts, truth, read.table[:, places].astype(np.float64))


def measured(posts: Forum, space: TextSpace | None, labels: int, seed: int) -> Floats:
    """Rows own, learned labels, as deployed; columns macro recall, accuracy, calibration error, used, decides."""
    rng = np.random.default_rng(seed)
    drawn = rng.choice(len(posts.truth), labels, replace=False)
    known = {posts.texts[row] for row in drawn}
    rest = np.array([row for row, text in enumerate(posts.texts) if text not in known])
    texts = [posts.texts[row] for row in drawn]
    found = fit(LABELS, posts.chances[drawn], posts.truth[drawn], texts, space)
    chances, truth = posts.chances[rest], posts.truth[rest]
    places, trusted = found.reading.read(chances, [posts.texts[row] for row in rest])
    own, rows = chances.argmax(axis=1), np.arange(len(rest))
    likeliest = trusted.argmax(axis=1)
    used = (float(found.helps), float(found.reading.decides))
    return np.array(
        [
            [*figures(truth, own, chances[rows, own]), *used],
            [*figures(truth, places, trusted[rows, places]), *used],
            [*figures(truth, likeliest, trusted[rows, likeliest]), *used],
        ]
    )


def figures(truth: npt.NDArray[np.int64], said: npt.NDArray[np.int64], sure: Floats) -> tuple[float, ...]:
    """Macro recall, accuracy, calibration error."""
    right = said == truth
    return macro_recall_of(truth, said, len(LABELS)), float(right.mean()), Reliability.of(right, sure).error


def table(posts: Forum, seeds: int) -> str:
    """Means over draws, with the spread between them."""
    space = TextSpace.of(posts.texts[:5000])
    lines = [HEAD]
    for labels in (100, 200):
        found = np.array([measured(posts, space, labels, seed) for seed in range(seeds)])
        mean, spread = found.mean(axis=0), found.std(axis=0)
        for row, name in enumerate(("the model alone", "as deployed", "the likeliest label here")):
            cells = [f"{100 * mean[row, at]:.1f} ± {100 * spread[row, at]:.1f}" for at in range(3)]
            used = f"{mean[0, 3]:.0%} / {mean[0, 4]:.0%} of draws" if row else ""
            lines.append(f"| {labels} | {name} | {' | '.join(cells)} | {used} |")
    return "\n".join(lines)


def main() -> None:
    """Print the table, or write it as a page."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--write", type=Path)
    given = parser.parse_args()
    said = (
        f"# What local labels do on posts of another kind\n\n{__doc__}\nModel: `{model_card()}`. {machine()}\n"
        f"{given.seeds} draws; mean and standard deviation over draws, in percent.\n\n"
        f"{table(forum(given.data), given.seeds)}\n"
    )
    if given.write:
        given.write.write_text(said, encoding="utf-8")
    else:
        sys.stdout.write(said)


if __name__ == "__main__":
    main()
