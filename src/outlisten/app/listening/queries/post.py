"""One post with everything known of it: its thread, where it came from, its readings and its history."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from outlisten.app.listening.models import ImportRun
from outlisten.app.listening.queries.post_evidence import Evidence, evidence
from outlisten.app.listening.queries.why_found import Asked, asked_of
from outlisten.app.listening.rows import COLUMNS, Line, lines
from outlisten.app.listening.snippets import Marked, invisible_marks
from outlisten.app.listening.store import posts
from outlisten.app.people.rules import Act, Actor, may, require
from outlisten.posts.store import Budget
from outlisten.query import Query, highlights

# A page of text; more is shown when asked for.
SHOWN = 20_000
THREAD = Budget(rows=500, seconds=5.0)


@dataclass(frozen=True, slots=True)
class Readout:
    """A post to be shown; marked is what the query finds, or without one what speaks for its readings.

    `left_out` counts characters not shown; `raw` is None for who may not see it.
    """

    post: dict[str, Any]
    title: Marked
    text: Marked
    evidence: tuple[Evidence, ...]
    left_out: int
    marks: list[tuple[str, int]]
    thread: list[Line]
    thread_cut: bool
    engagement: list[dict[str, Any]]
    readings: list[dict[str, Any]]
    raw: str | None
    run: ImportRun | None
    asked: Asked | None  # what the query it was opened from finds in it; None without one


def post(actor: Actor, identifier: str) -> dict[str, Any]:
    """A post as kept, or 404. Raises Refused."""
    require(actor, Act.SEARCH)
    found = posts().get(identifier) if _is_id(identifier) else None
    if found is None:
        raise Http404
    return found


def readout(actor: Actor, identifier: str, query: Query | None = None, *, whole: bool = False) -> Readout:
    """Everything the page shows of one post. Raises Refused; 404 for a post we do not hold."""
    kept = post(actor, identifier)
    title, text = str(kept["title"] or ""), str(kept["text"] or "")
    part = text if whole else text[:SHOWN]
    marks = highlights(query, title, part[:SHOWN]) if query is not None else None
    found = evidence(title, part)
    thread = posts().thread(identifier, columns=COLUMNS, budget=THREAD)
    history = posts().history(identifier)
    return Readout(
        post=kept,
        title=Marked(title, marks.title if marks else found.title),
        text=Marked(part, marks.text if marks else found.text),
        evidence=found.evidence,
        left_out=len(text) - len(part),
        marks=invisible_marks(title + text),
        thread=lines(thread.table, None) if thread.table.num_rows > 1 else [],
        thread_cut=thread.cut,
        engagement=history["engagement"].table.to_pylist(),
        readings=history["readings"].table.to_pylist(),
        raw=pretty(kept["raw"]) if may(actor, Act.SEE_RAW) else None,
        run=ImportRun.objects.filter(file_name=kept["source"]).order_by("id").first()
        if kept["source"]
        else None,
        asked=asked_of(kept, query) if query is not None else None,
    )


def _is_id(text: str) -> bool:
    return len(text) == 16 and all(sign in "0123456789abcdef" for sign in text)


def pretty(raw: object) -> str:
    """The record as it came, indented when it is JSON; blank when there is none."""
    text = str(raw or "")
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except ValueError:
        return text
