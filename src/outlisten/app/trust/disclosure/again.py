"""Checking every kept post of declared accounts again, page by page."""

from __future__ import annotations

from outlisten.app.listening.store import whole
from outlisten.app.listening.voices.affected import affected
from outlisten.app.trust.disclosure.declared import connected_accounts
from outlisten.app.trust.disclosure.watch import COLUMNS, watch_again
from outlisten.posts.store import Budget
from outlisten.query import parse

# One page is one transaction: short enough that pages and commands never wait for it.
PAGE = 500
PATIENCE = Budget(rows=PAGE, seconds=60.0)


def check_all() -> tuple[int, int]:
    """How many kept posts were judged, and how many of them newly show signs."""
    judged = found = 0
    for asked in affected(connected_accounts()):
        query, after = parse(asked), None
        while True:
            page = whole().search(query, limit=PAGE, after=after, columns=COLUMNS, budget=PATIENCE)
            here, new = watch_again(page.posts) if page.posts.num_rows else (0, 0)
            judged, found, after = judged + here, found + new, page.after
            if after is None:
                break
    return judged, found
