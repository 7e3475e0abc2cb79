"""A fixture's records: media in the shapes that Threads documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def records(fixture: Path) -> list[dict[str, Any]]:
    """The records of a fixture's media."""
    return [{"by": "search", "media": one} for one in json.loads(fixture.read_text("utf-8"))]
