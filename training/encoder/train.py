"""Trains the deep model: `PYTHONPATH=training python training/encoder/train.py --data DIR --work DIR --minutes 45`.

The recipe: the carrier's bottom six layers; pieces seen at least five times in the training texts; frozen embeddings and
lowest layers; AdamW with the rate falling to nothing when the time is up, so that any machine and any load give a finished
model; the rounding of the files that ship is there from the first step; posts drawn from the pools by their shares, in
batches of like length. `--work` receives the tokens (made once), a checkpoint every few minutes, the last one as `final.pt`,
and a log of the figures on tuning posts. `--go-on FOLDER` begins with the weights of a model that ships, so that its time is
not lost.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault(
    "OMP_NUM_THREADS", "1"
)  # two batches at a time use two cores better than one batch in halves

import numpy as np
import shipped
import torch
from bert import PAD, encoder
from network import DeepModel, loss
from prepared_data import Prepared, Tokens, prepare
from rounding import with_rounding
from samples import Targets
from torch import Tensor
from tuning_figures import figures

LAYERS, FROZEN = 6, 2  # the lowest layers know words, which need no change: a quarter of the work saved
RATE, HEAD_RATE, DECAY = 1.2e-4, 2e-3, 0.01
BATCH_TOKENS, BATCHES = 640, 2  # of a step: about 36 posts
WARM = 0.03  # share of the time in which the rate rises
WAITING_MOST = 20.0  # seconds: a step that took longer was paused, and only this much is counted
SAVED_EVERY = 240.0


@dataclass(frozen=True, slots=True)
class Batch:
    """Padded token numbers (posts × tokens) and the posts' labels."""

    tokens: Tensor
    targets: Targets


def batches(prepared: Prepared, seed: int) -> Iterator[Batch]:
    """Endless batches of about BATCH_TOKENS tokens: posts drawn by pool, then sorted by length within a big draw."""
    random = np.random.default_rng(seed)
    shares = np.array([pool.share for pool in prepared.pools])
    order = [iter(()) for _ in prepared.pools]
    while True:
        drawn = []
        for pool in random.choice(len(shares), 2_000, p=shares / shares.sum()).tolist():
            if (post := next(order[pool], None)) is None:
                order[pool] = iter(random.permutation(len(prepared.pools[pool].tokens)).tolist())
                post = next(order[pool])
            drawn.append((pool, post))
        drawn.sort(key=lambda at: len(prepared.pools[at[0]].tokens[at[1]]) + random.random())
        cut = list(_cut(drawn, prepared))
        for number in random.permutation(len(cut)).tolist():
            yield _batch(cut[number], prepared)


def _cut(drawn: list[tuple[int, int]], prepared: Prepared) -> Iterator[list[tuple[int, int]]]:
    start = 0
    for stop, (pool, post) in enumerate(drawn, 1):
        if (stop - start) * len(prepared.pools[pool].tokens[post]) >= BATCH_TOKENS or stop == len(drawn):
            yield drawn[start:stop]
            start = stop


def _batch(at: list[tuple[int, int]], prepared: Prepared) -> Batch:
    rows = [prepared.pools[pool].targets.rows([post]) for pool, post in at]
    joined = Targets(
        *(
            {
                name: np.concatenate([getattr(row, part)[name] for row in rows])
                for name in getattr(rows[0], part)
            }
            for part in ("chosen", "allowed", "weight", "marked")
        )
    )
    return Batch(padded([prepared.pools[pool].tokens[post] for pool, post in at]), joined)


def padded(tokens: Tokens) -> Tensor:
    """Token numbers of some posts as one array."""
    array = np.full((len(tokens), max(map(len, tokens))), PAD, np.int64)
    for row, post in zip(array, tokens, strict=True):
        row[: len(post)] = post
    return torch.from_numpy(array)


class Trainer:
    """One model and its copies, which share the weights and have gradients of their own."""

    def __init__(self, model: DeepModel, total: float, earlier: Sequence[dict[str, Any]] = ()) -> None:
        self.earlier = list(earlier)  # the runs before, as their card tells them
        self.model, self.total, self.spent, self.steps, self.posts = model, total, 0.0, 0, 0
        self.copies = [model, *(copy.deepcopy(model) for _ in range(BATCHES - 1))]
        for twin in self.copies[1:]:
            for own, shared in zip(twin.parameters(), model.parameters(), strict=True):
                own.data = shared.data
        heads = {id(weight) for weight in model.heads.parameters()}
        trained = [weight for weight in model.parameters() if weight.requires_grad]
        self.optimiser = torch.optim.AdamW(
            [
                {"params": [weight for weight in trained if id(weight) not in heads], "base": RATE},
                {"params": list(model.heads.parameters()), "base": HEAD_RATE},
            ],
            weight_decay=DECAY,
        )
        self.pool = ThreadPoolExecutor(BATCHES)

    def step(self, found: list[Batch]) -> float:
        """One step on BATCHES batches; returns the mean error of a post."""
        began = time.monotonic()
        posts = sum(len(batch.tokens) for batch in found)
        errors = list(
            self.pool.map(lambda pair: self._slope(*pair, posts), zip(self.copies, found, strict=True))
        )
        for twin in self.copies[1:]:
            for weight, other in zip(self.model.parameters(), twin.parameters(), strict=True):
                if other.grad is not None:
                    weight.grad = other.grad if weight.grad is None else weight.grad.add_(other.grad)
                    other.grad = None
        done = self.spent / self.total
        for group in self.optimiser.param_groups:
            group["lr"] = group["base"] * min(done / WARM, (1 - done) / (1 - WARM)) if done < 1 else 0.0
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.steps, self.posts = self.steps + 1, self.posts + posts
        self.spent += min(time.monotonic() - began, WAITING_MOST)
        return sum(errors)

    @staticmethod
    def _slope(model: DeepModel, batch: Batch, posts: int) -> float:
        error = loss(model(batch.tokens), batch.targets) / posts
        error.backward()
        return float(error)


def train(trainer: Trainer, prepared: Prepared, work: Path, seed: int) -> None:
    """Train until the time is up, leaving checkpoints and a log in `work`."""
    saved, errors = 0.0, []
    source = batches(prepared, seed)
    trainer.model.train()
    while trainer.spent < trainer.total:
        errors.append(trainer.step([next(source) for _ in range(BATCHES)]))
        if trainer.steps % 20 == 0:
            print(
                f"{trainer.spent:.0f} s, step {trainer.steps}, {trainer.posts:,} posts: {np.mean(errors[-20:]):.3f}",
                flush=True,
            )
        if trainer.spent - saved > SAVED_EVERY:
            saved = trainer.spent
            _save(trainer, work / "checkpoint.pt", prepared)
            _log(trainer, prepared, work, most=400)
    _save(trainer, work / "final.pt", prepared)
    _log(trainer, prepared, work, most=2_000)


def _save(trainer: Trainer, path: Path, prepared: Prepared) -> None:
    waiting = path.with_suffix(".tmp")
    kept = {"model": trainer.model.state_dict(), "pieces": torch.from_numpy(prepared.kept)}
    run = {
        "steps": trainer.steps,
        "posts": trainer.posts,
        "seconds": trainer.spent,
        "earlier": trainer.earlier,
    }
    torch.save({**kept, **run}, waiting)
    waiting.replace(path)


def _log(trainer: Trainer, prepared: Prepared, work: Path, most: int) -> None:
    trainer.model.eval()
    found = figures(trainer.model, prepared, most, padded)
    trainer.model.train()
    line = {"seconds": round(trainer.spent), "steps": trainer.steps, "posts": trainer.posts, **found}
    print(json.dumps(line), flush=True)
    with (work / "log.jsonl").open("a", encoding="utf-8") as log:
        log.write(json.dumps(line) + "\n")


def main() -> None:
    """Prepare, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the reference data folder")
    parser.add_argument(
        "--work", type=Path, required=True, help="where the carrier, the tokens and checkpoints are kept"
    )
    parser.add_argument("--minutes", type=float, default=45)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--go-on", type=Path, help="the folder of a model that ships, to go on from")
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(options.seed)
    prepared, carrier = prepare(options.data, options.work)
    model = DeepModel(encoder(carrier, prepared.kept, LAYERS))
    model.encoder.dropout = 0.05
    network = model.encoder
    for frozen in (network.words, network.positions, network.norm, *network.layers[:FROZEN]):
        frozen.requires_grad_(False)
    earlier: list[dict[str, Any]] = []
    if options.go_on:
        model.load_state_dict(shipped.weights(options.go_on / "encoder.onnx"), strict=False)
        before = json.loads((options.go_on / "card.json").read_text(encoding="utf-8"))["training"]
        earlier = [*before.get("earlier", []), {name: before[name] for name in ("steps", "posts", "minutes")}]
    with_rounding(model)
    trainer = Trainer(model, options.minutes * 60, earlier)
    train(trainer, prepared, options.work, options.seed)


if __name__ == "__main__":
    main()
