"""Query texts that open the posts behind a figure."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from outlisten.posts.store import ALL_TIME, TimeRange
from outlisten.query import Query, parse

SINGLE = frozenset(' \t\n()（）|｜"“”{}｛｝[]+＋-－*＊?？/\\')
OPERATORS = frozenset({"and", "or", "not", "near", "onear", "atleast"})
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


def narrowed(query: Query | None, *clauses: str, window: TimeRange = ALL_TIME, zone: ZoneInfo) -> str:
    """The text of a query with more conditions, and with the dates of a window in a zone."""
    parts = [bracketed(query.text)] if query and query.text.strip() else []
    parts += [clause for clause in (*clauses, *dates(window, zone)) if clause]
    return " ".join(parts)


def opposite(query: Query) -> str:
    """The text of the posts that do not match the query."""
    return f"NOT {bracketed(query.text)}"


def reparsed(text: str, like: Query | None) -> Query:
    """A query made from another one's text, with its sense of now and of the zone."""
    return parse(text, context=like.context) if like else parse(text)


def bracketed(text: str) -> str:
    """The text in brackets, unless it is a single word that needs none."""
    stripped = text.strip()
    if not SINGLE & set(stripped):
        return stripped
    # A backslash at the end would take the bracket's meaning away.
    return f"({stripped} )" if stripped.endswith("\\") else f"({stripped})"


def phrase(term: str) -> str:
    """A term as a query: bare where that is safe, else in quotation marks."""
    if term.isalnum() and term.casefold() not in OPERATORS:
        return term
    return '"' + term.replace("\\", "\\\\").replace('"', '\\"') + '"'


def having(field: str, value: str) -> str:
    """A field with one value, as a clause."""
    return f"{field}:{phrase(value)}"


def dates(window: TimeRange, zone: ZoneInfo) -> list[str]:
    """`since:` and `until:` (both ends included) of a window; whole days as dates."""
    start = window.start.astimezone(zone) if window.start else None
    end = window.end.astimezone(zone) if window.end else None
    clauses = []
    if start:
        clauses.append(f"since:{_stamp(start) if _has_clock(start) else _day(start)}")
    if end:
        clauses.append(f"until:{_stamp(end - SECOND) if _has_clock(end) else _day(end - DAY)}")
    return clauses


def _day(moment: datetime) -> str:
    return moment.date().isoformat()


def _has_clock(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second) != (0, 0, 0)


def _stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%S")
