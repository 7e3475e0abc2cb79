"""Where a database is, and whether it may be read: a guarded host, or an SQLite file in a watched folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import NullPool

from outlisten.sources.fetching import Guard
from outlisten.sources.problems import Unreachable, WrongOption
from outlisten.sources.watched import inside

PORTS = {"postgresql": 5432, "mysql": 3306, "mariadb": 3306, "mssql": 1433, "oracle": 1521}
# Everything else in an address could name another host, a file or a password.
ALLOWED_ARGUMENTS = {"sslmode", "charset"}
CONNECT_SECONDS = 15


def parsed(text: str, option: str) -> URL:
    """The address. Raises WrongOption for one that is no database's, or that holds more than it should."""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as problem:
        raise WrongOption(option=option, reason="postgresql://…, mysql://…, sqlite:///…") from problem
    backend = url.get_backend_name()
    if backend != "sqlite" and backend not in PORTS:
        raise WrongOption(option=option, reason=f"{', '.join(PORTS)}, sqlite")
    if url.password is not None or (extra := set(url.query) - ALLOWED_ARGUMENTS):
        reason = "password" if url.password is not None else ", ".join(sorted(extra))
        raise WrongOption(option=option, reason=f"≠ {reason}")
    if backend != "sqlite" and not url.host:
        raise WrongOption(option=option, reason=f"{backend}://user@host/database")
    return url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url


def engine(url: URL, password: str, guard: Guard, folders: Sequence[Path], option: str) -> Engine:
    """A way to the database; nothing is connected yet. Raises SourceProblem."""
    if url.get_backend_name() == "sqlite":
        return create_engine(
            "sqlite://", creator=_reading(inside(url.database or "", folders)), poolclass=NullPool
        )
    number = _number(url, guard)
    arguments: dict[str, Any] = {}
    if url.get_driver_name() == "psycopg":
        arguments = {"hostaddr": number, "connect_timeout": CONNECT_SECONDS}
    else:
        url = url.set(host=number)  # no second look-up that could say something else than the guard saw
    try:
        return create_engine(url.set(password=password or None), connect_args=arguments, poolclass=NullPool)
    except (ImportError, NoSuchModuleError) as problem:
        raise WrongOption(option=option, reason=f"pip install {url.get_driver_name()}") from problem


def _number(url: URL, guard: Guard) -> str:
    host = str(url.host)
    try:
        return guard.numbers(host, url.port or PORTS[url.get_backend_name()])[0]
    except (OSError, UnicodeError, IndexError) as problem:
        raise Unreachable(host=host, reason="no address") from problem


def _reading(path: Path) -> Callable[[], sqlite3.Connection]:
    return lambda: sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=CONNECT_SECONDS)
