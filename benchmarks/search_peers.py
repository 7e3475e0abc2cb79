"""The same page of *Listen* data from other engines: SQLite FTS5 and DuckDB, on the same token stream."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from peer_queries import duckdb_sql, fts5_match

from outlisten.query.tree import Node

FIELDS = ("platform", "lang", "sentiment", "site")
OFFSET = 8 * 3600  # Asia/Shanghai, which has no summer time
COLUMNS = ("id", "created_at", *FIELDS, "author", "text", "stream")


@dataclass(frozen=True)
class Answer:
    """What every engine must agree on."""

    count: int
    authors: int
    days: dict[str, int]
    facets: dict[str, dict[str | None, int]]
    newest: list[str]


def rows_of(file: Path) -> pa.Table:
    """The columns peers keep; an account is its platform and name."""
    table = pq.read_table(file, columns=list(COLUMNS))
    # Parquet has no seconds: it hands back milliseconds.
    seconds = table["created_at"].cast(pa.timestamp("s", "UTC")).cast(pa.int64())
    account = pc.binary_join_element_wise(table["platform"], table["author"], "\x1f")
    return table.set_column(1, "created_at", seconds).append_column("account", account)


class Fts5:
    """SQLite: a contentless FTS5 table beside an ordinary one whose rowid is in order of time."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fts5.sqlite"
        self.db = sqlite3.connect(self.path)
        # The gap marker must stay a token; every other sign is already outside ASCII or not in the stream.
        self.db.executescript("""
            PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -512000;
            PRAGMA mmap_size = 34359738368; PRAGMA temp_store = MEMORY;
            CREATE TABLE IF NOT EXISTS posts (row INTEGER PRIMARY KEY, id TEXT, created_at INT, platform TEXT, lang TEXT,
                sentiment TEXT, site TEXT, author TEXT, text TEXT, account INT);
            CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(stream, content='', tokenize="ascii tokenchars '|'");
            """)

    def load(self, files: list[Path]) -> None:
        """All posts, accounts as numbers."""
        accounts: dict[str, int] = {}
        row = 0
        for file in files:
            batch = list(_sqlite_rows(rows_of(file), row, accounts))
            self.db.executemany(
                "INSERT INTO posts VALUES (?,?,?,?,?,?,?,?,?,?)", (values for values, _ in batch)
            )
            self.db.executemany(
                "INSERT INTO words(rowid, stream) VALUES (?,?)", ((v[0], s) for v, s in batch)
            )
            row += len(batch)
            self.db.commit()
        self.db.execute("INSERT INTO words(words) VALUES ('optimize')")
        self.db.execute("ANALYZE")
        self.db.commit()

    def ask(self, tree: Node, newest: int = 50) -> Answer:
        """The hits once, with what the figures need, then the figures from them."""
        self.db.execute("DROP TABLE IF EXISTS temp.hit")
        self.db.execute(
            "CREATE TEMP TABLE hit AS SELECT p.row, created_at, platform, lang, sentiment, site, account"
            " FROM words w CROSS JOIN posts p ON p.row = w.rowid WHERE words MATCH ?", (fts5_match(tree),),
        )  # fmt: skip
        count, authors = self.db.execute("SELECT count(*), count(DISTINCT account) FROM hit").fetchone()
        day = f"date((created_at + {OFFSET}) / 86400 * 86400, 'unixepoch')"
        days = dict(
            self.db.execute(f"SELECT {day}, count(*) FROM hit GROUP BY (created_at + {OFFSET}) / 86400")
        )
        facets = {
            field: dict(
                self.db.execute(f"SELECT {field}, count(*) FROM hit GROUP BY 1 ORDER BY 2 DESC LIMIT 10")
            )
            for field in FIELDS
        }
        posts = self.db.execute(
            "SELECT p.id, p.author, p.text FROM hit h JOIN posts p USING (row) ORDER BY h.created_at DESC, p.id DESC LIMIT ?",
            (newest,),
        ).fetchall()
        return Answer(count, authors, days, facets, [post[0] for post in posts])

    def bytes(self) -> int:
        """On disk."""
        return self.path.stat().st_size


def _sqlite_rows(
    table: pa.Table, first: int, accounts: dict[str, int]
) -> Iterator[tuple[tuple[object, ...], str]]:
    names = ("id", "created_at", *FIELDS, "author", "text", "account", "stream")
    for place, values in enumerate(zip(*(table[name].to_pylist() for name in names), strict=True)):
        *shown, account, stream = values
        yield (first + place, *shown, accounts.setdefault(account, len(accounts))), stream


class DuckDb:
    """DuckDB: a scan of the padded stream (its own full-text extension keeps no positions, so it has no phrases)."""

    name = "DuckDB scan"

    def __init__(self, folder: Path) -> None:
        import duckdb

        self.path = folder / "scan.duckdb"
        self.db = duckdb.connect(str(self.path), config={"threads": 2, "memory_limit": "8GB"})

    def load(self, files: list[Path]) -> None:
        """All posts, accounts as hashes."""
        self.db.execute(
            f"CREATE TABLE posts AS SELECT id, epoch(created_at)::BIGINT AS created_at, {', '.join(FIELDS)}, author, text,"
            " hash(platform, author) AS account, ' ' || stream || ' ' AS words FROM read_parquet(?)",
            [[str(file) for file in files]],
        )
        self.db.execute("CHECKPOINT")

    def ask(self, tree: Node, newest: int = 50) -> Answer:
        """The hits once, with what the figures need, then the figures from them."""
        self.db.execute(
            f"CREATE OR REPLACE TEMP TABLE hit AS SELECT rowid AS row, id, created_at, {', '.join(FIELDS)}, account"
            f" FROM posts WHERE {duckdb_sql(tree)}"
        )
        count, authors = self._rows("SELECT count(*), count(DISTINCT account) FROM hit")[0]
        days = self._rows(
            f"SELECT strftime(make_date(((created_at + {OFFSET}) // 86400)::INT), '%Y-%m-%d'), count(*) FROM hit GROUP BY 1"
        )
        facets = {
            field: dict(self._rows(f"SELECT {field}, count(*) FROM hit GROUP BY 1 ORDER BY 2 DESC LIMIT 10"))
            for field in FIELDS
        }
        posts = self._rows(
            "SELECT id, author, text FROM posts WHERE rowid IN"
            f" (SELECT row FROM hit ORDER BY created_at DESC, id DESC LIMIT {newest})"
            " ORDER BY created_at DESC, id DESC"
        )
        return Answer(count, authors, dict(days), facets, [post[0] for post in posts])

    def _rows(self, sql: str) -> list[tuple]:
        return self.db.execute(sql).fetchall()

    def bytes(self) -> int:
        """On disk."""
        return self.path.stat().st_size
