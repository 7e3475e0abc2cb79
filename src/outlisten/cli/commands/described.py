"""A command with the help it shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Described:
    """A command with the help it shows: what it does in one line, and what to know about it."""

    function: Callable[..., int]
    does: str
    note: str = ""
