"""The database query on a PostgreSQL server: where the tests have one (`make tests-postgres`)."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import psycopg
import pytest

from outlisten.sources.connector import Page, Setting
from outlisten.sources.fetching import Fetcher, Guard
from outlisten.sources.options import entered
from outlisten.sources.problems import AddressRefused, QueryRefused, Unavailable, Unreachable
from outlisten.sources.sql import reading
from outlisten.sources.sql.connector import Sql

SERVER = os.environ.get("OUTLISTEN_DATABASE_URL", "")
pytestmark = pytest.mark.skipif(not SERVER.startswith("postgres"), reason="no PostgreSQL in this run")
TABLE = f"outlisten_reviews_{os.getpid()}"


@pytest.fixture
def table() -> Iterator[str]:
    with psycopg.connect(SERVER, autocommit=True) as database:
        database.execute(f"DROP TABLE IF EXISTS {TABLE}")
        database.execute(
            f"CREATE TABLE {TABLE} (id bigserial, body text, rating numeric, updated_at timestamptz, tags jsonb)"
        )
        for body, minute in (("水壶漏水了", 1), ("Great", 1), ("又漏了", 2)):
            database.execute(
                f"INSERT INTO {TABLE} (body, rating, updated_at, tags) VALUES (%s, 4.5, %s, '[\"a\"]')",
                (body, datetime(2026, 11, 30, 8, minute, tzinfo=UTC)),
            )
        yield TABLE
        database.execute(f"DROP TABLE {TABLE}")


def reads(own: bool = True, port: int | None = None, **given: str) -> Sql:
    at = urlsplit(SERVER)
    address = f"postgresql://{at.username}@127.0.0.1:{port or at.port}{at.path}"
    wanted = [option for option in Sql.manifest().options if not option.secret]
    options = entered(wanted, {"address": address, "query": f"SELECT * FROM {TABLE}", **given})
    return Sql(Setting(options, {}, Fetcher(guard=Guard.naming(["127.0.0.1"] if own else []))))


@pytest.mark.parametrize(("grows", "kind"), [("id", "number"), ("updated_at", "time")])
def test_every_row_comes_once_and_new_ones_after(table, grows, kind):
    one, page = reads(grows=grows, kind=kind), Page((), {})
    posts = []
    for page in one.pages({}):
        posts += [one.post(record) for record in page.records]
    assert sorted(post["text"] for post in posts) == sorted(["水壶漏水了", "Great", "又漏了"])
    assert posts[0]["rating"] == 4.5
    with psycopg.connect(SERVER, autocommit=True) as database:
        database.execute(f"INSERT INTO {TABLE} (body, updated_at) VALUES ('新的', '2026-11-30 08:02+00')")
    again = [record["body"] for page in one.pages(page.cursor) for record in page.records]
    assert again == ["新的"]


def test_a_query_cannot_write(table):
    with psycopg.connect(SERVER, autocommit=True) as database:
        database.execute(
            f"CREATE OR REPLACE FUNCTION {TABLE}_f() RETURNS bigint LANGUAGE sql AS "
            f"$$ INSERT INTO {TABLE} (body) VALUES ('written') RETURNING id $$"
        )
        with pytest.raises(QueryRefused, match="read-only"):
            reads(query=f"SELECT {TABLE}_f() AS id").welcome()
        database.execute(f"DROP FUNCTION {TABLE}_f")
        assert database.execute(f"SELECT count(*) FROM {TABLE}").fetchone() == (3,)


def test_a_slow_query_is_stopped(table, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.2)
    with pytest.raises(Unavailable):
        reads(query="SELECT 1 AS id, pg_sleep(20)::text AS body").welcome()


def test_what_the_server_refuses_is_said(table):
    with pytest.raises(QueryRefused, match="does not exist"):
        reads(query="SELECT * FROM no_such_table").welcome()
    with pytest.raises(Unreachable):
        reads(port=1).welcome()
    with pytest.raises(AddressRefused):
        reads(own=False).welcome()
