"""What is made of a post once, at the door: its tokens and what the models read in it.

Runs in a worker process: everything goes in and comes out as one Arrow table.
"""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from outlisten.language import read
from outlisten.language.disclosure import find_markers
from outlisten.language.provenance import voice
from outlisten.pipeline.normalise import fingerprints
from outlisten.posts.schema import arrow_schema
from outlisten.query.folding import fold
from outlisten.query.tokens import STREAM_SCHEMA, tokenise_batch

ALL = arrow_schema()
# What a text shows that it has, and the derived column it shows in.
SHOWN = {"link": "links", "tag": "hashtags", "mention": "mentions"}


def derive(posts: pa.Table) -> pa.Table:
    """The given columns completed with the derived and reading ones, in the order of the whole schema.

    An extra column `links` (lists of addresses the source sent beside the text) is used when it is there.
    """
    readings = read(posts["text"].to_pylist(), posts["title"].to_pylist(), posts["lang_given"].to_pylist())
    columns = {name: readings[name] for name in readings.column_names} | {"voice": _voices(posts)}
    return completed(posts, columns)


def completed(posts: pa.Table, readings: Mapping[str, pa.ChunkedArray | pa.Array]) -> pa.Table:
    """The given columns completed with the derived ones and these readings; a reading that is not there is missing."""
    sent = posts["links"].to_pylist() if "links" in posts.column_names else None
    streams = tokenise_batch(posts["title"].to_pylist(), posts["text"].to_pylist(), sent)
    columns: dict[str, pa.Array | pa.ChunkedArray] = {
        name: posts[name] for name in arrow_schema("given").names
    }
    columns |= {name: streams[name] for name in STREAM_SCHEMA.names}
    columns["has"] = _has(posts["has"], streams)
    columns["author_names"] = _author_names(posts)
    columns["to_names"] = pa.array(map(_addressee, posts["to"].to_pylist()), pa.list_(pa.string()))
    columns["fingerprint"] = pa.array(fingerprints(posts), pa.uint64())
    columns |= readings
    return pa.table([_column(columns, field, posts.num_rows) for field in ALL], schema=ALL)


def _column(
    columns: Mapping[str, pa.Array | pa.ChunkedArray], field: pa.Field, rows: int
) -> pa.Array | pa.ChunkedArray:
    return columns[field.name].cast(field.type) if field.name in columns else pa.nulls(rows, field.type)


def read_again(posts: pa.Table) -> pa.Table:
    """What today's models read in kept posts: `language.read`'s columns but `topic`, which people give.

    Takes the columns text, title and lang_given. A voice is not read here: people declare it, too.
    """
    readings = read(posts["text"].to_pylist(), posts["title"].to_pylist(), posts["lang_given"].to_pylist())
    kept = readings.drop_columns(["topic"])
    return pa.table({name: kept[name].cast(ALL.field(name).type) for name in kept.column_names})


def _has(given: pa.ChunkedArray, streams: pa.Table) -> pa.Array:
    """What the source says each post has, and what its text shows."""
    shown = (pc.greater(pc.list_value_length(streams[column]), 0).to_pylist() for column in SHOWN.values())
    kinds = (dict(zip(SHOWN, flags, strict=True)) for flags in zip(*shown, strict=True))
    both = zip(given.to_pylist(), kinds, strict=True)
    return pa.array((_kinds(sent, seen) for sent, seen in both), pa.list_(pa.string()))


def _kinds(sent: list[str] | None, seen: dict[str, bool]) -> list[str]:
    return sorted({*(sent or ()), *(kind for kind, there in seen.items() if there)})


def _author_names(posts: pa.Table) -> pa.Array:
    people = zip(*(posts[name].to_pylist() for name in ("author", "author_handle", "author_id")), strict=True)
    return pa.array(
        (sorted({fold(name) for name in names if name}) for names in people), pa.list_(pa.string())
    )


def _addressee(name: str | None) -> list[str]:
    return [fold(name.removeprefix("@"))] if name else []


def _voices(posts: pa.Table) -> pa.Array:
    """Each post's voice as far as the post itself tells; what was declared of it is added when it is kept."""
    names = ("title", "text", "voice_given", "author", "author_handle", "author_id")
    rows = zip(*(posts[name].to_pylist() for name in names), strict=True)
    return pa.array(
        (voice(given, any(author), find_markers(title, text)) for title, text, given, *author in rows),
        pa.string(),
    )
