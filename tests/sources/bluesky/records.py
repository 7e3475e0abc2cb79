"""A fixture's records: views of posts, by name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def records(fixture: Path) -> list[dict[str, Any]]:
    """The records of a fixture's views."""
    return [{"by": "search", "view": view} for view in json.loads(fixture.read_text("utf-8")).values()]
