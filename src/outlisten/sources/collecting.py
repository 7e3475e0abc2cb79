"""One page of a source taken in: records become posts, posts go the one way in, and nothing is lost on the way."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pyarrow as pa

from outlisten.posts.schema import arrow_schema
from outlisten.posts.store import AddResult
from outlisten.posts.valid_text import valid_text
from outlisten.sources.connector import Connector, Page, Post, Record, Skipped, Unmappable

GIVEN = arrow_schema("given")
LISTS = frozenset({field.name for field in GIVEN if pa.types.is_list(field.type)} | {"links"})
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
    table, posts, kept, misfits = _fitting(posts, kept)
    result = ingest(table) if table else AddResult()
    late = [Rejected(kept[row], reason) for row, reason in result.rejected if row not in result.refused]
    out = {row for row, _ in result.rejected}
    taken = [post for row, post in enumerate(posts) if row not in out]
    dates = [post["created_at"] for post in taken if post.get("created_at")]
    return Taken(
        len(page.records),
        result,
        (*rejected, *misfits, *late),
        skipped,
        max(dates, default=None),
        min(dates, default=None),
        tuple(str(post["native_id"]) for post in taken if post.get("native_id")),
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
            rejected.append(_another_shape(record, problem))
    return posts, kept, rejected, skipped


def _fitting(
    posts: list[Post], kept: list[Record]
) -> tuple[pa.Table | None, list[Post], list[Record], list[Rejected]]:
    """A table of the posts that the schema takes: one that it does not must not keep back the others of its page, for ever."""
    try:
        return (as_table(posts) if posts else None), posts, kept, []
    except OTHER_SHAPE:
        misfits = {row: problem for row, post in enumerate(posts) if (problem := _misfit(post))}
    rejected = [_another_shape(kept[row], problem) for row, problem in misfits.items()]
    posts = [post for row, post in enumerate(posts) if row not in misfits]
    kept = [record for row, record in enumerate(kept) if row not in misfits]
    return (as_table(posts) if posts else None), posts, kept, rejected


def _misfit(post: Post) -> Exception | None:
    try:
        as_table([post])
    except OTHER_SHAPE as problem:
        return problem
    return None


def _another_shape(record: Record, problem: Exception) -> Rejected:
    return Rejected(record, f"another shape than documented: {type(problem).__name__} {problem}"[:500])


def complete(post: Post, record: Record, connector: Connector, source: str) -> Post:
    """The post with what every post of a source has: platform, source, and the record as it came.

    Raises ValueError for a column that posts do not have, for a time without a zone, and for a text in place of a list.
    """
    unknown = post.keys() - set(GIVEN.names) - {"links"}
    if unknown:
        raise ValueError(f"posts have no columns {sorted(unknown)}")
    for name, value in post.items():
        if isinstance(value, datetime) and value.tzinfo is None:
            raise ValueError(f"{name} has no time zone")
        if isinstance(value, str) and name in LISTS:  # Arrow would take its letters
            raise ValueError(f"{name} is no list")
    raw = json.dumps(record, ensure_ascii=False, separators=(",", ":"), default=str)
    # UTF-8 has no form for half of a surrogate pair; JSON has one.
    raw = raw.encode("utf-8", "backslashreplace").decode()
    return {
        "platform": connector.manifest().platform or None,
        **{name: _valid(value) for name, value in post.items() if value is not None},
        "source": source,
        "raw": raw if len(raw) <= LARGEST_RECORD else None,
    }


def _valid(value: Any) -> Any:
    if isinstance(value, str):
        return valid_text(value)
    return [_valid(one) for one in value] if isinstance(value, list | tuple) else value


def storable(record: Any) -> Any:
    """A record without what databases refuse (NUL, lone surrogates, numbers that are none), and with text of any length cut
    to a sensible one."""
    if isinstance(record, str):
        return record[:LARGEST_RECORD].replace("\0", "\u2400").encode("utf-8", "replace").decode()
    if isinstance(record, dict):
        return {storable(str(name)): storable(value) for name, value in record.items()}
    if isinstance(record, float) and not math.isfinite(record):
        return None
    return [storable(value) for value in record] if isinstance(record, list | tuple) else record
