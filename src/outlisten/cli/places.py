"""A place inside a query, marked under its text; long queries show only what is around it."""

from __future__ import annotations

from outlisten.cli.safe_text import on_one_line

# Screen cells of the query shown before and after the place.
AROUND = 36
MANY = 80


def marked(text: str, at: tuple[int, int]) -> tuple[str, str]:
    """Two lines: the text around the place, and carets below exactly the characters meant."""
    start, end = max(0, min(at[0], len(text))), max(0, min(at[1], len(text)))
    before, meant, after = text[:start], text[start:end], text[end:]
    lead = on_one_line(before[-AROUND:])
    if len(before) > AROUND:
        lead = "… " + lead
    middle = on_one_line(meant if len(meant) <= MANY else meant[:MANY])
    tail = on_one_line(after[:AROUND]) + (" …" if len(after) > AROUND else "")
    return lead + middle + tail, " " * _cells(lead) + "^" * max(1, _cells(middle))


def _cells(text: str) -> int:
    from rich.cells import cell_len

    return cell_len(text)
