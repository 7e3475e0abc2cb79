"""A fixture's records: statuses are kept as they came, by name or one alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def records(fixture: Path) -> list[dict[str, Any]]:
    """The records of a fixture's statuses."""
    told = json.loads(fixture.read_text("utf-8"))
    statuses = [told] if "uri" in told else told.values()
    return [{"server": "https://social.example", "by": "timeline", "status": status} for status in statuses]
