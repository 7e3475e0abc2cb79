"""Bad input on the command line: one clear sentence, the right status, and never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from outlisten.home import Home

HOLD = """
import sys
from pathlib import Path
from outlisten.home import Home
with Home(Path(sys.argv[1])).lock("outlisten import"):
    print("held", flush=True)
    sys.stdin.read()
"""


def refused(ran, status: int, *named: str) -> None:
    """One sentence on standard error that names these things, and nothing on standard output."""
    assert ran.status == status, ran.err
    assert ran.out == b""
    assert "Traceback" not in ran.err
    assert ran.err.count("\n") == 1, ran.err
    for word in named:
        assert word in ran.err


@pytest.mark.parametrize("locale", ["en", "zh-hans"])
@pytest.mark.parametrize("command", [["import"], ["read", "--file"]])
def test_a_missing_file_is_named(run, command: list[str], locale: str) -> None:
    refused(run(*command, "no-such-file.csv", locale=locale), 1, "no-such-file.csv")


def test_a_folder_is_no_file(run, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    refused(run("import", "folder"), 1, "folder", "*.csv")


@pytest.mark.django_db
@pytest.mark.parametrize("command", [["import"], ["read", "--file"]])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\n\n   \n"),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20),
        ("program.bin", bytes(range(256)) * 200),
        ("truncated.csv.gz", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03broken"),
    ],
)
def test_a_file_without_posts_is_refused_by_name(run, tmp_path, command, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    refused(run(*command, name), 1, name)


@pytest.mark.parametrize(
    ("query", "caret_below"), [("(海底捞 OR 等位", "("), ('refund AND "half', '"half'), ("a AND OR b", "OR")]
)
@pytest.mark.parametrize("command", ["explain", "search"])
def test_a_bad_query_is_shown_with_its_place_marked(run, command: str, query: str, caret_below: str) -> None:
    ran = run(command, query)
    assert ran.status == 1
    assert ran.out == b""
    said, line, carets, *_more = ran.err.splitlines()
    assert said
    assert line.strip() == query
    assert set(carets.strip()) == {"^"}


def test_a_query_of_20_000_characters_is_answered_or_refused_in_a_few_lines(run) -> None:
    for query in ("海" * 20_000, "a OR " * 4_000 + "b", "(" * 20_000, "NOT " * 5_000 + "x", '"' * 19_999):
        ran = run("explain", query)
        assert ran.status in (0, 1)
        assert "Traceback" not in ran.err
        assert all(len(line) < 400 for line in ran.err.splitlines())
        if ran.status:
            assert ran.err


def test_a_home_held_by_another_process_is_named_with_its_number(run, home: Home) -> None:
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([sys.executable, "-c", HOLD, str(home.path)], text=True, **pipes) as other:
        assert other.stdout.readline() == "held\n"
        for command in (["search", "等"], ["serve", "--port", "0"], ["demo", "--port", "0", "--no-browser"]):
            refused(run(*command), 1, str(other.pid), str(home.path))
            refused(run(*command, locale="zh-hans"), 1, str(other.pid), str(home.path), "占用")
        other.stdin.close()


@pytest.mark.parametrize("command", [["search", "x"], ["serve", "--port", "0"], ["import", "posts.csv"]])
def test_a_home_that_cannot_be_written_is_named(run, tmp_path: Path, command: list[str]) -> None:
    (tmp_path / "posts.csv").write_text("text\nhello\n")
    place = "/proc/outlisten" if sys.platform == "linux" else "/dev/null/outlisten"
    refused(run(*command, "--home", place), 1, place, "--home")


@pytest.mark.parametrize(
    "arguments",
    [
        ["search", "x", "--limt", "3"], ["search"], ["search", "x", "--limit", "many"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--format", "xml"], ["search", "x", "--since", "soon"], ["nosuchcommand"],
        ["serve", "--port", "99999"], ["import"], ["import", "a.csv", "--map", "text"], ["report"],
        ["report", "--out", "report.docx"], ["report", "--out", "x.html", "--topic", "a", "--query", "b"],
        ["import", "a.csv", "--dates", "backwards"], ["compare", "x"],
    ],
)  # fmt: skip
def test_a_wrong_command_line_ends_with_status_2(run, arguments: list[str]) -> None:
    refused(run(*arguments), 2)


def test_a_report_into_a_folder_that_is_not_there_is_refused_before_the_work(run, tmp_path: Path) -> None:
    refused(run("report", "--out", "missing/report.html"), 1, "missing")


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="a full disk needs root to mount one"
)
def test_a_full_disk_is_said_and_loses_nothing_kept(tmp_path: Path) -> None:
    small = tmp_path / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=32m", "tmpfs", small], check=False)
    if mounted.returncode:
        pytest.skip("this machine does not let a test mount a small disk")
    try:
        _fill_a_small_disk(small, tmp_path)
    finally:
        subprocess.run(["umount", "-l", small], check=True)


def _fill_a_small_disk(small: Path, folder: Path) -> None:
    """Import about 40 MB of words that no compression shrinks much."""
    drawn = Random(7)
    with (folder / "many.csv").open("w", encoding="utf-8") as file:
        file.write("id,posted,text\n")
        for n in range(50_000):
            said = " ".join(f"{drawn.getrandbits(36):x}" for _word in range(80))
            file.write(f"{n},2024-03-01 10:00:00,排队 {said}\n")
    environment = {**os.environ, "OUTLISTEN_HOME": str(small / "h"), "LANG": "C.UTF-8"}
    ran = subprocess.run(
        [sys.executable, "-m", "outlisten", "import", str(folder / "many.csv")],
        capture_output=True, text=True, env=environment, timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 1, ran.stderr
    assert "Traceback" not in ran.stderr
    assert "full" in ran.stderr.splitlines()[-1]
