"""`outlisten search --meaning`: the posts that answer a question in plain words, best first."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.cli.application import Application
    from outlisten.insights.meaning import Found, Hit
    from outlisten.posts.store import TimeRange
    from outlisten.query import Query


def search_by_meaning(
    session: Session, app: Application, asked: str, query: Query | None, span: TimeRange, limit: int, *, as_json: bool
) -> int:  # fmt: skip
    """Print the posts as a table, or as the JSON of `search` with the reason of each."""
    from outlisten.insights.meaning import search

    found = search(app.store, asked, query=query, window=span, limit=limit)
    if as_json:
        text = json.dumps(
            {"posts": [_as_json(hit) for hit in found.hits], "cut": found.cut, "unread": found.unread},
            ensure_ascii=False, default=_plain,
        )  # fmt: skip
        session.write_to(session.terminal.out, text + "\n")
    else:
        _table(session, found)
    return 0


def _as_json(hit: Hit) -> dict[str, object]:
    return {**hit.post, "similarity": hit.similarity, "words": list(hit.words), "copies": hit.copies}


def _plain(value: Any) -> str:
    return str(value.strftime("%Y-%m-%dT%H:%M:%SZ"))


def _table(session: Session, found: Found) -> None:
    from rich.table import Table

    from outlisten.cli.safe_text import on_one_line

    _ = session.words
    table = Table(box=None, pad_edge=False, width=session.terminal.width)
    table.add_column(_("Likeness"), width=8, no_wrap=True)
    table.add_column(_("Words"), width=16, overflow="ellipsis", no_wrap=True)
    table.add_column(_("Post"), overflow="fold")
    for hit in found.hits:
        copies = f" (+{hit.copies})" if hit.copies else ""
        said = on_one_line(str(hit.post["text"])[:200])
        table.add_row(f"{hit.similarity:.2f}", on_one_line(" ".join(hit.words)) or "–", said + copies)
    if found.hits:
        session.console().print(table)
    else:
        session.say(_("No post comes near it."))
    if found.unread:
        session.say(
            _("Posts not yet read for their meaning, and found by words alone: {n:,}").format(n=found.unread)
        )
    if found.cut:
        session.say(_("The time ran out before all posts were compared. Narrow the dates and ask again."))
