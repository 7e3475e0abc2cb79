"""What the page Labelling shows: the next post, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core import signing

from outlisten.app.listening.models import LocalLabel, LocalModel
from outlisten.app.listening.snippets import Marked
from outlisten.app.listening.teaching.agreement import Agreement, agreement
from outlisten.app.listening.teaching.choosing import Chosen, choose
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, require

SALT = "listening.labelling"
# From so many random labels on, local error rates replace public ones; beyond the second, more labels change little.
ENOUGH, PLENTY = 100, 200
SHOWN = 3_000  # characters


@dataclass(frozen=True, slots=True)
class Progress:
    """Labelled posts of a task by how they were chosen."""

    random: int
    others: int
    enough: int = ENOUGH
    plenty: int = PLENTY

    @property
    def missing(self) -> int:
        """Random posts still to label until there are enough."""
        return max(self.enough - self.random, 0)


@dataclass(frozen=True, slots=True)
class Bench:
    """The page: the post to label, the token that says which and how it was chosen, and the progress."""

    task: str
    chosen: Chosen | None
    text: Marked | None
    cut: bool
    token: str
    progress: Progress
    agreement: Agreement


def bench(actor: Account, task: str, seed: int) -> Bench:
    """The next post for this person. Raises Refused."""
    require(actor, Act.LABEL)
    chosen = choose(task, actor, seed)
    text = str(chosen.post["text"] or "") if chosen else ""
    return Bench(
        task,
        chosen,
        Marked(text[:SHOWN], ()) if chosen else None,
        len(text) > SHOWN,
        signing.dumps([chosen.post["id"], task, chosen.drawn], salt=SALT) if chosen else "",
        progress(task),
        agreement(task),
    )


def progress(task: str) -> Progress:
    """How many posts have a label for a task."""
    labelled = LocalLabel.objects.filter(task=task)
    random = labelled.filter(drawn=LocalLabel.Drawn.RANDOM).values("post_id").distinct().count()
    return Progress(random, labelled.values("post_id").distinct().count() - random)


def versions() -> list[LocalModel]:
    """The latest versions learned, the newest first."""
    return list(LocalModel.objects.select_related("by").defer("learned")[:6])


def opened(token: str) -> tuple[str, str, LocalLabel.Drawn]:
    """(post, task, how it was chosen) of a token. Raises signing.BadSignature for a damaged or old one."""
    found: list[Any] = signing.loads(token, salt=SALT, max_age=24 * 3600)
    return str(found[0]), str(found[1]), LocalLabel.Drawn(found[2])
