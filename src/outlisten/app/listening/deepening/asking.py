"""Which posts matter enough to be read thoroughly, and putting them in the queue, which is bounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.utils import timezone

from outlisten.app.listening.deep_reader import deep_reader
from outlisten.app.listening.deepening.worker import wake
from outlisten.app.listening.models import Deepening
from outlisten.app.listening.queries.names import workspace

Reason = Deepening.Reason
URGENT = 0.6  # level 2 of 3, and above
UNSURE = 0.5  # the class of tone the fast model chose is no likelier than all others together
# What is older came with an archive: what people look at in it is read thoroughly when they do.
FRESH = timedelta(days=30)
MOST = 20_000
MOST_UNSURE = 2_000  # so that an import leaves room for what matters more


def ask(ids: Iterable[str], reason: int) -> int:
    """Let these posts be read thoroughly; one that waits already keeps its place. Returns how many were added."""
    wanted = list(dict.fromkeys(ids))
    if not wanted or not on():
        return 0
    waiting = Deepening.objects.filter(tries__lt=3).count()
    room = (MOST_UNSURE if reason == Reason.UNSURE else MOST) - waiting
    known = set(Deepening.objects.filter(post_id__in=wanted[:MOST]).values_list("post_id", flat=True))
    fresh = [Deepening(post_id=one, reason=reason) for one in wanted if one not in known][: max(room, 0)]
    Deepening.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=500)
    if fresh:
        wake()
    return len(fresh)


def on() -> bool:
    """Whether there is a deep model and the workspace wants it used."""
    return deep_reader() is not None and workspace().deepens


def ask_for_new(posts: pa.Table) -> None:
    """Of complete posts that were just kept: the fresh ones that are urgent, or whose tone was hard to tell."""
    if not on():
        return
    since = pa.scalar(timezone.now().astimezone(UTC) - FRESH, posts["created_at"].type)
    recent = posts.filter(pc.fill_null(pc.greater_equal(posts["created_at"], since), False))
    urgent = pc.fill_null(pc.greater_equal(recent["urgency"], URGENT), False)
    unsure = pc.fill_null(pc.less(recent["sentiment_score"], UNSURE), False)
    ask(recent.filter(urgent)["id"].to_pylist(), Reason.URGENT)
    ask(recent.filter(pc.and_not(unsure, urgent))["id"].to_pylist(), Reason.UNSURE)


def ask_for_shown(posts: Iterable[Mapping[str, Any]]) -> None:
    """Posts that are on somebody's screen and were not read by the deep model yet."""
    deep = deep_reader()
    if deep is None or not on():
        return
    wanted = (post for post in posts if post["model"] != deep.model and post["lang"] in deep.languages)
    ask([str(post["id"]) for post in wanted if post["sentiment"]], Reason.SHOWN)
