"""Writing posts: nothing runs as a formula, and our own files come back as the same posts."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import UTC, datetime

import pyarrow as pa
import pytest

from outlisten.posts import schema
from outlisten.posts.files import FileProblem, exports, plan_import, read_batches, write_posts
from outlisten.posts.files.spreadsheet_cells import harmless, original

HOSTILE = [
    '=HYPERLINK("http://evil.example","点我")',
    "+1+1",
    "-2",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋2",
    "－3",
    "＠x",
    " =1",
    "'=1",
    "https://evil.example",
    "{=1}",
    '一般的帖子, with "quotes"\nand lines',
    "0123",
]


@pytest.fixture
def posts(file) -> list[pa.Table]:
    rows = io.StringIO()
    writer = csv.writer(rows)
    writer.writerow(["id", "text", "author", "created_at", "likes", "url"])
    for number, text in enumerate(HOSTILE):
        writer.writerow(
            [number, text, "＝作者", "2024-05-01 10:00", number, f"https://x.com/a/status/{number}"]
        )
    writer.writerow(["", "没有编号的帖子", "", "", "", ""])
    path = file(rows.getvalue(), "hostile.csv")
    plan = plan_import(path, now=datetime(2026, 1, 15, 12, tzinfo=UTC))
    return [batch.posts for batch in read_batches(plan)]


def test_cells_that_would_be_formulas_get_an_apostrophe(posts):
    target = io.BytesIO()
    assert write_posts(posts, target, "csv") == len(HOSTILE) + 1
    assert target.getvalue().startswith("\ufeffid,".encode())
    cells = [row["text"] for row in csv.DictReader(io.StringIO(target.getvalue().decode("utf-8-sig")))]
    assert not [cell for cell in cells if cell.lstrip()[:1] in set("=+-@＝＋－＠")]
    assert "https://evil.example" in cells


@pytest.mark.parametrize("text", [*HOSTILE, "''=1", "'plain", "", "'"])
def test_the_apostrophe_comes_off_again(text):
    assert original(harmless(text)) == text


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "xlsx"])
def test_an_exported_file_comes_back_as_the_same_posts(posts, tmp_path, read, format):
    path = tmp_path / f"out.{format}"
    write_posts(posts, path, format)
    whole = pa.concat_tables(posts)
    found = read(path)
    assert found.rejected == []
    assert found.column("id") == whole["id"].to_pylist()
    for name in ("text", "author", "platform", "created_at", "likes", "source", "seen_at", "raw"):
        assert found.column(name) == whole[name].to_pylist(), name


def test_a_workbook_holds_texts_only(posts):
    target = io.BytesIO()
    write_posts(posts, target, "xlsx")
    with zipfile.ZipFile(target) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet


def test_a_workbook_that_would_be_too_long_says_so(posts, monkeypatch):
    monkeypatch.setattr(exports, "XLSX_ROWS", 5)
    with pytest.raises(FileProblem) as problem:
        write_posts(posts, io.BytesIO(), "xlsx")
    assert problem.value.code == "too-many-rows"


def test_parquet_keeps_the_schema_and_what_it_means(posts, tmp_path):
    import pyarrow.parquet as pq

    write_posts(posts, tmp_path / "out.parquet", "parquet")
    kept = pq.read_schema(tmp_path / "out.parquet")
    given = schema.arrow_schema("given")
    assert kept.names == given.names
    assert [field.metadata[b"meaning"] for field in kept] == [field.metadata[b"meaning"] for field in given]


@pytest.mark.parametrize("format", ["csv", "jsonl", "parquet", "xlsx"])
def test_nothing_to_write_is_an_empty_file_with_its_columns(format):
    target = io.BytesIO()
    assert write_posts([schema.arrow_schema("given").empty_table()], target, format) == 0
    assert bool(target.getvalue()) == (format != "jsonl")
