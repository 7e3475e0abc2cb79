"""The rows of a fixture's table."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from outlisten.sources.sql.mapping import plain


def records(fixture: Path) -> list[dict[str, Any]]:
    """What a query for every row gives."""
    with sqlite3.connect(":memory:") as database:
        database.row_factory = sqlite3.Row
        database.executescript(fixture.read_text("utf-8"))
        return [plain(dict(row)) for row in database.execute("SELECT * FROM reviews")]
