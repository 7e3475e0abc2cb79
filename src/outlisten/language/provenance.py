"""Whose voice a post is: the company's, someone it pays, or a person's own."""

from __future__ import annotations

from typing import Literal, get_args

Voice = Literal["owned", "employee", "partner", "paid", "earned", "unknown"]
VOICES: tuple[Voice, ...] = get_args(Voice)


def voice(given: str | None, has_author: bool) -> Voice:
    """The voice the source declared; otherwise *earned* where the source names an author, *unknown* where it
    does not.

    A declared word outside the list counts as undeclared: it is kept in the raw record, not turned into a
    claim.
    """
    declared = (given or "").strip().lower()
    if declared in VOICES:
        return declared
    return "earned" if has_author else "unknown"
