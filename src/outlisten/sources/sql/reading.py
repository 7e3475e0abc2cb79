"""One page of a query: read only, ordered by the column that grows, within a number of rows and a time."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    ColumnClause,
    Connection,
    Engine,
    Select,
    bindparam,
    column,
    literal_column,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.sql.elements import quoted_name

from outlisten.sources.problems import (
    CredentialRefused,
    QueryRefused,
    SourceProblem,
    Unavailable,
    Unreachable,
)

SECONDS = 30  # for one page
READS = re.compile(r"\s*(select|with)\b", re.IGNORECASE)
PASSWORD = re.compile(r"password|authentication|access denied|login failed", re.IGNORECASE)
STOPPED = re.compile(r"interrupted|statement timeout|execution time exceeded|canceling", re.IGNORECASE)


def page(engine: Engine, host: str, query: str, grows: str, since: Any, most: int) -> list[dict[str, Any]]:
    """The rows from `since` on, lowest first. `:since` in the query is the same value. Raises SourceProblem."""
    asked = text(query)
    if ":since" in query:
        asked = asked.bindparams(bindparam("since", since))
    growing: ColumnClause[Any] = column(quoted_name(grows, None))
    rows = asked.columns(growing).subquery("outlisten_rows")
    value = rows.c[grows]
    statement: Select[Any] = select(literal_column("*")).select_from(rows)
    statement = statement.where(value >= since).order_by(value).limit(most)
    with _told(host), _read_only(engine, host) as connection:
        found = connection.execute(statement)
        return [dict(row) for row in found.mappings()]


@contextmanager
def _read_only(engine: Engine, host: str) -> Iterator[Connection]:
    """A transaction that cannot write, and that ends after its time."""
    try:
        connection = engine.connect()
    except SQLAlchemyError as problem:
        if PASSWORD.search(str(problem)):
            raise CredentialRefused(host=host, status="login") from problem
        raise Unreachable(host=host, reason=type(problem).__name__) from problem
    with connection:
        match engine.dialect.name:
            case "postgresql":
                connection = connection.execution_options(postgresql_readonly=True)
                connection.execute(text(f"SET LOCAL statement_timeout = {int(SECONDS * 1000)}"))
            case "mysql" | "mariadb":
                connection.execute(text("SET TRANSACTION READ ONLY"))
                connection.rollback()
            case "sqlite":
                _limit_sqlite(connection)
        yield connection
        connection.rollback()


def _limit_sqlite(connection: Connection) -> None:
    until = time.monotonic() + SECONDS
    driver: Any = connection.connection.driver_connection
    driver.execute("PRAGMA query_only = ON")
    driver.set_progress_handler(lambda: int(time.monotonic() > until), 10_000)


@contextmanager
def _told(host: str) -> Iterator[None]:
    try:
        yield
    except SourceProblem:
        raise
    except DBAPIError as problem:
        said = str(problem.orig).strip().split("\n")[0][:200]
        if STOPPED.search(said):
            raise Unavailable(host=host, status=f"> {SECONDS} s") from problem
        raise QueryRefused(host=host, reason=said) from problem
    except SQLAlchemyError as problem:
        raise QueryRefused(host=host, reason=type(problem).__name__) from problem
