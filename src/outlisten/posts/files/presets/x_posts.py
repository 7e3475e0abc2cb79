"""What is the same in every export of X: escapes in the text, the address of a post, the time inside an
id."""

from __future__ import annotations

from datetime import UTC, datetime

# Source: X developer documentation, "X IDs": milliseconds since this moment stand above the lowest 22 bits.
ID_EPOCH_MS = 1_288_834_974_657


def plain_text(text: object) -> object:
    """The words as they were typed: X delivers & < > escaped, and nothing else."""
    if not isinstance(text, str) or "&" not in text:
        return text
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def written_at(post_id: object) -> str | None:
    """When a post was written, to the second, from its id; None for ids older than November 2010."""
    digits = str(post_id or "")
    if not digits.isdigit() or len(digits) < 15:
        return None
    return datetime.fromtimestamp(((int(digits) >> 22) + ID_EPOCH_MS) // 1000, UTC).isoformat()


def address(handle: object, post_id: object) -> str | None:
    """The address of a post."""
    return f"https://x.com/{handle or 'i'}/status/{post_id}" if post_id else None


def addressee(text: object) -> str | None:
    """The account a text starts with, as replies do."""
    if not isinstance(text, str) or not text.startswith("@"):
        return None
    name = text[1:].split(maxsplit=1)[0].rstrip(":,.") if len(text) > 1 else ""
    return name or None
