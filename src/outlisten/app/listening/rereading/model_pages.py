"""Posts that older models read, read again by today's: page by page, newest first, what changed written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event
from time import monotonic

import pyarrow as pa
from django.utils import timezone

from outlisten.app.listening.models import Rereading
from outlisten.app.listening.rereading.current import current_models, read_by
from outlisten.app.listening.rereading.leases import LeaseLost, give_back, note
from outlisten.app.listening.rereading.pages import COLUMNS, PATIENCE, CutShort
from outlisten.app.listening.store import pipeline, whole
from outlisten.app.listening.teaching.standing import told_here
from outlisten.app.listening.voices import read_register
from outlisten.app.listening.voices.stamp import voices_changed
from outlisten.app.web.live import publish
from outlisten.posts.schema import arrow_schema
from outlisten.posts.store import TimeRange

# One page is one change of the store and one task of one reading process: some two seconds of work.
PAGE = 1_000
# Seconds of rest for each second of work while a server answers people: half a core at most.
REST = 1.0
WHEN = pa.timestamp("s", "UTC")


def read_all(
    rereading: Rereading, *, ending: Event, on_page: Callable[[Rereading], None], rest: float
) -> None:
    """Go on where it stands, to its end, resting `rest` seconds for each second of work. A crash repeats one page, of
    which only what was not yet written is read again.

    Raises LeaseLost when it was paused, when another worker has it, or when `ending` asked to stop; CutShort when the
    store took too long for a page.
    """
    window = TimeRange(rereading.since, rereading.until)
    if rereading.total is None:
        note(rereading, total=rereading.read + read_by(whole(), None, window).others)
    after: str | None = rereading.after or None
    while True:
        began = monotonic()
        page = whole().read_by_others(
            current_models(), window=window, limit=PAGE, after=after, columns=COLUMNS, budget=PATIENCE
        )
        if page.cut:
            raise CutShort
        changed = revised(page.posts)
        took, after = monotonic() - began, page.after
        _note(rereading, page.posts.num_rows, changed, after, took)
        on_page(rereading)
        if after is None:
            break
        if ending.wait(took * rest):
            give_back(rereading, state=Rereading.State.WAITING)
            raise LeaseLost
    give_back(rereading, state=Rereading.State.DONE, finished_at=timezone.now(), after="")
    publish("posts", {"added": 0, "revised": rereading.changed})


def revised(kept: pa.Table, reader: Callable[[pa.Table], pa.Table] | None = None) -> int:
    """Write what today's models, or another `reader`, read in these posts (complete but for `raw`); returns how many
    read otherwise now.

    What people said of a post stands: its voice is told with their declarations and corrections, its tags and labels
    stay.
    """
    if not kept.num_rows:
        return 0
    found = (reader or pipeline().read_again)(kept)
    kinds = arrow_schema()
    read = pa.table({name: found[name].cast(kinds.field(name).type) for name in found.column_names})
    # Asked for every page: what people correct and declare meanwhile must not be overwritten.
    voices = pa.array(read_register().voices(kept), pa.string())
    moments = pa.array([datetime.now(UTC)] * kept.num_rows, WHEN)
    told = told_here(kept, read)
    columns = {name: told[name] for name in read.column_names} | {"voice": voices}
    changed = sum(_otherwise(before, after) for before, after in _both(kept, pa.table(columns)))
    whole().revise_readings(pa.table({"id": kept["id"], "read_at": moments, **columns}))
    voices_changed()
    return changed


def _both(kept: pa.Table, read: pa.Table) -> zip[tuple[dict[str, object], dict[str, object]]]:
    told = [name for name in read.column_names if name not in ("model", "sentiment_score", "urgency")]
    return zip(kept.select(told).to_pylist(), read.select(told).to_pylist(), strict=True)


def _otherwise(before: dict[str, object], after: dict[str, object]) -> bool:
    """Whether a post reads otherwise: a list that is empty says the same as one that was never told."""
    return any((before[name] or None) != (value or None) for name, value in after.items())


def _note(rereading: Rereading, read: int, changed: int, after: str | None, took: float) -> None:
    note(
        rereading,
        after=after or "",
        read=rereading.read + read,
        changed=rereading.changed + changed,
        seconds=rereading.seconds + took,
    )
    publish("rereading", {"id": rereading.pk})
