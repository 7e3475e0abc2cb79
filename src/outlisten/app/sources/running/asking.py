"""One ask of a source: its pages are taken in one after the other, each cursor kept after its page is durable."""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from threading import Event

from django.db import transaction
from django.utils import timezone

from outlisten.app.listening.store import pipeline
from outlisten.app.sources.health import failed, fared_well, noted
from outlisten.app.sources.models import Run, Source
from outlisten.app.sources.running import received
from outlisten.app.sources.running.deletions import apply_gone
from outlisten.app.sources.running.leases import LeaseLost, give_back, keep
from outlisten.app.sources.running.noting import note_hours, note_rejected, trim
from outlisten.app.sources.running.rechecking import ask_again, remember
from outlisten.app.sources.setting import connected
from outlisten.app.web.live import publish
from outlisten.sources.collecting import Taken, take_large
from outlisten.sources.connector import Connector, Page
from outlisten.sources.problems import Because, QuotaUsedUp, SourceProblem, Unavailable
from outlisten.sources.registry import NoConnector
from outlisten.sources.schedule import rate, retry, scattered, spread, wait
from outlisten.sources.shapes import Shapes

log = logging.getLogger(__name__)
# Set when the process ends: the source under way is given back after its page.
ENDING = Event()
# One ask goes on this long; a source with more waits its turn again, so that none starves the others.
LONGEST = timedelta(seconds=60)
MOST_PAGES = 50
AFTER_SURPRISE = timedelta(minutes=5)
NO_CONNECTOR = timedelta(hours=1)


def ask(source: Source, chance: random.Random | None = None) -> Run:
    """Ask the source once and let go of it; what goes wrong is noted on it. Raises LeaseLost."""
    chance = chance or random.SystemRandom()
    run = Run(source=source, at=timezone.now())
    return finished(source, run, lambda: _pages_in(source, run, chance), chance=chance)


def finished(
    source: Source, run: Run, work: Callable[[], datetime], *, chance: random.Random,
    passing: tuple[type[Exception], ...] = (LeaseLost,),
) -> Run:  # fmt: skip
    """The run of some work, which says when the source is next; what goes wrong is noted on the source, which is then let go.

    Raises what is in `passing`, which leaves the source as it is.
    """
    began = time.monotonic()
    try:
        next_at = work()
    except passing:
        raise
    except SourceProblem as problem:
        run.problem = problem.kind
        next_at = _after(problem, source, chance)
        failed(source, problem)
    except NoConnector:
        run.problem = "missing"
        next_at = timezone.now() + NO_CONNECTOR
        missing = Because.of("the connector {name} is not installed", name=source.connector)
        failed(source, SourceProblem(reason=missing))
    except Exception:
        log.exception("Source %d stopped unexpectedly.", source.pk)
        run.problem = "unexpected"
        next_at = timezone.now() + AFTER_SURPRISE
        failed(source, SourceProblem(reason="something unexpected; the log says what"))
    run.seconds = round(time.monotonic() - began, 3)
    _let_go(source, run, next_at)
    return run


def _pages_in(source: Source, run: Run, chance: random.Random) -> datetime:
    """Take every page in; returns when the source is asked next."""
    asked_before = source.asked_at
    keep(source, asked_at=timezone.now())
    one = connected(source)
    try:
        more = False
        for page in _bounded(_new_pages(source, one)):
            take_page(source, run, one, page)
            more = page.more
        run.more = look_back(source, run, one) or more
    finally:
        one.close()
    since = run.at - asked_before if asked_before else timedelta(0)
    if asked_before:
        source.per_hour = rate(source.per_hour, run.added, since)
    manifest = one.manifest()
    fared_well(source, run)
    pause = wait(source.per_hour, every=manifest.every, least=manifest.least, more=run.more)
    if asked_before is None or _late(source, run, pause):
        return timezone.now() + scattered(pause, manifest.least, chance)
    return timezone.now() + spread(pause, chance)


def _new_pages(source: Source, one: Connector) -> Iterator[Page]:
    """What was sent here, then what the network is asked for."""
    if one.manifest().pushed:
        yield from received.pages(source)
    yield from one.pages(source.cursor)


def _late(source: Source, run: Run, pause: timedelta) -> bool:
    """Whether it was asked much later than it was due, as all sources are after a standstill."""
    return source.next_at is not None and run.at - source.next_at > pause / 10


def look_back(source: Source, run: Run, one: Connector) -> bool:
    """Older posts and kept ones: some pages of the history that was asked for, and how posts stand whose time is up.

    Returns whether there is more history.
    """
    more = _history_in(source, run, one)
    ask_again(source, run, one, until=ENDING.is_set)
    return more


def _history_in(source: Source, run: Run, one: Connector) -> bool:
    """Some pages of the older posts that were asked for; returns whether there are more."""
    if source.history_since is None:
        return False
    for page in _bounded(one.history(source.history_cursor, source.history_since)):
        take_page(source, run, one, page, older=True)
        if not page.more:
            keep(source, history_since=None, history_cursor={})
            return False
    return True


def take_page(source: Source, run: Run, one: Connector, page: Page, *, older: bool = False) -> Taken:
    """Posts first, then the cursor with all that is counted of them, in one transaction. Raises LeaseLost.

    `older` is a page of history: it has a cursor of its own, and says nothing of what is usual now.
    """
    taken = take_large(page, one, pipeline().ingest_many, source.key)
    gone = apply_gone(source, page.gone)
    shapes = Shapes.of(source.shapes)
    drift = shapes.drift(page.records)
    shapes.learn(page.records)
    with transaction.atomic():
        cursor = "history_cursor" if older else "cursor"
        values: dict[str, object] = {cursor: dict(page.cursor), "shapes": shapes.as_json()}
        if taken.result.added and not older:
            values["new_at"] = timezone.now()
        if drift:
            values |= {"drift": drift.named(), "drift_since": source.drift_since or timezone.now()}
        keep(source, **values)
        if not older:
            note_hours(source, taken.result.added)
        note_rejected(source, taken.rejected)
        remember(source, one.manifest(), taken.native_ids)
    run.records += taken.records
    run.added += taken.result.added
    run.updated += taken.result.updated
    run.duplicate += taken.result.duplicate
    run.rejected += len(taken.rejected)
    run.gone += gone
    return taken


def _bounded(pages: Iterator[Page]) -> Iterator[Page]:
    """Pages until the ask has gone on long enough, or the process ends."""
    until = time.monotonic() + LONGEST.total_seconds()
    for number, page in enumerate(pages, 1):
        yield page
        if number >= MOST_PAGES or time.monotonic() > until or ENDING.is_set():
            return


def _after(problem: SourceProblem, source: Source, chance: random.Random) -> datetime:
    """When to ask again after a failure: what only a person can mend is tried now and then all the same."""
    asked = problem.wait if isinstance(problem, QuotaUsedUp | Unavailable) else None
    pause = timedelta(hours=6) if problem.pause else retry(source.failures + 1, asked, chance)
    return timezone.now() + pause


def _let_go(source: Source, run: Run, next_at: datetime) -> None:
    with transaction.atomic():
        give_back(source, next_at, per_hour=source.per_hour, **noted(source))
        run.save()
    if not run.problem:
        received.ask_again(source)
    trim(source)
    publish("source", {"source": source.pk})
