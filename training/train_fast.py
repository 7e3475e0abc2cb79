"""Trains the heads of the fast tier: `python training/train_fast.py --data DIR`.

DIR is the reference data folder. One feature pass a language serves all its heads, so all share the recipe, the idf and
the smoothing that `select_settings.py` chose for sentiment. Writes weights and card into the package, and the card's
pages into the documentation. Same data, same numbers: nothing in the fits is random and the bootstrap is seeded.
`--work FOLDER` keeps each fit there and takes it from there, so that one task can be fitted anew.
Takes about six minutes on one core and 3 GB.
"""

from __future__ import annotations

import argparse
import json
import os
from dataclasses import asdict, replace
from hashlib import sha256
from pathlib import Path

# Before numpy is imported: one thread gives the same sums on every machine.
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"

import numpy as np
from heads import sentiment
from heads.card import card
from heads.packing import kept_buckets, packed
from heads.sets import TaskSets, task_sets
from heads.training import Fitted, View, calibrated, trained
from linear import Floats
from settings import load

from outlisten.language.card import FOLDER, load_card
from outlisten.language.fast.heads import unpack
from outlisten.language.fast.tasks import TASKS

LANGUAGES = ("en", "zh")


def main() -> None:
    """Fit every task in both languages, measure, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the reference data folder")
    parser.add_argument("--out", type=Path, default=FOLDER, help="where weights and card are written")
    parser.add_argument("--work", type=Path, help="where fits are kept and taken from")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    sets = {lang: _sets(lang, options.data) for lang in LANGUAGES}
    contents = {lang: _language(lang, sets[lang], options) for lang in LANGUAGES}
    for lang, content in contents.items():
        (options.out / f"{lang}.npz").write_bytes(content)
    written = card(sets, {lang: unpack(content) for lang, content in contents.items()}, options.data)
    written["files"] = {f"{lang}.npz": sha256(content).hexdigest() for lang, content in contents.items()}
    written["trials"] = [asdict(trial) for trial in load()[1]]
    text = json.dumps(written, ensure_ascii=False, indent=1) + "\n"
    (options.out / "card.json").write_text(text, encoding="utf-8")
    if options.out == FOLDER:
        from card_page import write

        write(load_card(FOLDER))


def _sets(lang: str, data: Path) -> dict[str, TaskSets]:
    return {
        name: sentiment.sets(lang, data) if name == "sentiment" else task_sets(lang, name, data)
        for name in TASKS
    }


def _language(lang: str, sets: dict[str, TaskSets], options: argparse.Namespace) -> bytes:
    """The packed heads of a language."""
    first, idf = _kept(options.work, lang, "sentiment") or sentiment.trained(lang, options.data)
    _keep(options.work, lang, "sentiment", first, idf)
    settings = load()[0][lang]
    view = View(lang, settings.recipe, idf, settings.smoothing)
    fits = {"sentiment": first}
    for name, task in TASKS.items():
        if name not in fits:
            kept = _kept(options.work, lang, name)
            fits[name] = kept[0] if kept else trained(task, sets[name], view)
            _keep(options.work, lang, name, fits[name], idf)
            print(lang, name, "fitted", flush=True)
    buckets = kept_buckets(fits)
    shipped = replace(view, idf=np.where(buckets, idf, np.float32(0)))
    ready = {name: calibrated(TASKS[name], fit, sets[name].tune, shipped) for name, fit in fits.items()}
    return packed(shipped, ready, buckets)


def _kept(work: Path | None, lang: str, task: str) -> tuple[Fitted, Floats] | None:
    path = work / f"{lang}.{task}.npz" if work else None
    if path is None or not path.is_file():
        return None
    with np.load(path) as arrays:
        return Fitted(arrays["weights"], arrays["cues"], arrays["intercept"]), arrays["idf"]


def _keep(work: Path | None, lang: str, task: str, fitted: Fitted, idf: Floats) -> None:
    if work:
        work.mkdir(parents=True, exist_ok=True)
        np.savez(
            work / f"{lang}.{task}.npz",
            weights=fitted.weights,
            cues=fitted.cues,
            intercept=fitted.intercept,
            idf=idf,
        )


if __name__ == "__main__":
    main()
