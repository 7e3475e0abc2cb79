"""A row of a database as a record, and as a post."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from outlisten.sources.connector import Post, Record
from outlisten.sources.rows import row_post

LONGEST = 256 * 1024  # characters of one value


def post(record: Record, chosen: Mapping[str, str], *, platform: str, now: datetime) -> Post:
    """The post of a row. Raises Unmappable."""
    return {"type": "post", **row_post(record, chosen, platform=platform, now=now)}


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row as JSON values; bytes are left out."""
    return {name: _plain(value) for name, value in row.items() if not isinstance(value, bytes | memoryview)}


def _plain(value: Any) -> Any:
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case str():
            return value[:LONGEST]
        case None | bool() | int() | float() | dict() | list():
            return value
    return str(value)
