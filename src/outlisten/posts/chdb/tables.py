"""The tables a store keeps, made from the one list of columns."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet

from outlisten.posts.schema import COLUMNS, Column

ENGAGEMENT = ("likes", "comments", "shares", "views")
TABLES = ("posts", "engagement", "readings", "vectors")
READINGS = tuple(column.name for column in COLUMNS if column.group == "reading")

# The index holds the tokens of `stream` with their positions: a phrase is exact in the index itself.
# It must never be built later than the rows: without it the text functions cut words differently (trap 2).
# Small granules and blocks: the posts of a rare word are spread thin, and a whole granule of every shown column is read
# for each of them. (8,192 rows made such a page twice as dear; 1,024 made counting dearer.)
POSTS = """
CREATE TABLE IF NOT EXISTS posts (
    {columns},
    INDEX ix stream TYPE text(tokenizer = splitByString([' ']), support_phrase_search = 1),
    INDEX by_native_id native_id TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_thread thread TYPE bloom_filter(0.01) GRANULARITY 1,
    INDEX by_reply_to reply_to TYPE bloom_filter(0.01) GRANULARITY 1
) ENGINE = MergeTree PARTITION BY toYYYYMM(created_at) ORDER BY (created_at, id)
SETTINGS allow_experimental_text_index_phrase_search = 1, finished_mutations_to_keep = 1,
    index_granularity = 2048, min_compress_block_size = 16384,
    text_index_max_memory_usage_before_flush = 134217728,
    cleanup_delay_period = 1, max_cleanup_delay_period = 2, cleanup_delay_period_random_add = 0
"""

# Every observation of a post's numbers. Replacing makes a repeated observation the same row.
ENGAGEMENT_TABLE = """
CREATE TABLE IF NOT EXISTS engagement (
    id UInt64 CODEC(NONE), observed_at DateTime('UTC') CODEC(Delta, LZ4), {columns}
) ENGINE = ReplacingMergeTree ORDER BY (id, observed_at)
SETTINGS cleanup_delay_period = 1, max_cleanup_delay_period = 2, cleanup_delay_period_random_add = 0
"""

# Every reading of a post by a model.
READINGS_TABLE = """
CREATE TABLE IF NOT EXISTS readings (
    id UInt64 CODEC(NONE), read_at DateTime('UTC') CODEC(Delta, LZ4), {columns}
) ENGINE = ReplacingMergeTree ORDER BY (id, read_at)
SETTINGS cleanup_delay_period = 1, max_cleanup_delay_period = 2, cleanup_delay_period_random_add = 0
"""


# What each post means, as one model says it: made after it came in, and made again when its words change. Numbers of 8
# bits do not compress. Divided by months as the posts are, so that a month that lacks some is found by counting.
VECTORS_TABLE = """
CREATE TABLE IF NOT EXISTS vectors (
    id UInt64 CODEC(NONE), created_at DateTime('UTC') CODEC(Delta, LZ4), model LowCardinality(String),
    signature UInt64 CODEC(NONE), vector Array(Int8) CODEC(NONE)
) ENGINE = MergeTree PARTITION BY toYYYYMM(created_at) ORDER BY (created_at, id)
SETTINGS finished_mutations_to_keep = 1,
    cleanup_delay_period = 1, max_cleanup_delay_period = 2, cleanup_delay_period_random_add = 0
"""


def quoted(name: str) -> str:
    """A column name as SQL; `to` and `is` are words of SQL."""
    return f"`{name}`"


def definitions() -> list[str]:
    """The CREATE statements."""
    numbers = [column for column in COLUMNS if column.name in ENGAGEMENT]
    readings = [column for column in COLUMNS if column.name in READINGS]
    return [
        POSTS.format(columns=_columns(COLUMNS)),
        ENGAGEMENT_TABLE.format(columns=_columns(numbers)),
        READINGS_TABLE.format(columns=_columns(readings)),
        VECTORS_TABLE,
    ]


def additions(present: Mapping[str, AbstractSet[str]]) -> list[str]:
    """Statements that give the tables of an older folder the columns they lack; `present` has those of each table."""
    wanted = {"posts": [column.name for column in COLUMNS], "engagement": ENGAGEMENT, "readings": READINGS}
    return [
        f"ALTER TABLE {table} ADD COLUMN IF NOT EXISTS {_definition(column)}"
        for table, named in wanted.items()
        for column in COLUMNS
        if column.name in named and column.name not in present[table]
    ]


def _columns(columns: tuple[Column, ...] | list[Column]) -> str:
    return ",\n    ".join(map(_definition, columns))


def _definition(column: Column) -> str:
    return f"{quoted(column.name)} {column.clickhouse}"
