"""The rows of a fixture as records."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from outlisten.posts.files import plan_import, read_batches
from outlisten.sources.folder.mapping import rows


def records(fixture: Path) -> list[dict[str, Any]]:
    """What the folder gives for each row."""
    return [row for batch in read_batches(plan_import(fixture)) for row in rows(fixture.name, batch)]
