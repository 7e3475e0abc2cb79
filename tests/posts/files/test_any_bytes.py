"""Whatever the bytes: a plan and rows, or one sentence; never another exception, never a row lost without a reason."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from outlisten.posts.files import FileProblem, plan_import, read_batches

NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)
CELLS = st.text(st.sampled_from('ab中文 "\\,;\t\n\r\0\u202e\ud800=1{}[]:'), max_size=12)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=4), max_size=30)
STARTS = st.sampled_from(
    [b"", b"id,text\n", b'{"text": "', b'[{"text": "a"},', b"PK\3\4", b"PAR1", b"\xff\xfe", b"\x1f\x8b"]
)


def outcome(content: bytes) -> tuple[int, int] | str:
    """(posts, rejected rows), or the problem's sentence."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "any"
        path.write_bytes(content)
        try:
            batches = list(read_batches(plan_import(path, now=NOW), rows=7))
        except FileProblem as problem:
            return problem.text("zh-hans")
        return sum(b.posts.num_rows for b in batches), sum(len(b.rejected) for b in batches)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(STARTS, st.binary(max_size=600))
def test_any_bytes_are_answered(start, rest):
    assert outcome(start + rest)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(ROWS, st.sampled_from([",", "\t", ";"]), st.sampled_from(["utf-8", "gb18030", "utf-16"]))
def test_any_rows_are_answered(rows, delimiter, codec):
    lines = ["id", "text", "date"], *rows
    content = "\n".join(delimiter.join(row) for row in lines)
    assert outcome(content.encode(codec, "ignore"))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.integers(0, 4000), st.sampled_from([gzip.compress, zstandard.compress, bytes]))
def test_a_cut_anywhere_is_answered(cut, pack):
    whole = pack("".join(f'{n},"第{n}条, with\na line",2024-01-01\n' for n in range(300)).encode())
    assert outcome(b"id,text,date\n"[: 0 if pack is not bytes else 13] + whole[:cut])
