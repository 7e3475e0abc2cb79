"""Rows of a database as posts: each once, whatever stops in between, and nothing but reading."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from outlisten.sources.connector import Page, Setting, Unmappable
from outlisten.sources.fetching import Fetcher, Guard
from outlisten.sources.options import entered
from outlisten.sources.problems import AddressRefused, FolderRefused, QueryRefused, Unavailable, WrongOption
from outlisten.sources.sql import connector as module
from outlisten.sources.sql import reading
from outlisten.sources.sql.connector import Sql

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
FIXTURE = (Path(__file__).parent / "fixtures" / "reviews-2026-12-01.sql").read_text()
EVERY = "SELECT * FROM reviews"


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """An SQLite file with reviews."""
    path = tmp_path / "商城 shop.sqlite"
    with sqlite3.connect(path) as database:
        database.executescript(FIXTURE)
    return path


def change(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as database:
        for statement in statements:
            database.execute(statement)


def reads(
    address: str | Path, *, folders: tuple[Path, ...] | None = None, own: str = "", **given: str
) -> Sql:
    where = f"sqlite:///{address}" if isinstance(address, Path) else address
    wanted = [option for option in Sql.manifest().options if not option.secret]
    options = entered(wanted, {"address": where, "query": EVERY, **given})
    allowed = folders if folders is not None else (Path(address).parent,) if isinstance(address, Path) else ()
    guard = Guard(frozenset([own] if own else []), lambda host, port: ["10.0.0.5"])
    return Sql(Setting(options, {"password": "口令"}, Fetcher(guard=guard), NOW, allowed))


def taken(one: Sql, cursor=None):
    """(ids of the rows, cursor) of everything new."""
    ids, page = [], Page((), cursor or {})
    for page in one.pages(cursor or {}):
        ids += [record["id"] for record in page.records]
    return ids, json.loads(json.dumps(page.cursor))


def test_rows_become_posts(shop):
    one = reads(shop, platform="Shop")
    records = next(one.pages({})).records
    post = one.post(json.loads(json.dumps(records[0])))
    assert (post["native_id"], post["text"], post["author"], post["rating"]) == (
        "1",
        "水壶漏水了",
        "李雷",
        1.0,
    )
    assert post["platform"] == "shop"
    assert "picture" not in records[0]
    with pytest.raises(Unmappable):
        one.post(records[2])


def test_only_rows_with_a_higher_number_are_new(shop):
    ids, cursor = taken(reads(shop))
    assert ids == [1, 2, 3]
    assert taken(reads(shop), cursor)[0] == []
    change(shop, "INSERT INTO reviews VALUES (9, '又漏了', '李雷', 1, '2026-12-01', NULL)")
    assert taken(reads(shop), cursor)[0] == [9]


def test_the_queries_own_since_is_the_same_value(shop):
    one = reads(shop, query="SELECT * FROM reviews WHERE id >= :since AND rating < 5;")
    ids, cursor = taken(one)
    assert (ids, taken(one, cursor)[0]) == ([1, 3], [])


def test_a_changed_row_comes_again_and_equal_times_lose_none(shop):
    by_time = {"grows": "updated_at", "kind": "time"}
    ids, cursor = taken(reads(shop, **by_time))
    assert sorted(ids) == [1, 2, 3]
    change(
        shop,
        "UPDATE reviews SET body = '修好了', updated_at = '2026-11-30 09:00:00' WHERE id = 1",
        "INSERT INTO reviews VALUES (4, '同时', '王芳', 4, '2026-11-30 09:00:00', NULL)",
    )
    assert sorted(taken(reads(shop, **by_time), cursor)[0]) == [1, 4]


@pytest.mark.parametrize("size", [1, 2, 3])
def test_pages_of_any_size_bring_every_row_once(shop, monkeypatch, size):
    monkeypatch.setattr(module, "ROWS", size)
    for grows, kind in (("id", "number"), ("updated_at", "time")):
        assert sorted(taken(reads(shop, grows=grows, kind=kind))[0]) == [1, 2, 3]


def test_a_stop_after_a_page_goes_on_with_the_next(shop, monkeypatch):
    monkeypatch.setattr(module, "ROWS", 1)
    first = next(reads(shop).pages({}))
    assert first.more
    assert taken(reads(shop), json.loads(json.dumps(first.cursor)))[0] == [2, 3]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM reviews", "UPDATE reviews SET body = ''", "DROP TABLE reviews", "", "PRAGMA query_only = OFF",
        "SELECT 1; DROP TABLE reviews", "ATTACH DATABASE '/tmp/x' AS x",
    ],
)  # fmt: skip
def test_only_one_select_is_taken(shop, query):
    with pytest.raises(WrongOption):
        reads(shop, query=query)


@pytest.mark.parametrize(
    "given", [{"query": "SELECT * FROM 不存在"}, {"grows": "nothing"}, {"query": "SELECT id FROM (reviews"}]
)
def test_what_the_database_refuses_is_said_with_its_reason(shop, given):
    with pytest.raises(QueryRefused) as told:
        reads(shop, **given).welcome()
    assert "拒绝了该查询" in told.value.text("zh-hans")


def test_a_query_without_an_end_is_stopped(shop, monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.2)
    endless = (
        "WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n) SELECT id FROM n WHERE id < 0"
    )
    with pytest.raises(Unavailable):
        reads(shop, query=endless).welcome()


def test_a_file_outside_the_watched_folders_is_refused(shop, tmp_path):
    inside = tmp_path / "watched"
    inside.mkdir()
    (inside / "link.sqlite").symlink_to(shop)
    for path in (shop, inside / "link.sqlite", inside / ".." / shop.name, inside / "没有.sqlite"):
        with pytest.raises(FolderRefused):
            reads(path, folders=(inside,)).welcome()
    for address in ("sqlite://", "sqlite:///:memory:", "sqlite:///shop.sqlite"):
        with pytest.raises(FolderRefused):
            reads(address, folders=(inside,)).welcome()


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://reader:geheim@db.example/shop", "postgresql://db.example/shop?host=10.0.0.1",
        "postgresql://db.example/shop?password=geheim", "postgresql:///shop", "mysql://db.example/shop?read_default_file=/etc/x",
        "sqlite:////srv/x.sqlite?mode=rwc", "duckdb:///x", "没有地址", "mssql+pyodbc://?odbc_connect=x",
    ],
)  # fmt: skip
def test_an_address_holds_neither_passwords_nor_other_hosts_or_files(address):
    with pytest.raises(WrongOption) as told:
        reads(address)
    assert "geheim" not in str(told.value)


def test_a_database_inside_a_private_network_is_refused_unless_it_is_an_own_server(monkeypatch):
    with pytest.raises(AddressRefused):
        reads("postgresql://reader@db.internal/shop").welcome()
    assert (
        reads("postgresql://reader@db.internal/shop", own="db.internal")._engine().url.host == "db.internal"
    )


def test_a_driver_that_is_not_installed_is_named():
    with pytest.raises(WrongOption, match="pymssql"):
        reads("mssql+pymssql://reader@db.internal/shop", own="db.internal").welcome()


def test_the_password_is_never_shown(shop):
    one = reads("postgresql://reader@db.internal/shop", own="db.internal")
    assert "口令" not in f"{one.setting!r}{one._url}{one._engine().url}"
