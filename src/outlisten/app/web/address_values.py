"""Values of an address as they may be asked of the database, whatever somebody typed there."""

from __future__ import annotations

LONGEST_NUMBER = 18  # digits: one more may not fit the database's numbers


def whole_number(typed: str) -> int | None:
    """The number of an account, a page, a case …; None for anything else."""
    number = typed.isascii() and typed.isdigit() and len(typed) <= LONGEST_NUMBER
    return int(typed) if number else None


def short_text(typed: str, longest: int) -> str:
    """What was typed into a search box, cut; without the NUL that PostgreSQL refuses."""
    return typed.replace("\0", "").strip()[:longest]
