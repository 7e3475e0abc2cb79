"""Temperatures, thresholds and shares from the tuning parts, figures from the tests, and the card with all of it:
`PYTHONPATH=training python training/encoder/calibrate.py --data DIR --work DIR`, once `export.py` has run.

Everything is computed by the files that ship, through the calls that the product makes.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from typing import Any

import deep_card_text
import numpy as np
import torch
from deep_card_page import write as write_pages
from export import ENCODER, TOKENISER
from figures import Scored, figure, threshold
from samples import MARKS, TASKS
from scipy.optimize import minimize_scalar
from scored import score
from sets import deep_sets, held_out

from outlisten.language.deep import card as deep
from outlisten.language.deep.encoding import session, tokeniser
from outlisten.language.deep.scoring import ONE_LABEL

VERSION = "2026.12"
# The parts on which a task is tuned, by language; figures are means over them.
TUNED_ON = {
    ("sentiment", "en"): ("tweeteval/sentiment val", "written en tuning", "collected en tuning"),
    ("sentiment", "zh"): (
        "smp2020_ewect virus_eval_labeled",
        "online_shopping_10_cats tuning",
        "written zh tuning",
        "collected zh tuning",
    ),
    ("emotion", "en"): ("tweeteval/emotion val", "written en tuning", "collected en tuning"),
    ("emotion", "zh"): ("smp2020_ewect virus_eval_labeled", "written zh tuning", "collected zh tuning"),
    ("flags", "en"): ("written en tuning", "collected en tuning", "tweeteval/offensive val"),
    ("flags", "zh"): ("written zh tuning", "collected zh tuning", "cold dev"),
}
SHARES = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


def parts_of(task: str, lang: str) -> tuple[str, ...]:
    """The tuning parts of a task in a language."""
    return TUNED_ON.get((task, lang), (f"written {lang} tuning", f"collected {lang} tuning"))


def temperature(task: str, parts: Sequence[Scored]) -> float:
    """The divisor of logits that makes the tuning labels likeliest."""

    def cost(log: float) -> float:
        return float(np.mean([part.error(task, float(np.exp(log))) for part in parts]))

    return float(np.exp(minimize_scalar(cost, bounds=(-1.5, 2.0), method="bounded").x))


Found = dict[str, dict[str, dict[str, Any]]]


def tune(parts: dict[str, Scored]) -> tuple[Found, Found]:
    """The calibration of each task in each language, and thresholds for the encoder alone."""
    found: Found = {}
    alone: Found = {}
    for lang in ("en", "zh"):
        found[lang], alone[lang] = {}, {}
        for task in TASKS:
            on = [parts[name] for name in parts_of(task, lang)]
            degrees = temperature(task, on)
            share = _share(task, [_unseen(part) for part in on], degrees)
            least = _thresholds(task, on, degrees, share)
            found[lang][task] = {"temperature": round(degrees, 4), "share": share, "thresholds": least}
            alone[lang][task] = _thresholds(task, on, degrees, 1.0)
    return found, alone


def _thresholds(task: str, parts: Sequence[Scored], degrees: float, share: float) -> dict[str, float]:
    """Of each label its threshold, where a task has any number of them."""
    if task in ONE_LABEL:
        return {}
    return {label: threshold(parts, task, at, degrees, share) for at, label in enumerate(TASKS[task])}


def _unseen(part: Scored) -> Scored:
    """The posts that the fast heads did not learn from either: of the reviews none."""
    return part.only([]) if part.name.startswith("online_shopping") else part


def _share(task: str, parts: Sequence[Scored], degrees: float) -> float:
    """The encoder's share with which the tuning labels are likeliest: every post weighs the same, and of several
    labels every label.
    """
    some = [part for part in parts if part.samples]
    posts = [len(part.known(task)) for part in some]

    def cost(share: float) -> float:
        if task in MARKS:
            costs = [part.label_costs(task, degrees, share) for part in some]
            return float(np.mean(sum(errors for errors, _ in costs) / sum(known for _, known in costs)))
        return float(np.average([part.error(task, degrees, share) for part in some], weights=posts))

    return min(SHARES, key=cost)


def main() -> None:
    """Tune, measure, write card and pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the reference data folder")
    parser.add_argument("--work", type=Path, required=True, help="the folder that training filled")
    options = parser.parse_args()
    files = {name: sha256((deep.FOLDER / name).read_bytes()).hexdigest() for name in (ENCODER, TOKENISER)}
    trained = torch.load(options.work / "final.pt")
    sets, tests = deep_sets(options.data), held_out(options.data)
    card = {
        "id": "deep-encoder",
        "version": VERSION,
        "tasks": {task: list(labels) for task, labels in TASKS.items()},
        "languages": ["en", "zh"],
        "calibration": {
            lang: {task: {"temperature": 1, "share": 0.5, "thresholds": {}} for task in TASKS}
            for lang in ("en", "zh")
        },
        "training": deep_card_text.training(trained),
        "data": deep_card_text.data(sets, tests),
        "figures": [],
        "faults": deep_card_text.FAULTS,
        "files": files,
    }
    write(card)
    with ThreadPoolExecutor(2) as pool:
        tuned = dict(zip(sets.tune, pool.map(score, sets.tune, sets.tune.values()), strict=True))
        tested = pool.map(score, deep_card_text.MEASURED, [tests[name] for name in deep_card_text.MEASURED])
        card["calibration"], alone = tune(tuned)
        for name, scored in zip(deep_card_text.MEASURED, tested, strict=True):
            card["figures"] += figure(scored, card["calibration"], alone, *deep_card_text.MEASURED[name])
    write(card)
    write_pages(deep.load_card(deep.FOLDER))


def write(card: dict[str, Any]) -> None:
    """The card beside the weights."""
    (deep.FOLDER / "card.json").write_text(
        json.dumps(card, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
    for cached in (deep.deep_card, session, tokeniser):
        cached.cache_clear()


if __name__ == "__main__":
    main()
