"""One thing that was looked at."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Check:
    """A thing that was looked at: what was found, and when it is not well, what to do."""

    name: str
    ok: bool
    detail: str
    cure: str | None = None
