"""What can be labelled, and how a label shows in a post."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from outlisten.app.listening.models import LocalLabel
from outlisten.language.evaluation.tasks import EMOTIONS, INTENTS, NO, SENTIMENTS, YES
from outlisten.posts.schema import arrow_schema

Task = LocalLabel.Task
PROMOTIONAL = "promotional"
LABELS: Mapping[str, tuple[str, ...]] = {
    Task.SENTIMENT: SENTIMENTS,
    Task.INTENT: INTENTS,
    Task.EMOTION: EMOTIONS,
    Task.PROMOTION: (YES, NO),
}
"""The labels of each task, in the order in which they are offered."""
COLUMN: Mapping[str, str] = {
    Task.SENTIMENT: "sentiment", Task.INTENT: "intent", Task.EMOTION: "emotion", Task.PROMOTION: "flags",
}  # fmt: skip


def words_of(post: Mapping[str, Any]) -> str:
    """A hash of what a reader of the post reads, to notice a later edit."""
    return sha256(
        f"{post['title'] or ''}\n{post['text'] or ''}".encode("utf-8", "surrogatepass")
    ).hexdigest()[:16]


def allowed(task: str, labels: Sequence[str]) -> bool:
    """Whether these may be the labels of a post: one of the task's, or for intents any number."""
    known = set(labels) <= set(LABELS[task])
    return known and len(labels) == len(set(labels)) and (task == Task.INTENT or len(labels) == 1)


def columns_of(task: str, labels: Sequence[str], post: Mapping[str, Any]) -> dict[str, object]:
    """The reading columns by which a label shows in a post; empty where this store has no such column."""
    column = COLUMN[task]
    if column not in arrow_schema().names:
        return {}
    if task == Task.INTENT:
        return {column: list(labels)}
    if task == Task.PROMOTION:
        others = [flag for flag in post.get(column) or () if flag != PROMOTIONAL]
        return {column: sorted([*others, *([PROMOTIONAL] if labels[0] == YES else [])])}
    # A person's word has no probability.
    return {column: labels[0], **({"sentiment_score": None} if task == Task.SENTIMENT else {})}


def as_read(task: str, post: Mapping[str, Any]) -> tuple[str, ...] | None:
    """What the columns of a post or reading say for a task; None where it was not read."""
    value = post.get(COLUMN[task])
    if value is None:
        return None
    if task == Task.INTENT:
        return tuple(sorted(value))
    if task == Task.PROMOTION:
        return (YES if PROMOTIONAL in value else NO,)
    return (str(value),)
