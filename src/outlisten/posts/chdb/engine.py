"""The embedded engine: a few connections in a pool, one for writing, answers as Arrow tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from queue import LifoQueue
from threading import RLock
from time import monotonic

import pyarrow as pa
from chdb.state.sqlitelike import Connection

from outlisten.posts.chdb.binding import bound
from outlisten.posts.chdb.engine_config import session_clause, write_config
from outlisten.posts.errors import (
    StoreClosed,
    StoreElsewhere,
    StoreError,
    StoreFull,
    StoreUnreadable,
    TookTooLong,
    TooMuchMemory,
)

# Two or three heavy statements saturate two cores; more only make each other late.
READERS = 3
ROWS_BETWEEN_TIDYING = 100_000
Params = Mapping[str, object]
Settings = Mapping[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Answer:
    """A result, and whether the time budget ended the statement early (then the result covers part of the posts)."""

    table: pa.Table
    cut: bool


Ask = Callable[..., Answer]


class Engine:
    """One folder, opened once in a process. Threads may share it: each statement borrows a connection."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if "?" in str(folder):  # the engine would read what follows as its options
            raise StoreUnreadable(folder=folder, reason="its path must not hold a question mark")
        try:
            config = write_config(folder / "engine.xml")
        except OSError as failure:
            raise translated(failure, folder) from failure
        address = f"{folder / 'data'}?config-file={config}"
        self._idle: LifoQueue[Connection] = LifoQueue()
        self._connections = [_connect(address, folder) for _ in range(READERS + 1)]
        self._writer, *readers = self._connections
        for connection in readers:
            self._idle.put(connection)
        self.writing = RLock()
        self._closed = False
        self._untidied = 0
        self.rows_inserted = 0

    def ask(
        self,
        sql: str,
        params: Params | None = None,
        *,
        seconds: float | None = None,
        settings: Settings | None = None,
    ) -> Answer:
        """Run a question with bound parameters; with `seconds`, stop there and say so."""
        with self._borrowed() as connection:
            return self._ask(connection, sql, params, seconds=seconds, settings=settings)

    @contextmanager
    def together(self) -> Iterator[Ask]:
        """For statements that share a temporary table: each is asked as by `ask`, all by the same connection."""
        with self._borrowed() as connection:
            yield partial(self._ask, connection)

    def _ask(
        self, connection: Connection, sql: str, params: Params | None = None, *, seconds: float | None = None,
        settings: Settings | None = None,
    ) -> Answer:  # fmt: skip
        limits = (
            {"max_execution_time": max(seconds, 0.001)} if seconds is not None else {}
        )  # 0 would mean no limit
        statement = f"{sql}\n{session_clause(**{**(settings or {}), **limits})}"
        began = monotonic()
        table = self._run(connection, statement, params)
        # The engine stops at the budget without a word. Its clock runs inside ours, so a statement that was
        # stopped always took at least the budget here: this may call a whole answer cut, never the reverse.
        return Answer(table, seconds is not None and monotonic() - began >= seconds)

    def do(self, sql: str, params: Params | None = None) -> None:
        """Run a statement that changes rows, one at a time. (ALTER and DELETE run on: see mutations.)"""
        with self.writing:
            self._run(self._writer, f"{sql}\n{session_clause()}", params)

    def define(self, sql: str) -> None:
        """Run a statement that makes or changes a table."""
        with self.writing:
            self._run(self._writer, sql, None)

    def insert(self, table: str, rows: pa.Table) -> None:
        """Add rows whose columns are named as the table's. Returns when the engine has committed them."""
        columns = ", ".join(f"`{name}`" for name in rows.column_names)
        # `Python(incoming)` is looked up by name in the frames of the caller, so it must stand here, and only one
        # insert may run at a time. (The connection's own `send_insert` reports success when the disk is full.)
        incoming = rows
        with self.writing, self._translating():
            self._open()
            statement = f"INSERT INTO {table} ({columns}) SELECT {columns} FROM Python(incoming)"
            written = self._writer.query(statement, "Null").rows_written()
            self._tidy(incoming.num_rows)
        if written != incoming.num_rows:
            raise StoreError(reason=f"{written} of {incoming.num_rows} rows were written.")

    def stream(self, sql: str, rows: int = 500_000) -> Iterator[pa.RecordBatch]:
        """A large result in pieces, so that it never stands in memory as a whole."""
        with (
            self._borrowed() as connection,
            self._translating(),
            connection.send_query(sql, "Arrow") as result,
        ):
            yield from result.record_batch(rows_per_batch=rows)

    def close(self) -> None:
        """Close every connection, after the statements under way."""
        with self.writing:
            if self._closed:
                return
            with suppress(RuntimeError):  # a month that is being joined would be waited for
                self._writer.query("SYSTEM STOP MERGES")
            for _ in range(READERS):
                self._idle.get()
            self._closed = True
            for connection in self._connections:
                connection.close()
            for _ in range(READERS):  # whoever waits for a connection is told that the store is closed
                self._idle.put(self._writer)

    def _tidy(self, rows: int) -> None:
        """Give back the memory that inserts leave in two allocators' pools: 200 MB after an import."""
        self.rows_inserted += rows
        self._untidied += rows
        if self._untidied >= ROWS_BETWEEN_TIDYING:
            self.give_back_memory()

    def give_back_memory(self) -> None:
        """Return to the system what statements have left in the allocators' pools."""
        with self.writing:
            self._open()
            self._untidied = 0
            self._writer.query("SYSTEM JEMALLOC PURGE")
        pa.default_memory_pool().release_unused()

    def _run(self, connection: Connection, statement: str, params: Params | None) -> pa.Table:
        self._open()
        with self._translating():
            result = connection.query(statement, "ArrowStream", params=bound(params or {}))
            answer = result.bytes()
        if not answer:
            return pa.table({})
        with pa.ipc.open_stream(answer) as reader:
            return reader.read_all()

    def _open(self) -> None:
        if self._closed:
            raise StoreClosed(folder=self.folder)

    @contextmanager
    def _borrowed(self) -> Iterator[Connection]:
        connection = self._idle.get()
        try:
            self._open()
            yield connection
        finally:
            self._idle.put(connection)

    @contextmanager
    def _translating(self) -> Iterator[None]:
        try:
            yield
        except (RuntimeError, OSError) as failure:
            raise translated(failure, self.folder) from failure


def _connect(address: str, folder: Path) -> Connection:
    try:
        return Connection(address)
    except RuntimeError as failure:
        raise translated(failure, folder) from failure


def translated(failure: Exception, folder: Path) -> StoreError:
    """The engine's failure as one of ours."""
    said = str(failure)
    if any(sign in said for sign in ("NOT_ENOUGH_SPACE", "No space left on device", "Disk quota exceeded")):
        return StoreFull(folder=folder)
    if "MEMORY_LIMIT_EXCEEDED" in said:
        return TooMuchMemory()
    if "TIMEOUT_EXCEEDED" in said or "Timeout exceeded" in said:
        return TookTooLong()
    if "already initialized with path" in said:
        return StoreElsewhere(folder=folder, other=said.split("path '", 1)[-1].split("'", 1)[0])
    if "Failed to create connection" in said:
        return StoreUnreadable(folder=folder, reason=_reason(said))
    return StoreError(reason=_reason(said))


def _reason(said: str) -> str:
    """The engine's own words without its prefix, at most a line."""
    with suppress(IndexError):
        said = said.split("DB::Exception: ", 1)[1]
    return said.splitlines()[0][:300] if said else "no reason was given"
