"""Posts that came in by the one way, and people who say what they say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from outlisten.app.listening.models import Workspace
from outlisten.app.listening.store import pipeline
from outlisten.app.people.models import Account
from outlisten.posts import PostStore
from outlisten.posts.identity import post_id

DAY = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
POSTS: tuple[dict[str, Any], ...] = (
    {
        "native_id": "slow",
        "author": "Ana",
        "text": "The queue was two hours long and nobody cared. Terrible.",
    },
    {"native_id": "irony", "author": "Ben", "text": "Great, another two hours in the queue. Love it."},
    {"native_id": "warm-zh", "platform": "weibo", "author": "小李", "text": "店员很热情，续杯免费，太喜欢了"},
    {"native_id": "irony-zh", "platform": "weibo", "author": "阿明", "text": "真棒，又等了两个小时，绝了"},
)


def batch(*posts: dict[str, Any]) -> pa.Table:
    """Posts as a file gives them."""
    return pa.Table.from_pylist([{"platform": "x", "created_at": DAY, **post} for post in posts])


@pytest.fixture(name="batch")
def _batch() -> Callable[..., pa.Table]:
    return batch


@pytest.fixture
def named() -> Callable[..., str]:
    """The id of a post: `named("irony-zh", "weibo")`."""
    return lambda native_id, platform="x": post_id(platform, native_id, author=None, created_at=None, text="")


@pytest.fixture
def cafe(db: None) -> Workspace:
    return Workspace.objects.create(pk=1, company="Harbour", zone="Asia/Shanghai", as_of="newest")


@pytest.fixture
def kept(pages_store: PostStore, cafe: Workspace) -> PostStore:
    """The posts above, brought in and read."""
    pipeline().ingest(batch(*POSTS))
    return pages_store


@pytest.fixture
def analyst(account: Callable[..., Account]) -> Account:
    return account("analyst")
