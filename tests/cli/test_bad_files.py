"""Bad files from the command line to the kept posts: status, one sentence in both languages, nothing lost."""

from __future__ import annotations

import csv
import gzip
import io
import json
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import pyarrow.parquet as pq
import pytest

Typed = Callable[..., Any]
HEAD = "id,date,text\n"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The home of a running server, made in a folder that everybody may enter."""
    home = tmp_path_factory.mktemp("s") / "h"
    home.mkdir(mode=0o755)
    command = [sys.executable, "-m", "outlisten", "serve", "--port", "0", "--json", "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["home"] == str(home)
        yield home
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0


@pytest.fixture
def typed(run: Typed, served: Path) -> Typed:
    """Type a command beside the server."""
    return lambda *words, **terminal: run(*words, "--home", str(served), **terminal)


def cut_short() -> bytes:
    """Half of a packed file of rows that do not pack away."""
    drawn = Random(5)
    rows = "".join(f"cut{n},2024-03-01,排队 {drawn.getrandbits(64)}\n" for n in range(400))
    packed = gzip.compress((HEAD + rows).encode())
    return packed[: len(packed) // 2]


def broken_quote() -> bytes:
    """A quote left open at line 400,000 of 400,100; a few posts stand there over and over."""
    rows = [f"quote{n % 50},2024-03-01,排队 {n % 50}" for n in range(400_099)]
    rows[399_998] = 'open,2024-03-01,"left open 打不开'
    return (HEAD + "\n".join(rows) + "\n").encode()


def wrong_encoding() -> bytes:
    """GB18030, to be read as UTF-8."""
    return (HEAD + "".join(f"gb{n},2024-03-01,第{n}次排队两个小时\n" for n in range(20))).encode("gb18030")


def mixed_encoding() -> bytes:
    """UTF-8 with a row of Windows-1252 in it."""
    rows = [f"m{n},2024-03-01,第{n}次排队两个小时\n".encode() for n in range(60)]
    return HEAD.encode() + b"".join(rows[:30]) + b"odd,2024-03-01,caf\xe9 au lait\n" + b"".join(rows[30:])


def early_and_late() -> bytes:
    """Dates that cannot be true around one that can."""
    return (HEAD + "d1,1970-01-01,太早\nd2,2099-01-01,too late\nd3,2024-03-01,好\n").encode()


def ten_megabytes() -> bytes:
    """One cell of ten megabytes."""
    return (HEAD + 'long,2024-03-01,"' + "很长的帖子 with words\n" * 400_000 + '"\n').encode()


# name, content, options, status, posts kept, what English says, what Chinese says
FILES: tuple[tuple[str, Callable[[], bytes], tuple[str, ...], int, int, str, str], ...] = (
    ("empty.csv", lambda: b"", (), 1, 0, "is empty", "是空文件"),
    ("program.csv", lambda: b"\x7fELF" + bytes(range(256)) * 20, (), 1, 0, "ELF", "ELF 文件"),
    ("noise.csv", lambda: Random(3).randbytes(20_000), (), 1, 0, "is not text", "不是文本"),
    ("cut.csv.gz", cut_short, (), 3, 195, "ends early", "中断"),
    ("gb.csv", wrong_encoding, ("--encoding", "utf-8"), 1, 0, "by its bytes, in GB18030", "从字节看是 GB18030"),
    ("mixed.csv", mixed_encoding, (), 3, 60, "UTF-8", "UTF-8"),
    ("dates.csv", early_and_late, (), 3, 1, "is before 1990", "早于 1990 年"),
    ("long.csv", ten_megabytes, (), 0, 1, "", ""),
    ("quote.csv", broken_quote, (), 3, 50, "quotation mark", "引号没有闭合"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "options", "status", "kept", "english", "chinese"), FILES, ids=[f[0] for f in FILES]
)
def test_a_bad_file_is_answered_in_both_languages_and_loses_nothing(
    typed: Typed, tmp_path: Path, name: str, content: Callable[[], bytes], options: tuple[str, ...],
    status: int, kept: int, english: str, chinese: str,
) -> None:  # fmt: skip
    (tmp_path / name).write_bytes(content())
    network = name.replace(".", "-")
    for locale, said in (("en", english), ("zh-hans", chinese)):
        ran = typed("import", name, *options, "--network", network, "--json", locale=locale)
        assert (ran.status, ran.err.count("\n")) == (status, int(status == 1)), ran.err
        assert said in ran.err + reasons(ran.json)
        assert ran.json["read"] == sum(ran.json[what] for what in ("added", "duplicate", "rejected"))
    assert typed("search", f"platform:{network}", "--count", "--json").json["count"] == kept


def reasons(report: dict[str, Any]) -> str:
    """Why rows were rejected, as their file says."""
    file = report["rejected_file"]
    return "\n".join(json.loads(line)["reason"] for line in Path(file).open()) if file else ""


HOSTILE = {
    "nul": "queue nul \0 inside",
    "override": "queue \u202eexe.txt\u202c 排队",
    "zero-width": "queue \u200b\u200d\ufeff 排队",
    "emoji": "queue 👩\u200d👩\u200d👧\u200d👦🇨🇳👍🏽 排队",
    "terminal": "queue \x1b[2J\x1b]0;owned\x07",
    "script": "<script>alert(1)</script> queue",
    "formula": '=HYPERLINK("http://evil.example","queue")',
    "wide-formula": "＝1+1 queue",
    "tab-formula": "\t@SUM(1) queue",
    "sql": "queue'; DROP TABLE posts; --",
}
MARCH = ("--since", "2024-02-20", "--until", "2024-03-10")
BROKEN = "queue broken \ud83d 排队"


@pytest.fixture(scope="module")
def hostile(served: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hostile posts behind the server."""
    path = tmp_path_factory.mktemp("hostile") / "posts.jsonl"
    lines = (
        json.dumps({"id": name, "date": "2024-03-01", "text": text, "author": text})
        for name, text in {**HOSTILE, "surrogate": BROKEN}.items()
    )
    path.write_text("\n".join(lines))
    command = [sys.executable, "-m", "outlisten", "import", str(path), "--network", "hostile", "--json"]
    ran = subprocess.run([*command, "--home", str(served)], capture_output=True, check=True)
    assert json.loads(ran.stdout)["added"] == len(HOSTILE) + 1


@pytest.mark.usefixtures("hostile")
def test_hostile_texts_leave_as_they_came(typed: Typed) -> None:
    wanted = {*HOSTILE.values(), BROKEN.replace("\ud83d", "\ufffd")}
    posts = typed("search", "platform:hostile", "--json").json["posts"]
    assert {post["text"] for post in posts} == wanted
    parquet = typed("search", "platform:hostile", "--format", "parquet").out
    assert set(pq.read_table(io.BytesIO(parquet))["text"].to_pylist()) == wanted


@pytest.mark.usefixtures("hostile")
def test_hostile_texts_are_no_formulas_in_a_spreadsheet(typed: Typed) -> None:
    sheet = typed("search", "platform:hostile", "--format", "csv").out
    rows = list(csv.reader(io.StringIO(sheet.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(HOSTILE) + 2
    assert not [cell for row in rows for cell in row if cell.lstrip()[:1] in tuple("=+@＝＋＠")]


@pytest.mark.usefixtures("hostile")
def test_hostile_texts_do_not_drive_the_terminal(typed: Typed) -> None:
    for ran in (typed("search", "queue"), typed("search", "queue", out_is_screen=True, colour=False)):
        assert "␛[2J" in ran.text
        assert not set("\x1b\x07\0\u202e") & set(ran.text)


@pytest.mark.usefixtures("hostile")
def test_hostile_texts_do_not_run_in_a_report(typed: Typed, tmp_path: Path) -> None:
    assert typed("report", "--query", "queue", *MARCH, "--out", "report.html").status == 0
    page = (tmp_path / "report.html").read_text("utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page


def test_what_is_kept_is_for_its_owner_alone_in_a_folder_that_others_may_enter(served: Path) -> None:
    # The folder was there before and stays as its owner made it; sessions, hashes and posts lie in these.
    assert stat.S_IMODE(served.stat().st_mode) == 0o755
    for name in ("outlisten.sqlite3", "secret.key", "server.sock", "owner.lock", "posts"):
        assert stat.S_IMODE((served / name).stat().st_mode) & 0o077 == 0, name
