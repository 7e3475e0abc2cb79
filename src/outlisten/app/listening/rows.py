"""Posts as lines of a list: words cut to what fits, matches marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from outlisten.app.listening.snippets import Span, snippet
from outlisten.query import Query, highlights

COLUMNS = (
    "id", "platform", "created_at", "date_only", "title", "text", "author", "author_handle", "to", "url",
    "lang", "sentiment", "sentiment_score", "voice", "intent", "flags", "urgency", "model", "is", "native_id",
    "reply_to",
)  # fmt: skip
# Marking matches means tokenising; nobody reads further than this in a list.
SEARCHED = 20_000
ROOM = 480


@dataclass(frozen=True, slots=True)
class Line:
    """A post for `web/_post.html`: its values with the text cut, and the spans to mark."""

    post: Mapping[str, Any]
    title_marks: tuple[Span, ...]
    text_marks: tuple[Span, ...]


def lines(posts: pa.Table, query: Query | None, room: int = ROOM) -> list[Line]:
    """The posts of a page, matches marked."""
    return [line(post, query, room) for post in posts.to_pylist()]


def line(post: Mapping[str, Any], query: Query | None, room: int = ROOM) -> Line:
    """One post as a line; without a query nothing is marked."""
    title, text = post["title"] or "", (post["text"] or "")[:SEARCHED]
    marks = highlights(query, title, text) if query is not None else None
    words = snippet(text, marks.text if marks else (), room)
    return Line({**post, "text": words.text}, tuple(marks.title) if marks else (), tuple(words.spans))
