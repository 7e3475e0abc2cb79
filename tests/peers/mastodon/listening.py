"""What the tests of both servers do: read a source to its end, and take what it brings into a store."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from outlisten.pipeline.ingest import Pipeline
from outlisten.posts import PostStore
from outlisten.sources.collecting import take
from outlisten.sources.connector import Connector, Cursor, Page


def a_tag() -> str:
    """A hashtag that no other test uses."""
    return f"acme{secrets.token_hex(4)}"


def brought(source: Connector, cursor: Cursor | None = None) -> tuple[list[dict[str, Any]], Cursor]:
    """Every post that a source brings until its end, and the cursor after it."""
    posts: list[dict[str, Any]] = []
    cursor = cursor or {}
    for page in source.pages(cursor):
        posts += posts_of(source, page)
        cursor = page.cursor
    return posts, cursor


def posts_of(source: Connector, page: Page) -> list[dict[str, Any]]:
    return source._sample(page.records) if len(page.records) <= 20 else [source.post(r) for r in page.records]


def taken_in(pages: Iterable[Page], source: Connector, store: PostStore) -> Iterator[Cursor]:
    """Take pages into the store as the application does, and give the cursor after each."""
    pipeline = Pipeline(store)
    for page in pages:
        take(page, source, pipeline.ingest, "source:1")
        yield page.cursor
