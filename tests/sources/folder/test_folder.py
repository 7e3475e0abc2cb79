"""A folder whose files become posts once, wherever the reading stops; nothing outside it is read."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from outlisten.sources.connector import Page, Setting, Unmappable
from outlisten.sources.folder import connector as module
from outlisten.sources.folder.connector import Folder
from outlisten.sources.options import entered
from outlisten.sources.problems import FolderRefused, WrongOption

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
REVIEWS = (Path(__file__).parent / "fixtures" / "reviews-2026-12-01.csv").read_bytes()


@pytest.fixture
def incoming(tmp_path: Path) -> Path:
    found = tmp_path / "watched" / "收件"
    found.mkdir(parents=True)
    return found


def put(folder: Path, name: str, content: bytes | str, age: float = 60) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    changed = (NOW - timedelta(seconds=age)).timestamp()
    os.utime(path, (changed, changed))
    return path


def watching(folder: Path, *, allowed: Path | None = None, **given: str) -> Folder:
    options = {"path": str(folder), **given}
    folders = (allowed or folder.parent,)
    return Folder(Setting(entered(Folder.manifest().options, options), now=NOW, folders=folders))


def taken(folder: Folder, cursor=None):
    """(texts, reasons of rejected rows, cursor) of everything that is new."""
    texts, reasons, page = [], [], Page((), {})
    for page in folder.pages(cursor or {}):
        for record in page.records:
            try:
                texts.append(folder.post(json.loads(json.dumps(record)))["text"])
            except Unmappable as problem:
                reasons.append(str(problem))
    return texts, reasons, json.loads(json.dumps(page.cursor))


def test_rows_become_posts_and_bad_rows_are_rejected(incoming):
    put(incoming, "评价.csv", REVIEWS)
    folder = watching(incoming, zone="Asia/Shanghai", platform="Shop")
    texts, reasons, _ = taken(folder)
    assert texts == ["水壶漏水了", "Great kettle, 很好用"]
    assert len(reasons) == 1
    post = folder.post(next(folder.pages({})).records[0])
    assert (post["native_id"], post["author"], post["rating"], post["platform"]) == (
        "甲1",
        "李雷",
        1.0,
        "shop",
    )
    assert post["created_at"] == datetime(2026, 11, 30, tzinfo=UTC)


def test_a_record_holds_the_row_as_it_came(incoming):
    put(incoming, "评价.csv", REVIEWS)
    record = next(watching(incoming).pages({})).records[0]
    assert (record["file"], record["row"]["评价内容"]) == ("评价.csv", "水壶漏水了")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", '{"text": "好"}\n'), ("a.json", '[{"text": "好"}]'), ("a.tsv", "id\ttext\n1\t好\n"),
        ("a.csv", "id,text\n1,好\n".encode("gb18030")),
    ],
)  # fmt: skip
def test_other_kinds_of_files_are_read_too(incoming, name, content):
    put(incoming, name, content)
    assert taken(watching(incoming))[0] == ["好"]


def test_a_file_is_done_once_and_stays_where_it_is(incoming):
    path = put(incoming, "评价.csv", REVIEWS)
    _, _, cursor = taken(watching(incoming))
    assert taken(watching(incoming), cursor)[:2] == ([], [])
    os.utime(path, (1, 1))  # touched, with the same contents
    put(incoming, "copy.csv", REVIEWS)
    assert taken(watching(incoming), cursor)[:2] == ([], [])
    assert path.read_bytes() == REVIEWS


def test_a_changed_file_is_read_again(incoming):
    put(incoming, "a.csv", "id,text\n1,好\n")
    _, _, cursor = taken(watching(incoming))
    put(incoming, "a.csv", "id,text\n1,好\n2,更好\n", age=30)
    assert taken(watching(incoming), cursor)[0] == ["好", "更好"]


def test_a_stop_inside_a_file_goes_on_with_the_next_row(incoming, monkeypatch):
    monkeypatch.setattr(module, "ROWS", 2)
    put(incoming, "a.csv", "id,text\n" + "".join(f"{n},第{n}条\n" for n in range(7)))
    put(incoming, "b.csv", "id,text\n8,最后\n")
    pages = watching(incoming).pages({})
    cursor = json.loads(json.dumps([next(pages), next(pages)][-1].cursor))
    pages.close()
    assert taken(watching(incoming), cursor)[0] == ["第4条", "第5条", "第6条", "最后"]


def test_a_file_replaced_while_under_way_starts_anew(incoming, monkeypatch):
    monkeypatch.setattr(module, "ROWS", 1)
    put(incoming, "a.csv", "id,text\n1,一\n2,二\n")
    cursor = next(watching(incoming).pages({})).cursor
    put(incoming, "a.csv", "id,text\n3,三\n4,四\n", age=20)
    assert taken(watching(incoming), cursor)[0] == ["三", "四"]


def test_a_file_still_being_written_waits(incoming):
    put(incoming, "a.csv", "id,text\n1,好\n", age=2)
    put(incoming, ".hidden.csv", "id,text\n1,藏\n")
    assert taken(watching(incoming))[0] == []


def test_a_file_that_cannot_be_read_is_told_once(incoming):
    put(incoming, "坏.csv", b"")
    put(incoming, "好.csv", "id,text\n1,好\n")
    texts, reasons, cursor = taken(watching(incoming))
    assert (texts, len(reasons)) == (["好"], 1)
    assert taken(watching(incoming), cursor)[1] == []


@pytest.mark.parametrize("path", ["/etc", "..", "", "relative/收件", "/nowhere/在哪", "a\0b"])
def test_other_folders_are_refused(incoming, path):
    with pytest.raises((FolderRefused, WrongOption)):
        watching(Path(path), allowed=incoming).welcome() if path else watching(incoming, path="").welcome()


def test_paths_that_climb_or_link_out_are_refused(incoming, tmp_path):
    outside = tmp_path / "secret"
    outside.mkdir()
    (incoming / "link").symlink_to(outside)
    for path in (incoming / ".." / ".." / "secret", incoming / "link", tmp_path / "watched-not"):
        with pytest.raises(FolderRefused):
            list(watching(path, allowed=incoming).pages({}))


def test_without_named_folders_nothing_is_read(incoming):
    with pytest.raises(FolderRefused) as told:
        list(Folder(Setting({"path": str(incoming)}, now=NOW)).pages({}))
    assert "OUTLISTEN_WATCHED_FOLDERS" in told.value.text("zh-hans")


def test_a_link_to_a_file_outside_is_told_once_and_not_read(incoming, tmp_path):
    secret = put(tmp_path, "secret.csv", "id,text\n1,秘密\n")
    (incoming / "innocent.csv").symlink_to(secret)
    texts, reasons, cursor = taken(watching(incoming))
    assert (texts, len(reasons)) == ([], 1)
    assert taken(watching(incoming), cursor)[:2] == ([], [])


def test_columns_that_are_not_recognised_can_be_named(incoming):
    put(incoming, "a.csv", "x1,x2\n好,李雷\n")
    assert taken(watching(incoming, fields="text=x1, author=x2"))[0] == ["好"]
    with pytest.raises(WrongOption):
        watching(incoming, fields="nothing=x1")
    with pytest.raises(WrongOption):
        watching(incoming, zone="Mars/Olympus")
