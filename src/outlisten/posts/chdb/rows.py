"""Posts as the table keeps them, and back: ids as numbers, *missing* as the stand-in that each column names."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from outlisten.posts.schema import BY_NAME, WHEN, Column


def stored(posts: pa.Table) -> pa.Table:
    """A table of schema columns as the engine keeps it. Ids must be valid."""
    columns = {name: _stored(posts[name], BY_NAME[name]) for name in posts.column_names}
    return pa.table(columns)


def published(rows: pa.Table) -> pa.Table:
    """A result whose columns are named as the schema's, in the schema's types, missing as null."""
    names = rows.column_names
    fields = [pa.field(name, BY_NAME[name].arrow) for name in names]
    return pa.table([_published(rows[name], BY_NAME[name]) for name in names], schema=pa.schema(fields))


def keys(ids: pa.ChunkedArray | pa.Array) -> pa.Array:
    """16 hex digits each → UInt64."""
    digits = "".join(ids.to_pylist())
    return pa.array(np.frombuffer(bytes.fromhex(digits), dtype=">u8").astype(np.uint64))


def identifiers(numbers: pa.ChunkedArray | pa.Array) -> pa.Array:
    """UInt64 → 16 hex digits each."""
    return pa.array([f"{number:016x}" for number in numbers.to_pylist()], pa.string())


def seconds(moments: pa.ChunkedArray | pa.Array) -> pa.ChunkedArray | pa.Array:
    """Timestamps as seconds since 1970, missing as 0."""
    return moments.cast(WHEN, safe=False).cast(pa.int64()).fill_null(0).cast(pa.uint32())


def _stored(values: pa.ChunkedArray, column: Column) -> pa.ChunkedArray | pa.Array:
    if column.name == "id":
        return keys(values)
    if column.arrow == WHEN:
        return seconds(values)
    if column.missing == "null":
        return values
    if pa.types.is_list(column.arrow):
        return _filled_lists(values)
    if pa.types.is_boolean(column.arrow):
        return values.fill_null(False)
    return values.fill_null("" if pa.types.is_string(column.arrow) else 0)


def _filled_lists(values: pa.ChunkedArray) -> pa.ChunkedArray:
    item = values.type.value_type
    empty = pa.scalar([], values.type)
    lists = pc.if_else(pc.is_valid(values), values, empty) if values.null_count else values
    blank = pa.scalar("" if pa.types.is_string(item) else 0, item)
    if any(pc.list_flatten(chunk).null_count for chunk in lists.chunks):
        chunks = [
            [[blank.as_py() if x is None else x for x in row] for row in c.to_pylist()] for c in lists.chunks
        ]
        return pa.chunked_array(chunks, values.type)
    return lists


def _published(values: pa.ChunkedArray, column: Column) -> pa.ChunkedArray | pa.Array:
    if column.name == "id":
        return identifiers(values)
    if column.arrow == WHEN:
        return _moments(values, column)
    if column.missing == "blank":
        values = _nulled(values)
    return values.cast(column.arrow)


def _moments(values: pa.ChunkedArray, column: Column) -> pa.ChunkedArray:
    numbers = values.cast(pa.int64())
    if column.missing == "blank":
        numbers = pc.if_else(pc.equal(numbers, 0), pa.scalar(None, pa.int64()), numbers)
    return numbers.cast(WHEN)


def _nulled(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """The stand-in for *missing* turned back into null."""
    if pa.types.is_list(values.type):
        return pc.if_else(pc.equal(pc.list_value_length(values), 0), pa.scalar(None, values.type), values)
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, values.type), values)
