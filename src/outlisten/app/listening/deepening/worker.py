"""The thread of the server process that reads thoroughly: a few posts at a time, resting longer than it works."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event
from time import monotonic

import pyarrow as pa
from django.db.models import F

from outlisten.app.listening.background import Background
from outlisten.app.listening.deep_reader import DeepReader, Reader, deep_reader
from outlisten.app.listening.models import Deepening
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.rereading.model_pages import revised
from outlisten.app.listening.rereading.pages import COLUMNS
from outlisten.app.listening.store import whole
from outlisten.app.web.live import publish
from outlisten.posts.schema import arrow_schema

log = logging.getLogger(__name__)
# So many posts a turn: some tenths of a second of work. Seconds of rest for each second of work: a quarter of a core.
TURN, REST = 32, 3.0
TRIES = 3
SCHEMA = pa.schema([arrow_schema().field(name) for name in COLUMNS])


def work_off(reader: DeepReader | None = None, *, rest: float = 0.0, ending: Event | None = None) -> int:
    """Read everything that waits; returns how many posts were read. `reader` is the deep model of this installation
    unless another is given. Without one, or switched off, nothing is done and nothing is lost."""
    reader = reader or deep_reader()
    end, done = ending or _thread.ending, 0
    while reader is not None and not end.is_set() and workspace().deepens:
        rows = list(Deepening.objects.filter(tries__lt=TRIES)[:TURN])
        if not rows:
            break
        began = monotonic()
        done += _turn(rows, reader)
        end.wait((monotonic() - began) * rest)
    return done


def _turn(rows: list[Deepening], reader: DeepReader) -> int:
    """One handful: read, written, its rows deleted. What fails is tried again later, and no more than TRIES times."""
    ids = [row.post_id for row in rows]
    mine = Deepening.objects.filter(pk__in=[row.pk for row in rows])
    try:
        kept = [post for post in map(whole().get, ids) if post is not None and post["model"] != reader.model]
        if kept:
            revised(pa.Table.from_pylist(kept, schema=SCHEMA), _reading(reader.read))
    except Exception:
        log.exception("Posts could not be read by the deep model; they are tried again.")
        mine.update(tries=F("tries") + 1)
        return 0
    mine.delete()
    if kept:
        publish("deepened", {"posts": len(kept)})
    return len(kept)


def _reading(reader: Reader) -> Callable[[pa.Table], pa.Table]:
    """The deep model as `revised` asks for it."""

    def read(posts: pa.Table) -> pa.Table:
        found = reader(*(posts[name].to_pylist() for name in ("text", "title", "lang_given")))
        return found.drop_columns(["topic"])

    return read


_thread = Background("deepening", lambda: work_off(rest=REST))
start, stop, wake = _thread.start, _thread.stop, _thread.wake
