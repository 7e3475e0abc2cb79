"""The items of a fixture."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any


def records(fixture: Path) -> list[dict[str, Any]]:
    """Each item as it is sent."""
    return [case["item"] for case in json.loads(fixture.read_text("utf-8"))]
