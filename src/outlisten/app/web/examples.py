"""Example content of the living page /ui: our own words, in both languages, friendly and hostile."""

from __future__ import annotations

from typing import Any


def examples() -> dict[str, Any]:
    """The names the template `web/ui.html` uses."""
    return {}
