"""A running server, its pages, and the commands typed beside it; and the same commands without it."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest

from outlisten.home import Home

REVIEWS = """id,posted,content,who
1,2024-03-01 09:00:00,等了两个小时才叫号，没人管,小林
2,2024-03-02 10:00:00,服务员态度很好，下次还来,阿梅
3,2024-03-03 11:00:00,The queue was long but the soup was great,sam
4,2024-03-04 12:00:00,"Still waiting for my refund, nobody answers",ana
5,2024-03-05 13:00:00,排队系统又坏了 =cmd|calc,老王
"""
MAPS = ("--map", "text=content", "--map", "created_at=posted", "--map", "author=who", "--map", "native_id=id")


def outlisten(*arguments: str, home: Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """The command in a process of its own."""
    environment = {**os.environ, "OUTLISTEN_HOME": str(home), "LANG": "C.UTF-8"}
    return subprocess.run(
        [sys.executable, "-m", "outlisten", *arguments],
        capture_output=True, text=True, env=environment, timeout=120, check=False, **options,
    )  # fmt: skip


def started(home: Path, *arguments: str) -> tuple[subprocess.Popen[str], dict[str, Any]]:
    """A server in a process of its own, once it lets visitors in, and what it said of itself."""
    process = subprocess.Popen(
        [sys.executable, "-m", "outlisten", *arguments, "--port", "0", "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "OUTLISTEN_HOME": str(home)},
    )  # fmt: skip
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        assert process.stderr is not None
        pytest.fail(f"the server did not start: {process.stderr.read()}")
    return process, json.loads(line)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("server")
    (made / "reviews.csv").write_text(REVIEWS, "utf-8")
    return made


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[dict[str, Any]]:
    process, said = started(folder / "h", "serve")
    with process:
        imported = outlisten("import", "reviews.csv", *MAPS, "--json", home=folder / "h", cwd=folder)
        yield {**said, "imported": imported}
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    assert not Home(folder / "h").socket.exists()


@pytest.fixture
def typed(run, server: dict[str, Any], folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Type a command beside the running server."""
    monkeypatch.setenv("OUTLISTEN_HOME", server["home"])

    def type_command(*arguments: str, **terminal: Any):
        return run(*arguments, "--home", server["home"], folder=folder, **terminal)

    return type_command


def test_the_set_up_link_opens(server: dict[str, Any]) -> None:
    with urllib.request.urlopen(server["set_up"], timeout=20) as page:
        assert page.status == 200


def test_an_address_with_a_question_of_20_000_characters_is_answered(server: dict[str, Any]) -> None:
    # 240 KB on the wire; a server that stops reading a head at 64 KB hangs up without a word.
    with urllib.request.urlopen(
        f"{server['address']}/account/sign-in?q={quote('𠮷' * 20_000)}", timeout=20
    ) as page:
        assert page.status == 200


def test_an_import_beside_the_server_is_complete(server: dict[str, Any]) -> None:
    ran = server["imported"]
    assert ran.returncode == 0, ran.stderr
    report = json.loads(ran.stdout)
    assert {name: report[name] for name in ("read", "added", "updated", "duplicate", "rejected")} == {
        "read": 5, "added": 5, "updated": 0, "duplicate": 0, "rejected": 0,
    }  # fmt: skip


def test_a_second_import_adds_nothing(typed) -> None:
    report = typed("import", "reviews.csv", *MAPS, "--json").json
    assert (report["read"], report["added"], report["duplicate"]) == (5, 0, 5)


@pytest.mark.parametrize(
    ("query", "found"), [("等", 1), ("refund", 1), ("排队 OR queue", 2), ("没有这个词", 0)]
)
def test_posts_are_counted(typed, query: str, found: int) -> None:
    assert typed("search", query, "--count", "--json").json == {"count": found, "cut": False}


def test_posts_come_newest_first_with_their_fields(typed) -> None:
    posts = typed("search", "排队 OR queue", "--json").json["posts"]
    assert [post["author"] for post in posts] == ["老王", "sam"]
    assert posts[0]["created_at"] == "2024-03-05T13:00:00Z"
    assert len(posts[0]["id"]) == 16
    assert posts[0]["likes"] is None


def test_dates_narrow_a_search(typed) -> None:
    found = typed(
        "search", "等 OR 排队 OR queue", "--since", "2024-03-03", "--until", "2024-03-03", "--json"
    ).json
    assert [post["author"] for post in found["posts"]] == ["sam"]


def test_a_csv_has_no_formulas(typed) -> None:
    ran = typed("search", "排队", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out.decode("utf-8-sig"))))
    assert rows[0]["author"] == "老王"
    assert not any(value.startswith(("=", "+", "@")) for value in rows[0].values())


def test_parquet_is_the_schema_of_posts(typed) -> None:
    table = pq.read_table(io.BytesIO(typed("search", "queue", "--format", "parquet").out))
    assert table["text"].to_pylist() == ["The queue was long but the soup was great"]


def test_parquet_is_not_sent_to_a_screen(typed) -> None:
    ran = typed("search", "queue", "--format", "parquet", out_is_screen=True)
    assert (ran.status, ran.out) == (2, b"")


def test_the_table_marks_what_was_found_on_a_screen_only(typed) -> None:
    on_screen = typed("search", "排队", out_is_screen=True, colour=True)
    assert "\x1b[1;33m排队\x1b[0m" in on_screen.text
    assert "\x1b" not in typed("search", "排队").text


def test_an_unknown_account_is_named(typed) -> None:
    ran = typed("search", "queue", "--as", "nobody@example.org")
    assert (ran.status, ran.out) == (1, b"")
    assert "nobody@example.org" in ran.err


def test_standard_input_is_imported_through_the_server(typed) -> None:
    report = typed("import", "-", *MAPS, "--json", stdin=REVIEWS.encode("gb18030")).json
    assert (report["read"], report["added"], report["duplicate"]) == (5, 0, 5)


def test_rejected_rows_are_kept_with_their_reason(typed) -> None:
    rows = "id,posted,content,who\n9,1962-01-01,too old to be true,eve\n10,2024-03-06,这一条没问题,小林\n"
    ran = typed("import", "-", *MAPS, "--json", stdin=rows.encode())
    assert ran.status == 3
    assert (ran.json["added"], ran.json["rejected"]) == (1, 1)
    (line,) = Path(ran.json["rejected_file"]).read_text().splitlines()
    assert json.loads(line)["line"] == 2


def test_a_preview_takes_nothing_in(typed) -> None:
    before = typed("search", "queue OR 等", "--count").text
    ran = typed("import", "reviews.csv", *MAPS, "--preview", "--json")
    assert ran.json["files"][0]["mapping"]["text"] == "content"
    assert typed("search", "queue OR 等", "--count").text == before


def test_one_file_that_cannot_be_read_does_not_stop_the_others(typed, folder: Path) -> None:
    (folder / "empty.csv").write_bytes(b"")
    ran = typed("import", "empty.csv", "reviews.csv", *MAPS, "--json")
    assert ran.status == 3
    assert ran.json["duplicate"] == 5
    assert "empty.csv" in ran.err


def test_a_second_server_is_told_who_holds_the_home(server: dict[str, Any]) -> None:
    ran = outlisten("serve", "--port", "0", home=Path(server["home"]))
    assert ran.returncode == 1
    assert str(server["pid"]) in ran.stderr
    assert ran.stderr.count("\n") == 1


def test_a_port_in_use_is_named_with_the_way_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        for command in ("serve", "demo"):
            ran = outlisten(command, "--port", port, "--locale", "zh-hans", home=tmp_path / "h")
            assert f"端口 {port}" in ran.stderr
            ran = outlisten(command, "--port", port, home=tmp_path / "h")
            assert ran.returncode == 1
            assert port in ran.stderr
            assert "--port" in ran.stderr
            assert ran.stderr.count("\n") == 1


def test_doctor_finds_everything_in_order_beside_the_server(typed) -> None:
    ran = typed("doctor", "--json")
    assert [check for check in ran.json["checks"] if not check["ok"]] == []
    assert {"store", "index", "database", "models"} <= {check["name"] for check in ran.json["checks"]}


QUESTIONS = (
    ("search", "排队 OR queue", "--json"),
    ("compare", "等 OR 排队", "--against", "queue OR refund", "--json"),
)


def test_the_answers_are_the_same_without_a_server(typed, folder: Path) -> None:
    """The same file in a home that no server holds: the same posts, figures and words."""
    home = folder / "alone"
    assert outlisten("import", "reviews.csv", *MAPS, home=home, cwd=folder).returncode == 0
    for question in QUESTIONS:
        alone = json.loads(outlisten(*question, home=home).stdout)
        assert without_arrival(alone) == without_arrival(typed(*question).json)


def without_arrival(answer: dict[str, Any]) -> dict[str, Any]:
    """The answer without the moment at which each home first saw a post."""
    for post in answer.get("posts", []):
        assert post.pop("seen_at")
    return answer
