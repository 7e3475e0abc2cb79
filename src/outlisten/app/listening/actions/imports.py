"""Bringing a file in: keep the upload, change how it is read, start, cancel."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction

from outlisten.app.listening.imports import wake
from outlisten.app.listening.models import ImportRun
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record

State = ImportRun.State


def upload(file: UploadedFile[bytes], *, by: Actor) -> ImportRun:
    """Keep an uploaded file; the worker then looks at how it would be read. Raises Refused."""
    require(by, Act.IMPORT)
    name = os.path.basename(file.name or "upload")[-200:]
    kept = _fresh_place(name)
    _move(file, kept)
    with transaction.atomic():
        run = ImportRun.objects.create(
            file_name=name,
            path=str(kept),
            size=kept.stat().st_size,
            started_by=by if isinstance(by, Account) else None,
        )
        record("import.upload", by=by, about=f"import:{run.pk}", bytes=run.size)
        transaction.on_commit(wake)
    return run


@dataclass(frozen=True, slots=True)
class HowToRead:
    """What a person chose about a file; a blank leaves it to be found out. `mapping`: post field → column."""

    preset: str = ""
    network: str = ""
    encoding: str = ""
    dates: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)


def read_otherwise(run: ImportRun, wanted: HowToRead, *, by: Actor) -> bool:
    """Keep how a person wants the file read, and have it looked at again. Raises Refused.

    False when it is too late: the run has begun.
    """
    require(by, Act.IMPORT)
    again = ImportRun.objects.filter(pk=run.pk, state__in=(State.LOOKED, State.FAILED)).exclude(path="")
    asked = again.update(
        state=State.LOOKING, problem="", lease_until=None, preset=wanted.preset, network=wanted.network,
        encoding=wanted.encoding, dates=wanted.dates, mapping=dict(wanted.mapping),
    )  # fmt: skip
    if asked:
        transaction.on_commit(wake)
    return bool(asked)


@transaction.atomic
def start(run: ImportRun, *, by: Actor) -> bool:
    """Let the worker begin; False when it has begun already or cannot. Raises Refused."""
    require(by, Act.IMPORT)
    waiting = ImportRun.objects.filter(pk=run.pk, state__in=(State.LOOKED, State.FAILED)).exclude(path="")
    won = waiting.exclude(plan={}).update(state=State.WAITING, problem="", finished_at=None, lease_until=None)
    if won:
        record("import.start", by=by, about=f"import:{run.pk}")
        transaction.on_commit(wake)
    return bool(won)


def cancel(run: ImportRun, *, by: Actor) -> None:
    """Stop a run; the posts already taken in stay. Raises Refused."""
    require(by, Act.IMPORT)
    over = (State.DONE, State.CANCELLED)
    with transaction.atomic():
        running = ImportRun.objects.filter(pk=run.pk).exclude(state__in=over)
        stopped = running.update(state=State.CANCELLED, path="")
        if stopped:
            record("import.cancel", by=by, about=f"import:{run.pk}")
    if stopped and run.path:
        Path(run.path).unlink(missing_ok=True)


def _fresh_place(name: str) -> Path:
    """A new private place in the home. The name keeps its endings, which tell format and compression."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{secrets.token_hex(8)}-{name.replace(os.sep, '_')}"


def _move(file: UploadedFile[bytes], kept: Path) -> None:
    """Large uploads are on disk already and are moved; small ones are written."""
    if isinstance(file, TemporaryUploadedFile):
        shutil.move(file.temporary_file_path(), kept)
    else:
        with kept.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
    kept.chmod(0o600)
