"""`outlisten explain --why`: the parts of a query, asked of one post."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from outlisten.cli.endings import DONE, Refused
from outlisten.cli.input_files import input_files
from outlisten.cli.queries import mistakes
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.query import Query, Why


def show_why(session: Session, query: Query, file: str) -> int:
    """A tick or a cross before every part, and in one line what the post lacks. Raises Refused."""
    from outlisten.query import missing, why

    if not query.valid:
        raise Refused(mistakes(session, query))
    found = why(query, _post(session, file), session.locale)
    lacks = "" if found.holds else missing(found, session.locale)
    if session.json:
        session.emit({"query": query.text, "missing": lacks, **_as_json(found)})
        return DONE
    _show(session, found)
    if lacks:
        session.print(on_one_line(lacks))
    return DONE


def _post(session: Session, file: str) -> dict[str, object]:
    """The one post of a file. Raises Refused."""
    path = input_files(session, [file])[0]
    try:
        post = json.loads(path.read_text("utf-8-sig"))
    except (ValueError, RecursionError):
        post = None
    if not isinstance(post, dict):
        raise Refused(
            session.words(
                '{file} holds no post. A post is one JSON object such as {{"text": "refund"}}.'
            ).format(file=file)
        )
    return post


def _as_json(found: Why) -> dict[str, object]:
    return {
        "clause": found.clause, "holds": found.holds, "at": list(found.at),
        "parts": [_as_json(part) for part in found.parts],
    }  # fmt: skip


def _show(session: Session, found: Why, deep: int = 0) -> None:
    sign = "✓" if found.holds else "✗"
    session.print(f"{'  ' * deep}{sign} {on_one_line(found.clause)}")
    for part in found.parts:
        _show(session, part, deep + 1)
