"""Posts that an older model read, and a newer model that reads them otherwise."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from outlisten.app.listening.models import Workspace
from outlisten.app.listening.rereading import current, model_pages
from outlisten.app.listening.store import pipeline
from outlisten.pipeline import derive
from outlisten.posts import PostStore
from outlisten.posts.identity import post_id
from outlisten.posts.schema import arrow_schema

OLD, NEW = "reader@1", "reader@2"
NEWEST = datetime(2026, 3, 31, 12, tzinfo=UTC)
MANY = 25


def read_as(model: str, sentiment: str, **columns: Any) -> Callable[..., pa.Table]:
    """A model that reads every post alike."""
    from outlisten.language.reading import SCHEMA

    def read(texts: Sequence[str | None], *_more: object) -> pa.Table:
        said = {
            "lang": "zh",
            "mixed": False,
            "sentiment": sentiment,
            "sentiment_score": 0.9,
            "model": model,
            **columns,
        }
        rows = [dict.fromkeys(SCHEMA.names) | said for _text in texts]
        return pa.Table.from_pylist(rows, schema=SCHEMA)

    return read


def named(native_id: str) -> str:
    """The id of a post."""
    return post_id("x", native_id, author=None, created_at=None, text="")


@pytest.fixture(name="named")
def _named() -> Callable[[str], str]:
    return named


@pytest.fixture
def old_posts(pages_store: PostStore, db: None, monkeypatch: pytest.MonkeyPatch) -> PostStore:
    """Twenty-five posts, one a day and the oldest undated, read by the older model; the newer one is today's."""
    Workspace.objects.create(pk=1, company="Harbour", zone="Asia/Shanghai", as_of="newest")
    monkeypatch.setattr(model_pages, "PAGE", 10)
    monkeypatch.setattr(current, "fast_model", lambda: OLD)
    monkeypatch.setattr(derive, "read", read_as(OLD, "negative"))
    rows = [
        {"platform": "x", "native_id": str(n), "author_handle": f"guest{n}", "text": f"第{n}条 post {n}",
         "created_at": None if n == MANY - 1 else NEWEST - timedelta(days=n)}
        for n in range(MANY)
    ]  # fmt: skip
    names = [name for name in arrow_schema("given").names if name in rows[0]]
    schema = pa.schema([arrow_schema().field(name) for name in names])
    pipeline().ingest(pa.Table.from_pylist(rows, schema=schema))
    monkeypatch.setattr(current, "fast_model", lambda: NEW)
    monkeypatch.setattr(derive, "read", read_as(NEW, "positive"))
    return pages_store
