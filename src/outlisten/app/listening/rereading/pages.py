"""The posts that a declaration may concern, page by page: their voices told afresh, the changed ones written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

import pyarrow as pa
from django.utils import timezone

from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.models import Rereading
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.rereading.leases import LeaseLost, give_back, note
from outlisten.app.listening.store import whole
from outlisten.app.listening.voices import Register, read_register
from outlisten.app.listening.voices.stamp import voices_changed
from outlisten.app.trust.disclosure.watch import watch_again
from outlisten.app.web.live import publish
from outlisten.posts.schema import arrow_schema
from outlisten.posts.store import Budget, Page
from outlisten.query import parse

# One page is one change of the store; newest first, so it touches one or two months, each some 0.1 s.
PAGE = 1_000
PATIENCE = Budget(rows=PAGE, seconds=60.0)
COLUMNS = tuple(name for name in arrow_schema().names if name != "raw")
WHEN = pa.timestamp("s", "UTC")


class CutShort(Exception):
    """The store ran out of time in the middle of a page."""


def read_all(rereading: Rereading, *, ending: Event, on_page: Callable[[Rereading], None]) -> None:
    """Go on where it stands, to its end. A crash repeats one page, which then changes nothing.

    Raises LeaseLost when another worker has it, or when `ending` asked to stop; CutShort when the store took too long for
    a page, so that posts of it may be missing.
    """
    query = parse(rereading.query, read_in(zone_of(workspace())))
    if rereading.total is None:
        found = whole().count(query, budget=PATIENCE)
        note(rereading, total=None if found.cut else found.value)
    while True:
        page = whole().search(
            query, limit=PAGE, after=rereading.after or None, columns=COLUMNS, budget=PATIENCE
        )
        if page.cut:
            raise CutShort
        # Read for every page: what people correct, declare and tag meanwhile must not be overwritten.
        changed = revised(page.posts, read_register())
        watch_again(page.posts)
        _note(rereading, page, changed)
        on_page(rereading)
        if page.after is None:
            break
        if ending.is_set():
            give_back(rereading, state=Rereading.State.WAITING)
            raise LeaseLost
    give_back(rereading, state=Rereading.State.DONE, finished_at=timezone.now(), query="", after="")
    publish("posts", {"added": 0, "revised": rereading.changed})


def revised(kept: pa.Table, register: Register) -> int:
    """Write the voices that are others now; returns how many."""
    voices, before = register.voices(kept), kept["voice"].to_pylist()
    rows = [row for row, voice in enumerate(voices) if voice != before[row]]
    if not rows:
        return 0
    ids = [kept["id"][row].as_py() for row in rows]
    moments = pa.array([datetime.now(UTC)] * len(rows), WHEN)
    changed = pa.table({"id": ids, "read_at": moments, "voice": [voices[row] for row in rows]})
    whole().revise_readings(changed)
    voices_changed()
    return len(rows)


def _note(rereading: Rereading, page: Page, changed: int) -> None:
    note(
        rereading,
        after=page.after or "",
        read=rereading.read + page.posts.num_rows,
        changed=rereading.changed + changed,
    )
    publish("rereading", {"id": rereading.pk})
