"""Copies outside the store: rows that imports rejected, and the samples that their previews showed."""

from __future__ import annotations

import csv
import json
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings

from outlisten.app.listening.models import ImportRun
from outlisten.app.trust.persons import Person
from outlisten.query.folding import fold

SEPARATORS = ",;\t|"


def held(person: Person) -> list[dict[str, object]]:
    """The rejected rows and preview samples that name this person."""
    rows = [
        {"file": file.name, "line": row.get("line"), "record": row.get("record")}
        for file in _files()
        for row in _rows(file)
        if names(row.get("record"), person)
    ]
    samples = [
        {"import": run.pk, "sample": sample}
        for run in _previewed()
        for sample in run.plan["sample"]
        if names(sample, person)
    ]
    return [*rows, *samples]


def erase(person: Person) -> int:
    """Remove them; returns how many. The other rows stay as they are."""
    return sum(_without(file, person) for file in _files()) + _erase_samples(person)


def names(record: object, person: Person) -> bool:
    """Whether some value of a record is this person's handle or id; the name only for who has neither."""
    wanted = {fold(name.removeprefix("@")) for name in (person.handle, person.author_id) if name}
    if not wanted and person.name:
        wanted = {fold(person.name)}
    return any(fold(value.strip().removeprefix("@")) in wanted for value in _values(record))


def _values(record: object) -> Iterator[str]:
    """Every value of a record: of JSON however deep, or of a line of a table."""
    if isinstance(record, dict):
        yield from (inner for value in record.values() for inner in _values(value))
    elif isinstance(record, list | tuple):
        yield from (inner for value in record for inner in _values(value))
    elif isinstance(record, str):
        yield record
        yield from _inside(record)
    elif record is not None:
        yield str(record)


def _inside(text: str) -> Iterator[str]:
    if text.lstrip().startswith(("{", "[")):
        try:
            yield from _values(json.loads(text))
            return
        except (ValueError, RecursionError):
            pass
    for separator in SEPARATORS:
        if separator in text:
            yield from next(csv.reader([text.replace("\n", " ").replace("\r", " ")], delimiter=separator), ())


def _files() -> list[Path]:
    folder = Path(settings.HOME.rejected)
    return sorted(folder.glob("*.jsonl")) if folder.is_dir() else []


def _rows(file: Path) -> Iterator[dict[str, object]]:
    with file.open(encoding="utf-8", errors="surrogateescape") as lines:
        for line in lines:
            try:
                row = json.loads(line)
            except ValueError:
                continue
            if isinstance(row, dict):
                yield row


def _without(file: Path, person: Person) -> int:
    """Write the file anew without the person's rows; a file without any is not touched."""
    kept, gone = [], 0
    for row in _rows(file):
        if names(row.get("record"), person):
            gone += 1
        else:
            kept.append(row)
    if gone:
        _replace(file, kept)
    return gone


def _replace(file: Path, rows: Iterable[dict[str, object]]) -> None:
    fresh = file.with_suffix(f".{secrets.token_hex(4)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as out:
        out.writelines(json.dumps(row) + "\n" for row in rows)
        out.flush()
        os.fsync(out.fileno())
    fresh.replace(file)


def _previewed() -> list[ImportRun]:
    return [run for run in ImportRun.objects.exclude(plan={}).order_by("id") if run.plan.get("sample")]


def _erase_samples(person: Person) -> int:
    gone = 0
    for run in _previewed():
        kept = [sample for sample in run.plan["sample"] if not names(sample, person)]
        if len(kept) < len(run.plan["sample"]):
            gone += len(run.plan["sample"]) - len(kept)
            ImportRun.objects.filter(pk=run.pk).update(plan={**run.plan, "sample": kept})
    return gone
