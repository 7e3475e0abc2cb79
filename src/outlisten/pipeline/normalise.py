"""The first step of the one way in: every post in the schema's shape, with an id, or rejected with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.posts.identity import account, post_id
from outlisten.posts.schema import arrow_schema
from outlisten.words import Locale, words

GIVEN = arrow_schema("given")
# Nobody posted in public before; earlier dates are broken clocks and empty spreadsheet cells.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
# Clocks and time zones differ by a day at most; more is a wrong date.
AHEAD = timedelta(days=2)
# An edit may change these; a change in any makes the post an updated one.
EDITABLE = ("title", "text", "url", "author", "author_handle", "to", "quoted", "rating")


@dataclass(frozen=True, slots=True)
class Normalised:
    """Posts in the given part of the schema, their row numbers in the batch, and rejected (row, reason)."""

    posts: pa.Table
    rows: tuple[int, ...]
    rejected: tuple[tuple[int, str], ...]


def normalise(posts: pa.Table, *, now: datetime, locale: Locale = "en") -> Normalised:
    """Every acceptable post of the batch, cast to the schema, with id, site and seen_at filled in.

    A column the batch lacks is missing in every post. Raises ValueError for a column whose type cannot be cast.
    """
    shaped = _shaped(posts, now)
    problems = _problems(shaped, now, locale)
    rows = [row for row in range(shaped.num_rows) if row not in problems]
    kept = shaped.take(pa.array(rows, pa.int64())) if problems else shaped
    kept = _with(kept, "id", _ids(kept))
    return Normalised(_with(kept, "site", _sites(kept)), tuple(rows), tuple(sorted(problems.items())))


def fingerprints(posts: pa.Table) -> list[int]:
    """A 64-bit hash for each post over what an edit can change; equal means nothing worth keeping is new."""
    columns = [posts[name].to_pylist() for name in EDITABLE]
    return [_fingerprint(values) for values in zip(*columns, strict=True)]


def _fingerprint(values: tuple[object, ...]) -> int:
    said = "\0".join("" if value is None else str(value) for value in values)
    return int.from_bytes(blake2b(said.encode("utf-8", "surrogatepass"), digest_size=8).digest())


def _shaped(posts: pa.Table, now: datetime) -> pa.Table:
    filled = {
        "seen_at": pa.scalar(now, pa.timestamp("s", "UTC")),
        "date_only": pa.scalar(False),
        "text": pa.scalar(""),
    }
    columns = []
    for field in GIVEN:
        if field.name in posts.column_names:
            column = posts[field.name].cast(field.type)
        else:
            column = pa.chunked_array([pa.nulls(posts.num_rows, field.type)])
        columns.append(column.fill_null(filled[field.name]) if field.name in filled else column)
    return pa.table(columns, schema=GIVEN)


def _problems(posts: pa.Table, now: datetime, locale: Locale) -> dict[int, str]:
    """Row → why it cannot be kept; the first reason wins."""
    _ = words("pipeline", locale)
    late = pa.scalar(now + AHEAD, pa.timestamp("s", "UTC"))
    early = pa.scalar(EARLIEST, pa.timestamp("s", "UTC"))
    silent = pc.and_(pc.equal(posts["text"], ""), pc.equal(posts["title"].fill_null(""), ""))
    checks = (
        (pc.equal(posts["platform"].fill_null(""), ""), _("it names no platform")),
        (silent, _("it has neither text nor title")),
        (pc.less(posts["created_at"], early), _("its date is before 1990")),
        (pc.greater(posts["created_at"], late), _("its date is more than two days ahead")),
    )
    found: dict[int, str] = {}
    for mask, reason in checks:
        for row in pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist():
            found.setdefault(row, reason)
    return found


def _ids(posts: pa.Table) -> pa.Array:
    names = ("id", "platform", "native_id", "author_id", "author_handle", "author", "created_at", "text")
    return pa.array(
        (_id(*values) for values in zip(*(posts[n].to_pylist() for n in names), strict=True)), pa.string()
    )


def _id(
    given: str | None, platform: str, native_id: str | None, author_id: str | None, handle: str | None,
    name: str | None, created_at: datetime | None, text: str,
) -> str:  # fmt: skip
    author = account(author_id=author_id, handle=handle, name=name)
    return given or post_id(platform, native_id, author=author, created_at=created_at, text=text)


def _sites(posts: pa.Table) -> pa.Array:
    pairs = zip(posts["site"].to_pylist(), posts["url"].to_pylist(), strict=True)
    return pa.array((site or _host(url) for site, url in pairs), pa.string())


def _host(url: str | None) -> str | None:
    if not url:
        return None
    try:
        return urlsplit(url).hostname
    except ValueError:  # such as "http://[": the address stays as it came, its host is not known
        return None


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), table.schema.field(name), column)
