"""A fixture's records: it is an answer of the search, in the shapes that X documents."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from outlisten.sources.x.records import records as of_answer


def records(fixture: Path) -> list[Any]:
    """The records of a fixture's answer."""
    return list(of_answer(json.loads(fixture.read_text("utf-8")), "search", "acme"))
