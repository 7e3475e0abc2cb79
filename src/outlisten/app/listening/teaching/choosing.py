"""Which post to label next: most at random, some where the models are unsure, some that somebody else has labelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa

from outlisten.app.listening.models import LocalLabel
from outlisten.app.listening.store import posts
from outlisten.app.listening.teaching.tasks import Task
from outlisten.app.people.models import Account
from outlisten.language.chances import sentiment_chances
from outlisten.posts.store import Budget

Drawn = LocalLabel.Drawn
# Of ten posts: unsure ones teach fastest, random ones alone can be counted, second labels show agreement.
UNSURE, SECOND = 3, 2
FEW, MANY = 40, 300  # posts drawn to choose one from
COLUMNS = ("id", "title", "text", "lang", "lang_given", "platform", "author", "created_at")
PATIENCE = Budget(rows=MANY, seconds=5.0)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A post to label, and how it was chosen."""

    post: Mapping[str, Any]
    drawn: LocalLabel.Drawn


def choose(task: str, labeller: Account, seed: int) -> Chosen | None:
    """The next post for a person; None when every post drawn has been labelled. The same seed chooses the same post."""
    die = Random(seed)  # noqa: S311 -- a draw, not a secret
    wanted = die.randrange(10)
    if wanted < SECOND and (again := _labelled_by_another(task, labeller, die)):
        return again
    if task == Task.SENTIMENT and SECOND <= wanted < SECOND + UNSURE:
        unsure = _unsure(_unlabelled(task, MANY, seed))
        if unsure is not None:
            return Chosen(unsure, Drawn.UNCERTAIN)
    fresh = _unlabelled(task, FEW, seed)
    return Chosen(fresh.to_pylist()[0], Drawn.RANDOM) if fresh.num_rows else None


def _unlabelled(task: str, size: int, seed: int) -> pa.Table:
    """Posts with words, drawn at random, that nobody has labelled."""
    found = posts().sample(None, size=size, seed=seed, columns=COLUMNS, budget=PATIENCE).table
    known = set(
        LocalLabel.objects.filter(task=task, post_id__in=found["id"].to_pylist()).values_list(
            "post_id", flat=True
        )
    )
    rows = [
        row
        for row, (name, text, title) in enumerate(
            zip(found["id"].to_pylist(), found["text"].to_pylist(), found["title"].to_pylist(), strict=True)
        )
        if name not in known and (text or title or "").strip()
    ]
    Random(seed).shuffle(rows)  # noqa: S311
    return found.take(pa.array(rows, pa.int64()))


def _unsure(fresh: pa.Table) -> Mapping[str, Any] | None:
    """The post whose two likeliest tones are nearest to each other (margin sampling: Scheffer et al., IDA 2001)."""
    if not fresh.num_rows:
        return None
    chances = sentiment_chances(*(fresh[name].to_pylist() for name in ("text", "title", "lang_given")))
    ordered = np.sort(np.nan_to_num(chances.table, nan=-1.0), axis=1)
    margins = np.where(chances.read, ordered[:, -1] - ordered[:, -2], np.inf)
    row = int(np.argmin(margins))
    found: Mapping[str, Any] = fresh.slice(row, 1).to_pylist()[0]
    return found if np.isfinite(margins[row]) else None


def _labelled_by_another(task: str, labeller: Account, die: Random) -> Chosen | None:
    """A random post with one label, by somebody else; its label is not shown."""
    labels = LocalLabel.objects.filter(task=task, drawn=Drawn.RANDOM)
    mine = labels.filter(by=labeller).values("post_id")
    others = sorted(
        set(labels.exclude(by=labeller).exclude(post_id__in=mine).values_list("post_id", flat=True))
    )
    if not others:
        return None
    found = posts().get(die.choice(others))
    return Chosen(found, Drawn.RANDOM) if found else None
