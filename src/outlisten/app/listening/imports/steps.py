"""What the worker does with a run it holds: look at the file, or take it in."""

from __future__ import annotations

import dataclasses
import logging
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy, override

from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.imports.leases import LeaseLost, give_back, renew
from outlisten.app.listening.models import ImportRun
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.store import pipeline
from outlisten.app.listening.wording import locale
from outlisten.app.trust.audit import record
from outlisten.app.web.live import publish
from outlisten.pipeline.imports import Progress, import_file
from outlisten.pipeline.rejected import without_refused
from outlisten.posts import StoreError
from outlisten.posts.files import FileProblem, ImportPlan, plan_import
from outlisten.posts.files.dates import Order

log = logging.getLogger(__name__)
State = ImportRun.State
# Set when the process ends: the run under way is given back, and the next start carries on with it.
ENDING = Event()
UNEXPECTED = gettext_lazy(
    "Something unexpected stopped the import; the log says what. Posts taken in so far are kept: "
    "start it again and it carries on without doubling any."
)
# A preview shows the start of a text; the row in the database need not hold a 10 MB cell.
SAMPLE_CHARACTERS = 400


def step(run: ImportRun) -> None:
    """Do what the run waits for, in the language of whoever started it, and let go of it again."""
    language = run.started_by.language if run.started_by else workspace().language
    with override(language):
        try:
            _plainly(run, look if run.state == State.LOOKING else take_in)
        except LeaseLost:
            log.info("Import %d was cancelled or taken over.", run.pk)
    publish("import", {"run": run.pk})


def _plainly(run: ImportRun, work: Callable[[ImportRun], None]) -> None:
    """Do the work; what goes wrong ends the run with one sentence."""
    try:
        work(run)
    except (FileProblem, StoreError) as problem:
        _fail(run, problem.text(locale()))
    except LeaseLost:
        raise
    except Exception:
        log.exception("Import %d stopped unexpectedly.", run.pk)
        _fail(run, str(UNEXPECTED))


def look(run: ImportRun) -> None:
    """Find out how the file would be read, for the preview."""
    plan = _plan(run)
    sample = without_refused(plan.sample, pipeline(), locale())
    give_back(run, State.LOOKED, plan=_storable({**plan.as_dict(), "sample": sample}))


def take_in(run: ImportRun) -> None:
    """Take the file in, noting progress; the upload is removed when all is in."""
    rejected = Path(settings.HOME.rejected) / f"import-{run.pk}.jsonl"
    report = import_file(_plan(run), pipeline(), rejected_to=rejected, on_progress=lambda at: _note(run, at))
    counts = {name: value for name, value in dataclasses.asdict(report).items() if name != "rejected_file"}
    path, run.path = run.path, ""
    with transaction.atomic():
        give_back(
            run, State.DONE, finished_at=timezone.now(), report=counts, path="",
            rejected_file=str(report.rejected_file or ""),
        )  # fmt: skip
        record(
            "import.finish", by=run.started_by, about=f"import:{run.pk}", added=report.added, updated=report.updated,
            rejected=report.rejected,
        )  # fmt: skip
    Path(path).unlink(missing_ok=True)
    publish("posts", {"added": report.added, "updated": report.updated})


def _plan(run: ImportRun) -> ImportPlan:
    return plan_import(
        Path(run.path), preset=run.preset or None, mapping=run.mapping or None, network=run.network or None,
        zone=zone_of(workspace()), locale=locale(), encoding=run.encoding or None,
        dates=cast(Order | None, run.dates or None),
    )  # fmt: skip


def _note(run: ImportRun, at: Progress) -> None:
    if ENDING.is_set():
        give_back(run, State(run.state), progress=dataclasses.asdict(at))
        raise LeaseLost
    renew(run, dataclasses.asdict(at))
    publish("import", {"run": run.pk})


def _fail(run: ImportRun, sentence: str) -> None:
    give_back(run, State.FAILED, finished_at=timezone.now(), problem=sentence)


def _storable(value: object) -> object:
    """The same with long texts cut, and without what a database refuses: NUL and lone surrogates."""
    if isinstance(value, str):
        return value[:SAMPLE_CHARACTERS].replace("\0", "\u2400").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {str(key): _storable(inner) for key, inner in value.items()}
    return [_storable(inner) for inner in value] if isinstance(value, list | tuple) else value
