"""Posts as `match` takes them, made into rows a store keeps, so that all uses of a query can be asked about them."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from hashlib import blake2b

import pyarrow as pa

from outlisten.posts import PostStore
from outlisten.posts.schema import arrow_schema
from outlisten.posts.valid_text import valid_text
from outlisten.query import Query
from outlisten.query.folding import fold
from outlisten.query.moments import written_at
from outlisten.query.tokens import tokenise

DERIVED = ("stream", "title_tokens", "sentences", "paragraphs", "hashtags", "mentions", "codes", "links")
SEEN = datetime(2026, 12, 1, tzinfo=UTC)


def row(post: dict[str, object], place: int, zone: tzinfo = UTC) -> dict[str, object]:
    """A complete row of the store."""
    kept: dict[str, object] = dict.fromkeys(arrow_schema().names)
    kept |= {"platform": "other", "date_only": False, "mixed": False, "seen_at": SEEN, "text": ""}
    kept |= {name: _storable(value) for name, value in post.items() if name in kept}
    title, text, links = kept["title"], str(kept["text"]), post.get("links")
    said = tokenise(str(title) if title else None, text, list(links) if isinstance(links, list) else [])
    kept |= {name: getattr(said, name) for name in DERIVED}
    at = written_at(post.get("created_at", post.get("date")), zone)
    kept["created_at"] = datetime.fromtimestamp(at, UTC) if at else None
    people = (post.get(name) for name in ("author", "author_name", "author_handle", "author_id"))
    kept["author_names"] = [fold(str(name)) for name in people if name]
    kept["to_names"] = [fold(str(post["to"]))] if post.get("to") else []
    kept["native_id"] = str(place)
    kept["fingerprint"] = int.from_bytes(
        blake2b(repr(post).encode("utf-8", "backslashreplace"), digest_size=8).digest()
    )
    return kept | {"id": f"{place:016x}"}


def _storable(value: object) -> object:
    return valid_text(value) if isinstance(value, str) else value


def table(posts: list[dict[str, object]], zone: tzinfo = UTC) -> pa.Table:
    """The posts as kept rows, numbered from 0; ids are the numbers."""
    return pa.Table.from_pylist(
        [row(post, place, zone) for place, post in enumerate(posts)], schema=arrow_schema()
    )


def found(store: PostStore, query: Query, most: int = 10_000) -> set[int]:
    """The numbers of the posts the store finds."""
    posts = store.search(query, limit=most, columns=["id"]).posts
    return {int(identifier, 16) for identifier in posts["id"].to_pylist()}
