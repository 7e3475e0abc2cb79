"""Cells that spreadsheet programs take as text: a post that says =HYPERLINK(…) must never run as one.

Method: OWASP, "CSV Injection": a cell beginning with one of these characters gets an apostrophe in front.
Full-width variants are included because Excel in Chinese and Japanese takes them as the same."""

from __future__ import annotations

from datetime import datetime

STARTERS = frozenset("=+-@\t\r\n＝＋－＠")
APOSTROPHE = "'"


def plain_cell(cell: object) -> object:
    """The cell as a CSV writer should write it. Numbers stay numbers; a list is joined by commas."""
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, list):
        return harmless(", ".join(map(str, cell)))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ")
    return cell


def harmless(text: str) -> str:
    """The text with an apostrophe in front where a program would otherwise start a formula."""
    if text[:1] in STARTERS or text.lstrip()[:1] in STARTERS or _looks_escaped(text):
        return APOSTROPHE + text
    return text


def original(text: str) -> str:
    """The text before `harmless`: the way back, when one of our own files is read again."""
    if text[:1] == APOSTROPHE and harmless(text[1:]) == text:
        return text[1:]
    return text


def _looks_escaped(text: str) -> bool:
    """A text that already begins with an apostrophe and a starter gets a second one, so that `original` is
    exact."""
    return text[:1] == APOSTROPHE and text.lstrip(APOSTROPHE).lstrip()[:1] in STARTERS
