"""The mails of a fixture as records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from outlisten.sources.email.documents import record


def records(fixture: Path) -> list[dict[str, Any]]:
    """What a folder gives for each mail."""
    place = {"uid": 7, "validity": 9, "folder": "INBOX", "received": 1_796_119_200}
    cases = json.loads(fixture.read_text("utf-8"))
    return [{**record(case["mail"].encode(case["charset"])), **place} for case in cases]
