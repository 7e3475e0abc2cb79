"""How well two people agree who labelled the same posts."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from outlisten.app.listening.models import LocalLabel
from outlisten.language.measures import Interval, cohen_kappa, confusion, measured

ENOUGH = 10


@dataclass(frozen=True, slots=True)
class Agreement:
    """Posts that two people labelled, how many alike, and Cohen's κ with its 95 % interval; None below ten posts."""

    posts: int
    alike: int
    kappa: Interval | None


def agreement(task: str) -> Agreement:
    """Of each post the first two labels given to the same words. Labels of one post are compared whole."""
    by_post: dict[tuple[str, str], list[str]] = defaultdict(list)
    labels = LocalLabel.objects.filter(task=task, by__isnull=False).order_by("at", "id")
    for post_id, words, given in labels.values_list("post_id", "words", "labels"):
        by_post[post_id, words].append(" ".join(given) or "none")
    pairs = [given[:2] for given in by_post.values() if len(given) > 1]
    first, second = [one for one, _ in pairs], [two for _, two in pairs]
    names = sorted({*first, *second})
    enough = len(pairs) >= ENOUGH and len(names) > 1
    return Agreement(
        len(pairs),
        sum(one == two for one, two in pairs),
        measured(confusion(first, second, names), cohen_kappa) if enough else None,
    )
