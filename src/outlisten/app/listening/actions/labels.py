"""What a person says that a post says. It shows at once, stays after every re-reading, and can be taken back for a day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from outlisten.app.listening.actions.names import SALT
from outlisten.app.listening.models import LocalLabel
from outlisten.app.listening.queries.post import post
from outlisten.app.listening.store import whole
from outlisten.app.listening.teaching.learned import learned_applied
from outlisten.app.listening.teaching.standing import standing
from outlisten.app.listening.teaching.tasks import COLUMN, LABELS, allowed, columns_of, words_of
from outlisten.app.listening.voices.stamp import voices_changed
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import pseudonym, record
from outlisten.language import read
from outlisten.posts.schema import arrow_schema

# Labels by task; None takes one's own label away.
Said = Mapping[str, Sequence[str] | None]


def label(post_id: str, said: Said, *, by: Actor, drawn: LocalLabel.Drawn = LocalLabel.Drawn.OPENED) -> str:
    """Say what a post says, for some tasks; returns what takes it back. A post that was drawn at random stays so when it
    is opened and labelled otherwise. Raises Refused, ValidationError; 404 for no post of ours."""
    require(by, Act.LABEL, about=pseudonym("post", post_id))
    for task, labels in said.items():
        if task not in LABELS or (labels is not None and not allowed(task, labels)):
            raise ValidationError(_("Choose from the labels that are offered."))
    return _label(post_id, said, by, drawn)


@transaction.atomic
def _label(post_id: str, said: Said, by: Actor, drawn: LocalLabel.Drawn) -> str:
    kept = post(by, post_id)
    who = by if isinstance(by, Account) else None
    mine = {one.task: one for one in LocalLabel.objects.filter(post_id=post_id, by=who, task__in=list(said))}
    before = {task: mine[task].labels if task in mine else None for task in said}
    for task, labels in said.items():
        if labels is None:
            LocalLabel.objects.filter(post_id=post_id, by=who, task=task).delete()
            continue
        values = {"labels": sorted(labels), "words": words_of(kept)}
        first = {**values, "drawn": drawn}
        LocalLabel.objects.update_or_create(
            post_id=post_id, by=who, task=task, defaults=values, create_defaults=first
        )
    record("post.label", by=by, about=pseudonym("post", post_id), tasks=" ".join(sorted(said)))
    _show(kept, said)
    return signing.dumps(["labels", post_id, before], salt=f"{SALT}.posts", compress=True)


def _show(kept: Mapping[str, Any], tasks: Said) -> None:
    """Let the post show what stands now, as the last step of the transaction: a store that is full undoes the act."""
    stands = standing([str(kept["id"])]).of(kept)
    changed: dict[str, object] = {}
    fresh: dict[str, Any] = {}
    for task in tasks:
        if task in stands:
            changed |= columns_of(task, stands[task].labels, {**kept, **changed})
        elif COLUMN[task] in arrow_schema().names:
            fresh = fresh or _read_again(kept)
            changed |= {name: fresh[name] for name in _columns(task)}
    changed = {name: value for name, value in changed.items() if value != kept.get(name)}
    if not changed:
        return
    moment = pa.array([datetime.now(UTC)], pa.timestamp("s", "UTC"))
    columns = {name: pa.array([value], arrow_schema().field(name).type) for name, value in changed.items()}
    whole().revise_readings(pa.table({"id": [str(kept["id"])], "read_at": moment, **columns}))
    voices_changed()


def _columns(task: str) -> list[str]:
    return [COLUMN[task], *(["sentiment_score"] if task == LocalLabel.Task.SENTIMENT else [])]


def _read_again(kept: Mapping[str, Any]) -> dict[str, Any]:
    """What the models read in a post, where no person says anything any more."""
    words = {name: [kept[name]] for name in ("id", "title", "text")}
    again = read([kept["text"]], [kept["title"]], [kept["lang_given"]])
    columns = {name: again[name] for name in again.column_names}
    found: dict[str, Any] = learned_applied(pa.table(words | columns)).to_pylist()[0]
    return found
