"""A row of a file as a record, and as a post."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from outlisten.posts.files import Batch
from outlisten.sources.connector import Post, Record, Unmappable
from outlisten.sources.rows import MADE

DATES = ("created_at", "edited_at")


def post(record: Record) -> Post:
    """The post of a row. Raises Unmappable with the file's or the row's problem."""
    if problem := record.get("problem"):
        raise Unmappable(str(problem))
    fields = dict(record["fields"])
    return fields | {name: datetime.fromisoformat(fields[name]) for name in DATES if fields.get(name)}


def rows(file: str, batch: Batch) -> list[dict[str, Any]]:
    """A batch's rows as records, in the order of the file."""
    found: list[tuple[int, dict[str, Any]]] = []
    for line, post in zip(batch.lines, batch.posts.to_pylist(), strict=True):
        fields = {
            name: _plain(value) for name, value in post.items() if value is not None and name not in MADE
        }
        found.append((line, {"file": file, "line": line, "row": _row(post["raw"]), "fields": fields}))
    for bad in batch.rejected:
        found.append(
            (bad.line, {"file": file, "line": bad.line, "row": _row(bad.record), "problem": bad.reason})
        )
    return [record for _, record in sorted(found, key=lambda one: one[0])]


def broken(file: str, problem: str) -> Mapping[str, Any]:
    """The record of a file that cannot be read."""
    return {"file": file, "problem": problem}


def _row(raw: str | None) -> Any:
    try:
        return json.loads(raw or "null")
    except ValueError:
        return raw


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
