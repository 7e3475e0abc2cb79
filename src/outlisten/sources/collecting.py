"""One page of a source taken in: records become posts, posts go the one way in, and nothing is lost on the way."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from outlisten.posts.schema import arrow_schema
from outlisten.posts.store import AddResult
from outlisten.sources.connector import Connector, Page, Post, Record, Skipped, Unmappable

GIVEN = arrow_schema("given")
LARGEST_RECORD = 256 * 1024  # characters of JSON kept beside a post; the rest of a record is of no use later
# A mapping that meets a record of another shape than it knows ends in one of these.
OTHER_SHAPE = (KeyError, TypeError, ValueError, AttributeError, IndexError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that did not become a post, and why."""

    record: Record
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a page: counts, what was rejected, and when the newest and the oldest of its posts were written."""

    records: int
    result: AddResult
    rejected: tuple[Rejected, ...]
    skipped: int
    newest: datetime | None
    oldest: datetime | None
    native_ids: tuple[str, ...] = ()  # of the posts that were taken in


Ingest = Callable[[pa.Table], AddResult]


def take(page: Page, connector: Connector, ingest: Ingest, source: str) -> Taken:
    """Take a page in. When this returns its posts are durable and acted on: the cursor may follow.

    `ingest` is `Pipeline.ingest`. A record whose author asked not to be collected is counted, and nothing of it is kept.
    """
    posts, kept, rejected, skipped = _mapped(page.records, connector, source)
    result = ingest(as_table(posts)) if posts else AddResult()
    late = [Rejected(kept[row], reason) for row, reason in result.rejected if row not in result.refused]
    dates = [post["created_at"] for post in posts if post.get("created_at")]
    return Taken(
        len(page.records),
        result,
        (*rejected, *late),
        skipped,
        max(dates, default=None),
        min(dates, default=None),
        tuple(str(post["native_id"]) for post in posts if post.get("native_id")),
    )


def as_table(posts: Sequence[Post]) -> pa.Table:
    """Posts as a batch for the pipeline; an address list of the network's own goes along."""
    table = pa.Table.from_pylist(
        [{name: post.get(name) for name in GIVEN.names} for post in posts], schema=GIVEN
    )
    if any(post.get("links") for post in posts):
        links = pa.array([post.get("links") or [] for post in posts], pa.list_(pa.string()))
        table = table.append_column("links", links)
    return table


def _mapped(
    records: Sequence[Record], connector: Connector, source: str
) -> tuple[list[Post], list[Record], list[Rejected], int]:
    """Posts, the record of each, what was rejected, and how many records were never meant to be posts."""
    posts: list[Post] = []
    kept: list[Record] = []
    rejected: list[Rejected] = []
    skipped = 0
    for record in records:
        try:
            posts.append(complete(connector.post(record), record, connector, source))
            kept.append(record)
        except Skipped:
            skipped += 1
        except Unmappable as problem:
            rejected.append(Rejected(record, str(problem)))
        except OTHER_SHAPE as problem:
            rejected.append(
                Rejected(record, f"another shape than documented: {type(problem).__name__} {problem}")
            )
    return posts, kept, rejected, skipped


def complete(post: Post, record: Record, connector: Connector, source: str) -> Post:
    """The post with what every post of a source has: platform, source, and the record as it came."""
    unknown = post.keys() - set(GIVEN.names) - {"links"}
    if unknown:
        raise ValueError(f"posts have no columns {sorted(unknown)}")
    raw = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str)
    return {
        "platform": connector.manifest().platform or None,
        **{name: value for name, value in post.items() if value is not None},
        "source": source,
        "raw": raw if len(raw) <= LARGEST_RECORD else None,
    }


def storable(record: Any) -> Any:
    """A record without what databases refuse (NUL, lone surrogates), and with text of any length cut to a sensible one."""
    if isinstance(record, str):
        return record[:LARGEST_RECORD].replace("\0", "\u2400").encode("utf-8", "replace").decode()
    if isinstance(record, dict):
        return {storable(str(name)): storable(value) for name, value in record.items()}
    return [storable(value) for value in record] if isinstance(record, list | tuple) else record
