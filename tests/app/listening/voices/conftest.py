"""Posts of two platforms that come in by the one way, and the means to declare whose they are."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
import pytest

from outlisten.app.listening.models import Brand, DeclaredAccount, Workspace
from outlisten.app.listening.store import pipeline
from outlisten.app.people.models import Account
from outlisten.posts import PostStore
from outlisten.posts.identity import post_id
from outlisten.posts.schema import arrow_schema

DAY = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
POSTS: tuple[dict[str, Any], ...] = (
    {"native_id": "own", "author_handle": "HarbourCafe", "text": "New beans from tomorrow"},
    {"native_id": "fan", "author": "Ana", "text": "The queue was two hours long"},
    {"native_id": "host", "author_handle": "valley_host", "text": "Come and try our #harbourweek menu"},
    {"native_id": "own-zh", "platform": "weibo", "author": "海港咖啡", "text": "新豆子明天上架"},
    {"native_id": "fan-zh", "platform": "weibo", "author": "阿明", "text": "排队两个小时"},
    {"native_id": "blog-zh", "platform": "weibo", "author": "探店小李", "text": "海港咖啡的豆子真香，非广"},
    {"native_id": "undated", "author_handle": "HarbourCafe", "text": "We are open", "created_at": None},
    {"native_id": "nobody", "text": "Nobody is named here"},
)


def batch(*posts: dict[str, Any]) -> pa.Table:
    """Posts as a file gives them."""
    rows = [{"platform": "x", "created_at": DAY, **post} for post in posts]
    names = [name for name in arrow_schema("given").names if any(name in row for row in rows)]
    return pa.Table.from_pylist(rows, schema=pa.schema([arrow_schema().field(name) for name in names]))


def named(native_id: str, platform: str = "x") -> str:
    """The id of a post."""
    return post_id(platform, native_id, author=None, created_at=None, text="")


@pytest.fixture(name="batch")
def _batch() -> Callable[..., pa.Table]:
    return batch


@pytest.fixture(name="named")
def _named() -> Callable[..., str]:
    return named


@pytest.fixture
def cafe(db: None) -> Workspace:
    """The workspace of Harbour, in Shanghai."""
    return Workspace.objects.create(pk=1, company="Harbour", zone="Asia/Shanghai", as_of="newest")


@pytest.fixture
def kept(pages_store: PostStore, cafe: Workspace) -> PostStore:
    """The posts above, brought in before anything was declared."""
    pipeline().ingest(batch(*POSTS))
    return pages_store


@pytest.fixture
def voice_of(pages_store: PostStore) -> Callable[..., str]:
    """The voice a kept post shows: `voice_of("fan-zh", "weibo")`."""

    def voice(native_id: str, platform: str = "x") -> str:
        post = pages_store.get(named(native_id, platform))
        assert post is not None
        return str(post["voice"])

    return voice


@pytest.fixture
def lead(account: Callable[..., Account]) -> Account:
    """Somebody who may declare and correct."""
    return account("lead")


@pytest.fixture(name="an_account")
def _an_account() -> Callable[..., DeclaredAccount]:
    return an_account


def an_account(name: str = "HarbourCafe", platform: str = "x", **more: Any) -> DeclaredAccount:
    """A declaration that is not kept yet; the company's own unless it says otherwise."""
    return DeclaredAccount(**{"platform": platform, "account": name, "voice": "owned", **more})


@pytest.fixture
def brands_of_two(cafe: Workspace) -> None:
    """Our cafe, in both scripts, and its competitor."""
    for name, side in (("Harbour", "own"), ("海港咖啡", "own"), ("Valley Coffee", "competitor")):
        Brand.objects.create(name=name, side=side, query=f'"{name}"')
