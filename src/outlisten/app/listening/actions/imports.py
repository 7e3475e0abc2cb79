"""Bringing a file in: keep the upload, change how it is read, start, cancel."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.db import transaction

from outlisten.app.listening.imports import wake
from outlisten.app.listening.imports.preview import look_at
from outlisten.app.listening.models import ImportRun
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require

State = ImportRun.State


def upload(file: UploadedFile, *, by: Actor) -> ImportRun:
    """Keep an uploaded file and look at how it would be read. Raises Refused.

    A file that cannot be read at all gives a run that has failed, with the reason.
    """
    require(by, Act.IMPORT)
    name = os.path.basename(file.name or "upload")[-200:]
    kept = _fresh_place(name)
    _move(file, kept)
    run = ImportRun.objects.create(
        file_name=name, path=str(kept), size=kept.stat().st_size, started_by=by if isinstance(by, Account) else None
    )
    look_at(run)
    return run


def read_otherwise(run: ImportRun, *, preset: str, network: str, mapping: Mapping[str, str], by: Actor) -> ImportRun:
    """Keep how a person wants the file read, and look at it again. Raises Refused."""
    require(by, Act.IMPORT)
    if run.state == State.UPLOADED:
        run.preset, run.network, run.mapping = preset, network, dict(mapping)
        look_at(run)
    return run


def start(run: ImportRun, *, by: Actor) -> bool:
    """Let the worker begin; False when it has begun already or cannot. Raises Refused."""
    require(by, Act.IMPORT)
    waiting = ImportRun.objects.filter(pk=run.pk, state__in=(State.UPLOADED, State.FAILED)).exclude(path="")
    won = waiting.exclude(plan={}).update(state=State.WAITING, problem="", finished_at=None)
    if won:
        transaction.on_commit(wake)
    return bool(won)


def cancel(run: ImportRun, *, by: Actor) -> None:
    """Stop a run; the posts already taken in stay. Raises Refused."""
    require(by, Act.IMPORT)
    stoppable = (State.UPLOADED, State.WAITING, State.RUNNING, State.FAILED)
    if ImportRun.objects.filter(pk=run.pk, state__in=stoppable).update(state=State.CANCELLED, path=""):
        Path(run.path).unlink(missing_ok=True) if run.path else None


def _fresh_place(name: str) -> Path:
    """A new private place in the home. The name keeps its endings: they tell the format and the compression."""
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{secrets.token_hex(8)}-{name.replace(os.sep, '_')}"


def _move(file: UploadedFile, kept: Path) -> None:
    """Large uploads are on disk already and are moved; small ones are written."""
    if isinstance(file, TemporaryUploadedFile):
        shutil.move(file.temporary_file_path(), kept)
    else:
        with kept.open("wb") as target:
            for chunk in file.chunks():
                target.write(chunk)
    kept.chmod(0o600)
