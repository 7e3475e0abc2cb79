"""One page of a source taken in: records become posts, posts go the one way in, and nothing is lost on the way."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate
from typing import Any

import orjson
import pyarrow as pa

from outlisten.posts.schema import arrow_schema
from outlisten.posts.store import AddResult
from outlisten.posts.valid_text import valid_text
from outlisten.sources.connector import Connector, Page, Post, Record, Skipped, Unmappable

GIVEN = arrow_schema("given")
COLUMNS = frozenset({*GIVEN.names, "links"})
LISTS = frozenset({field.name for field in GIVEN if pa.types.is_list(field.type)} | {"links"})
LARGEST_RECORD = 256 * 1024  # characters of JSON kept beside a post; the rest of a record is of no use later
PIECE = 5_000  # records that go in together: of a large page some are read while others are mapped or kept
PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)
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
IngestMany = Callable[[Iterable[pa.Table]], Iterator[AddResult]]


def take(page: Page, connector: Connector, ingest: Ingest, source: str) -> Taken:
    """Take a page in. When this returns its posts are durable and acted on: the cursor may follow.

    `ingest` is `Pipeline.ingest`. A record whose author asked not to be collected is counted, and nothing of it is kept.
    """
    return take_large(page, connector, lambda tables: map(ingest, tables), source)


def take_large(page: Page, connector: Connector, ingest_many: IngestMany, source: str) -> Taken:
    """The same of a page that may be large: its next records are mapped and read while earlier ones are being kept.

    `ingest_many` is `Pipeline.ingest_many`.
    """
    pieces: list[_Piece] = []
    results = list(ingest_many(_ahead(_tables(page.records, connector, source, pieces))))
    going_in = iter(results)
    taken = [piece.taken(next(going_in) if piece.posts else AddResult()) for piece in pieces]
    return _joined(taken, [len(piece.posts) for piece in pieces])


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some records of a page: those that became posts, beside them the posts, and what did not."""

    records: int
    posts: list[Post]
    kept: list[Record]
    rejected: list[Rejected]
    skipped: int

    def taken(self, result: AddResult) -> Taken:
        """What became of them, by what the pipeline says of the posts."""
        late = [Rejected(self.kept[row], why) for row, why in result.rejected if row not in result.refused]
        out = {row for row, _ in result.rejected}
        posts = [post for row, post in enumerate(self.posts) if row not in out]
        dates = [post["created_at"] for post in posts if post.get("created_at")]
        return Taken(
            self.records,
            result,
            (*self.rejected, *late),
            self.skipped,
            max(dates, default=None),
            min(dates, default=None),
            tuple(str(post["native_id"]) for post in posts if post.get("native_id")),
        )


def _tables(
    records: Sequence[Record], connector: Connector, source: str, pieces: list[_Piece]
) -> Iterator[pa.Table]:
    """The posts of the records, piece by piece; each piece is noted, also one of which nothing became a post."""
    for start in range(0, len(records), PIECE):
        some = records[start : start + PIECE]
        posts, kept, rejected, skipped = _mapped(some, connector, source)
        table, posts, kept, misfits = _fitting(posts, kept)
        pieces.append(_Piece(len(some), posts, kept, [*rejected, *misfits], skipped))
        if table is not None:
            yield table


def _ahead(tables: Iterator[pa.Table]) -> Iterator[pa.Table]:
    """The same tables, each made on a thread of its own while the one before it goes in; the first is made here.

    Mapping is pure, so that a thread beside does no harm; what it raises is raised here.
    """
    first = next(tables, None)
    if first is None:
        return
    yield first
    with ThreadPoolExecutor(1, thread_name_prefix="mapping") as beside:
        coming = beside.submit(next, tables, None)
        while (table := coming.result()) is not None:
            coming = beside.submit(next, tables, None)
            yield table


def _joined(pieces: Sequence[Taken], posts: Sequence[int]) -> Taken:
    """What became of all pieces of a page, of so many posts each; rows count through the posts of the page."""
    if len(pieces) == 1:
        return pieces[0]
    results = [piece.result for piece in pieces]
    placed = list(zip(accumulate(posts[:-1], initial=0), results, strict=True)) if results else []
    dates = [date for piece in pieces for date in (piece.newest, piece.oldest) if date]
    return Taken(
        sum(piece.records for piece in pieces),
        AddResult(
            sum(result.added for result in results),
            sum(result.updated for result in results),
            sum(result.duplicate for result in results),
            tuple((start + row, why) for start, result in placed for row, why in result.rejected),
            tuple(identifier for result in results for identifier in result.added_ids),
            frozenset(start + row for start, result in placed for row in result.refused),
        ),
        tuple(one for piece in pieces for one in piece.rejected),
        sum(piece.skipped for piece in pieces),
        max(dates, default=None),
        min(dates, default=None),
        tuple(one for piece in pieces for one in piece.native_ids),
    )


def as_table(posts: Sequence[Post]) -> pa.Table:
    """Posts as a batch for the pipeline; an address list of the network's own goes along."""
    told = frozenset().union(*posts)
    table = pa.table(
        [
            pa.array([post.get(field.name) for post in posts], field.type)
            if field.name in told
            else pa.nulls(len(posts), field.type)
            for field in GIVEN
        ],
        schema=GIVEN,
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
    unknown = post.keys() - COLUMNS
    if unknown:
        raise ValueError(f"posts have no columns {sorted(unknown)}")
    for name, value in post.items():
        if isinstance(value, datetime) and value.tzinfo is None:
            raise ValueError(f"{name} has no time zone")
        if isinstance(value, str) and name in LISTS:  # Arrow would take its letters
            raise ValueError(f"{name} is no list")
    raw = _raw(record)
    return {
        "platform": connector.manifest().platform or None,
        **{name: _valid(value) for name, value in post.items() if value is not None},
        "source": source,
        "raw": raw if len(raw) <= LARGEST_RECORD else None,
    }


def _raw(record: Record) -> str:
    """The record as JSON."""
    try:
        return orjson.dumps(record, default=str).decode()
    except TypeError:  # half of a surrogate pair, or a number beyond 64 bits
        # UTF-8 has no form for half of a surrogate pair; JSON has one.
        return PLAIN.encode(record).encode("utf-8", "backslashreplace").decode()


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
