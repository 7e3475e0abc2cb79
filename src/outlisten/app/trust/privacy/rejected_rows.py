"""Copies outside the store: rows that imports rejected, and the samples that their previews showed."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from outlisten.app.listening.models import ImportRun
from outlisten.app.trust.persons import Person
from outlisten.pipeline.rejected import AUTHOR, values_of
from outlisten.query.folding import fold


@dataclass(frozen=True, slots=True)
class Copy:
    """A rejected row or a post of a preview: what it tells of whose it is, by post field, and since when it is kept."""

    told: Mapping[str, Any]
    record: object
    since: datetime


def held(person: Person) -> list[dict[str, object]]:
    """The rejected rows and preview samples that this person wrote. A row that tells no author is given to nobody:
    it may be somebody else's."""
    rows = [
        {"file": file.name, "line": row.get("line"), "record": row.get("record")}
        for file in _files()
        for row in _rows(file)
        if by(person, _told(row))
    ]
    samples = [
        {"import": run.pk, "sample": sample}
        for run in _previewed()
        for sample in run.plan["sample"]
        if by(person, sample)
    ]
    return [*rows, *samples]


def erase(person: Person) -> int:
    """Remove them, and rows that tell no author and name this person; returns how many."""
    return remove(
        lambda copy: by(person, copy.told) or (not _tells(copy.told) and names(copy.record, person))
    )


def remove(unwanted: Callable[[Copy], bool]) -> int:
    """Remove the copies for which this is true; the others stay as they are. Nothing may be taken in meanwhile."""
    return _remove_samples(unwanted) + sum(_remove_rows(file, unwanted) for file in _files())


def by(person: Person, told: Mapping[str, Any]) -> bool:
    """Whether this person wrote it: by the id where both tell one, else by the handle; by the name only when neither
    has any."""
    if told.get("platform") not in (None, person.platform):
        return False
    if told.get("author_id") and person.author_id:
        return str(told["author_id"]) == person.author_id
    if told.get("author_handle") and person.handle:
        return _plain(str(told["author_handle"])) == _plain(person.handle)
    nameless = not any((told.get("author_id"), told.get("author_handle"), person.author_id, person.handle))
    return (
        nameless and bool(person.name) and _plain(str(told.get("author") or "")) == _plain(person.name or "")
    )


def names(record: object, person: Person) -> bool:
    """Whether some whole value of a record is this person's handle or id; the name only for who has neither."""
    wanted = {_plain(name) for name in (person.handle, person.author_id) if name}
    if not wanted and person.name:
        wanted = {_plain(person.name)}
    return any(_plain(value) in wanted for value in values_of(record))


def _plain(name: str) -> str:
    return fold(name.strip().removeprefix("@"))


def _tells(told: Mapping[str, Any]) -> bool:
    return any(told.get(name) for name in AUTHOR)


def _told(row: Mapping[str, Any]) -> Mapping[str, Any]:
    told = row.get("told")
    return told if isinstance(told, dict) else {}


def _files() -> list[Path]:
    folder = Path(settings.HOME.rejected)
    return sorted(folder.glob("*.jsonl")) if folder.is_dir() else []


def _rows(file: Path) -> Iterator[dict[str, Any]]:
    with file.open(encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict):
                yield row


def _remove_rows(file: Path, unwanted: Callable[[Copy], bool]) -> int:
    """Write the file anew without them; a file without any is not touched."""
    since = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    kept, gone = [], 0
    for row in _rows(file):
        if unwanted(Copy(_told(row), row.get("record"), since)):
            gone += 1
        else:
            kept.append(row)
    if gone:
        _replace(file, kept)
    return gone


def _replace(file: Path, rows: Iterable[dict[str, Any]]) -> None:
    """The file with these rows; it stays as old as it was."""
    was, fresh = file.stat(), file.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
        out.flush()
        os.fsync(out.fileno())
    os.utime(fresh, ns=(was.st_atime_ns, was.st_mtime_ns))
    fresh.replace(file)


def _previewed() -> list[ImportRun]:
    return [run for run in ImportRun.objects.exclude(plan={}).order_by("id") if run.plan.get("sample")]


def _remove_samples(unwanted: Callable[[Copy], bool]) -> int:
    gone = 0
    for run in _previewed():
        sample = run.plan["sample"]
        kept = [post for post in sample if not unwanted(Copy(post, post, run.finished_at or run.created_at))]
        if len(kept) < len(sample):
            gone += len(sample) - len(kept)
            ImportRun.objects.filter(pk=run.pk).update(plan={**run.plan, "sample": kept})
    return gone
