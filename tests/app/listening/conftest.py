"""Posts behind the pages: two brands, two languages, a conversation, an undated post, and hostile ones."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from outlisten.app.listening.models import Brand, Workspace
from outlisten.posts import PostStore

NEWEST = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)> two hours in the queue"
POSTS: tuple[dict[str, object], ...] = (
    {
        "native_id": "q1",
        "text": "The queue was two hours long at Harbour Cafe",
        "author": "Ana",
        "lang": "en",
        "to": "HarbourCafe",
        "sentiment": "negative",
        "thread": "q1",
    },
    {
        "native_id": "q2",
        "text": "We are sorry, tell us which branch",
        "author": "Harbour Cafe",
        "lang": "en",
        "sentiment": "neutral",
        "thread": "q1",
        "reply_to": "q1",
    },
    {
        "native_id": "q3",
        "platform": "weibo",
        "text": "海港咖啡排队两个小时，叫号系统又坏了",
        "author": "阿明",
        "lang": "zh",
        "sentiment": "negative",
    },
    {
        "native_id": "q4",
        "platform": "weibo",
        "text": "山谷咖啡的店员很热情，续杯免费",
        "author": "小李",
        "lang": "zh",
        "sentiment": "positive",
    },
    {"native_id": "q5", "text": SCRIPT, "author": "<b>Eve</b>", "lang": "en", "url": "javascript:alert(3)"},
    {"native_id": "q6", "text": '=HYPERLINK("http://evil.example","queue")', "author": "=cmd", "lang": "en"},
    {"native_id": "q7", "text": "queue \u202eevil\u202c \u200b\u200bqueue", "author": "Rtl", "lang": "en"},
    {"native_id": "q8", "text": "queue without a date", "created_at": None, "lang": "en"},
)


@pytest.fixture
def posts(pages_store: PostStore, make_posts: Callable[..., pa.Table]) -> PostStore:
    """The posts above, one a day, the first on the newest day."""
    dated = [{"created_at": NEWEST - timedelta(days=place), **post} for place, post in enumerate(POSTS)]
    pages_store.add(make_posts(*dated))
    return pages_store


@pytest.fixture
def archive(db: None) -> Workspace:
    """A workspace whose today is the newest post."""
    return Workspace.objects.create(pk=1, name="Archive", as_of=Workspace.AsOf.NEWEST)


@pytest.fixture
def brands(archive: Workspace) -> list[Brand]:
    """Our cafe and its competitor."""
    wanted = [("Harbour", "own", "Harbour OR 海港"), ("Valley", "competitor", "Valley OR 山谷")]
    return [
        Brand.objects.create(name=n, side=s, query=q, group="cafes", position=p)
        for p, (n, s, q) in enumerate(wanted)
    ]
