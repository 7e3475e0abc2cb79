"""A company called Harbour (海港) with a declared partner, an employee and a paid account."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from outlisten.app.listening.models import Brand, DeclaredAccount
from outlisten.app.listening.store import pipeline
from outlisten.posts import PostStore
from outlisten.posts.schema import arrow_schema

DAY = datetime(2026, 5, 1, 9, tzinfo=UTC)
Write = Callable[..., None]


@pytest.fixture
def harbour(db: None) -> None:
    """Our own brand, and three accounts that are connected with it."""
    Brand.objects.create(name="Harbour", side="own", query="Harbour OR 海港")
    Brand.objects.create(name="海港", side="own", query="海港")
    for platform, name, voice, markets in (
        ("weibo", "小林", "partner", "CN"), ("x", "anna", "paid", "US, UK"), ("x", "lee", "employee", ""),
    ):  # fmt: skip
        account = DeclaredAccount(platform=platform, account=name, voice=voice, markets=markets)
        account.clean()
        account.save()


@pytest.fixture
def write(pages_store: PostStore) -> Write:
    """Posts coming in by the one way: `write("anna", "text", native_id="1")`."""

    def come_in(
        author: str, text: str, *, native_id: str = "1", platform: str = "x", **given: object
    ) -> None:
        post = {
            "platform": platform,
            "native_id": native_id,
            "author_handle": author,
            "text": text,
            "created_at": DAY,
        }
        post |= given
        schema = pa.schema(
            [arrow_schema().field(name) for name in arrow_schema("given").names if name in post]
        )
        pipeline().ingest(pa.Table.from_pylist([post], schema=schema))

    return come_in
