"""Files that hold no posts: each is answered with one sentence and never a traceback."""

from __future__ import annotations

import io
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from outlisten.posts.files import FileProblem, plan_import


def archive(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, content in members.items():
            made.writestr(name, content)
    return target.getvalue()


BAD = {
    "empty": (b"", "empty"),
    "only-space": (b"\n\n  \r\n", "empty"),
    "only-a-mark": (b"\xef\xbb\xbf", "empty"),
    "only-a-header": (b"id,text\n", "no-rows"),
    "empty-zip": (archive(), "no-rows"),
    "zip-of-pictures": (archive(**{"a.png": b"\x89PNG", "b/": b""}), "no-rows"),
    "zip-in-zip": (archive(**{"a.zip": archive(**{"a.csv": b"x"})}), "zip-in-zip"),
    "pdf": (b"%PDF-1.7\n" + bytes(range(256)), "foreign"),
    "old-excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "foreign"),
    "program": (b"\x7fELF" + bytes(500), "foreign"),
    "noise": (bytes(range(256)) * 40, "binary"),
    "cut-parquet": (b"PAR1" + bytes(500), "parquet-broken"),
    "cut-gzip": (b"\x1f\x8b\x08\x00", "cut-short"),
    "json-of-settings": (b'{\n "name": "x",\n "size": 3\n}', "json-no-records"),
    "broken-workbook": (
        archive(**{"[Content_Types].xml": b"<x/>", "xl/workbook.xml": b"no"}),
        "workbook-broken",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_answered_with_its_sentence(file, name):
    content, code = BAD[name]
    with pytest.raises(FileProblem) as problem:
        plan_import(file(content, name))
    assert problem.value.code == code
    assert "\n" not in str(problem.value)


def test_a_folder_and_a_missing_file_are_answered_too(tmp_path):
    for path, code in ((tmp_path, "folder"), (tmp_path / "nowhere.csv", "unreadable")):
        with pytest.raises(FileProblem) as problem:
            plan_import(path)
        assert problem.value.code == code


def test_a_tar_inside_gzip_is_named(file):
    import gzip
    import tarfile

    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as tar:
        tar.addfile(tarfile.TarInfo("a.csv"))
    with pytest.raises(FileProblem, match="of the kind tar"):
        plan_import(file(gzip.compress(target.getvalue())))


def parquet(path, **options) -> pa.Table:
    table = pa.table({"id": list(range(30_000)), "text": [f"第{n}条 post" for n in range(30_000)]})
    pq.write_table(table, path, row_group_size=5_000, **options)
    return table


def test_parquet_rows_have_row_numbers(tmp_path, read):
    path = tmp_path / "a.parquet"
    table = pa.table({"text": ["one", None, "三"], "时间": [1, 2, 3], "likes": [1, None, 2]})
    pq.write_table(table.set_column(1, "时间", pa.array([1.7e9, 1.7e9, 0.0])), path)
    found = read(path)
    assert found.texts == ["one"]
    assert found.lines == [2, 3]


def test_a_damaged_row_group_keeps_the_rows_before_it(tmp_path, read):
    path = tmp_path / "a.parquet"
    parquet(path, compression="zstd")
    data = bytearray(path.read_bytes())
    start = pq.ParquetFile(path).metadata.row_group(3).column(1).data_page_offset
    data[start : start + 200] = bytes(200)
    path.write_bytes(data)
    found = read(path)
    assert found.problem.code == "parquet-damaged"
    assert 10_000 <= len(found.posts) <= 15_000


def test_parquet_cells_that_cannot_be_read_reject_the_row(tmp_path, read):
    path = tmp_path / "a.parquet"
    texts = pa.array([b"one", b"\xff\xfe", "三".encode()], pa.binary())
    times = pa.array([1_700_000_000_123_456_789, None, 1_700_000_000_000_000_001], pa.timestamp("ns"))
    pq.write_table(
        pa.table({"text": pa.Array.from_buffers(pa.string(), 3, texts.buffers()), "date": times}), path
    )
    found = read(path)
    assert found.texts == ["one", "三"]
    assert found.lines == [2]
    assert "column text" in found.rejected[0].reason


def workbook(path, rows, sheet="posts") -> None:
    book = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd"})
    book.add_worksheet("empty")
    for number, row in enumerate(rows):
        (book.get_worksheet_by_name(sheet) or book.add_worksheet(sheet)).write_row(number, 0, row)
    book.close()


@pytest.mark.parametrize("limit", [1 << 30, 0])
def test_workbooks_are_read_the_same_by_either_library(tmp_path, read, monkeypatch, limit):
    from datetime import UTC, datetime

    monkeypatch.setattr("outlisten.posts.files.workbook.LARGEST_IN_MEMORY", limit)
    rows = [
        ["报告"],
        ["编号", "正文", "发布时间", "点赞数"],
        [7, "好用", datetime(2024, 5, 1, 8, 30), 3],
        [8, "serial", 45413.5, None],
        [9, None, None, None],
        [],
        [10, "early", "1975-01-01", 1],
    ]
    workbook(tmp_path / "a.xlsx", rows)
    found = read(tmp_path / "a.xlsx")
    assert found.plan.layout.sheet == "posts"
    assert found.texts == ["好用", "serial"]
    assert found.column("native_id") == ["7", "8"]
    assert found.column("likes") == [3, None]
    assert found.posts[0]["created_at"] == datetime(2024, 5, 1, 8, 30, tzinfo=UTC)
    assert found.posts[1]["created_at"] == datetime(2024, 5, 1, 12, tzinfo=UTC)
    assert found.lines == [5, 7]
