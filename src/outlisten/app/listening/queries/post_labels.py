"""What people say that one post says, beside what the models read: for its page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from outlisten.app.listening.labels import value_label
from outlisten.app.listening.models import LocalLabel
from outlisten.app.listening.teaching.tasks import LABELS, Task, as_read, words_of
from outlisten.app.listening.told import Told
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Actor


@dataclass(frozen=True, slots=True)
class SaidBy:
    """One person's label. `stands`: it is the one that the post shows. `outdated`: the words were edited since."""

    who: str
    at: datetime
    words: str
    stands: bool
    outdated: bool


@dataclass(frozen=True, slots=True)
class TaskOfPost:
    """What a post says by one task: as it shows, and who said so; nobody where models read it."""

    task: str
    name: str | Promise
    shown: str
    said: list[SaidBy]

    @property
    def corrected(self) -> bool:
        """Whether a person's word stands."""
        return any(one.stands for one in self.said)


def post_labels(post: Mapping[str, Any], told: tuple[Told, Told]) -> list[TaskOfPost]:
    """The tasks of a post that has been read or labelled, in their usual order; tone and emotion as they are told."""
    telling = {one.task: one for one in told}
    labels = LocalLabel.objects.filter(post_id=post["id"]).select_related("by")
    now, by_task = words_of(post), {task: [one for one in labels if one.task == task] for task in LABELS}
    found = []
    for task, given in by_task.items():
        valid = [one for one in given if one.words == now]
        said = [
            SaidBy(
                one.by.name if one.by else _("somebody"), one.at, in_words(task, one.labels),
                stands=bool(valid) and one is valid[-1], outdated=one.words != now,
            )
            for one in given
        ]  # fmt: skip
        if valid or task not in telling or telling[task].label is None:
            shown = in_words(task, valid[-1].labels if valid else as_read(task, post))
        else:
            shown = telling[task].words
        found.append(TaskOfPost(task, Task(task).label, shown, said))
    return found


def mine(post: Mapping[str, Any], actor: Actor) -> dict[str, list[str]]:
    """What this person said of the post, by task."""
    if not isinstance(actor, Account):
        return {}
    labels = LocalLabel.objects.filter(post_id=post["id"], by=actor)
    return {one.task: list(one.labels) for one in labels}


def in_words(task: str, labels: list[str] | tuple[str, ...] | None) -> str:
    """Labels in the reader's language."""
    if labels is None:
        return _("not known")
    if not labels:
        return _("none of these")
    return _(", ").join(value_label(task, label) for label in labels)
