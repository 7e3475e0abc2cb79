"""A fixture's records: the events in which a post is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from outlisten.sources.jetstream.events import event


def records(fixture: Path) -> list[dict[str, Any]]:
    """The records of a fixture's events."""
    events = map(event, fixture.read_text("utf-8").splitlines())
    return [dict(one.record) for one in events if one and one.does == "writes"]
