"""What every room's tests share: an open store in a fresh folder, and posts to put into it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import pyarrow as pa
import pytest

from outlisten.posts import PostStore, open_store
from outlisten.posts.identity import post_id
from outlisten.posts.schema import arrow_schema
from outlisten.query.folding import fold
from outlisten.query.tokens import tokenise

SEEN = datetime(2026, 6, 1, 12, tzinfo=UTC)
DERIVED = ("stream", "title_tokens", "sentences", "paragraphs", "hashtags", "mentions", "codes", "links")
Make = Callable[..., pa.Table]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[PostStore]:
    """An empty store in a folder of its own. The embedded engine serves one folder a process: do not open another."""
    opened = open_store(f"chdb://{tmp_path / 'posts'}")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def make_posts() -> Make:
    """Complete posts from the few fields a test cares about: `make_posts({"text": "好"}, {"text": "fine"})`."""

    def make(*given: dict[str, object]) -> pa.Table:
        return pa.Table.from_pylist(
            [_complete(post, place) for place, post in enumerate(given)], schema=arrow_schema()
        )

    return make


def _complete(given: dict[str, object], place: int) -> dict[str, object]:
    post: dict[str, object] = dict.fromkeys(arrow_schema().names)
    post |= {
        "platform": "x",
        "native_id": str(place),
        "text": "",
        "seen_at": SEEN,
        "date_only": False,
        "mixed": False,
    }
    post |= given
    text, title = str(post["text"]), post["title"]
    said = tokenise(title if isinstance(title, str) else None, text)
    post |= {name: getattr(said, name) for name in DERIVED}
    people = (post["author"], post["author_handle"], post["author_id"])
    post["voice"] = given.get("voice", "earned" if any(people) else "unknown")  # as they come in
    post["author_names"] = [fold(str(name)) for name in people if name]
    post["to_names"] = [fold(str(post["to"]))] if post["to"] else []
    mark = blake2b(f"{title}\0{text}\0{post['url']}".encode("utf-8", "surrogatepass"), digest_size=8)
    post["fingerprint"] = int.from_bytes(mark.digest())
    post["id"] = given.get("id") or post_id(
        str(post["platform"]), str(post["native_id"]), author=None, created_at=None, text=text
    )
    return post | {name: given[name] for name in DERIVED if name in given}
