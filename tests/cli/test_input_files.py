"""Which files a command line names."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from outlisten.cli.endings import Refused
from outlisten.cli.input_files import input_files
from outlisten.cli.session import Session
from outlisten.cli.terminal import Terminal
from outlisten.home import Home


@pytest.fixture
def session(tmp_path: Path, home: Home):
    for name in ("一月.csv", "feb.csv", "notes.txt"):
        (tmp_path / name).write_text("text\nhello\n")
    stdin = io.BufferedReader(io.BytesIO(b"text\nfrom a pipe\n"))
    terminal = Terminal([], io.BytesIO(), io.BytesIO(), stdin, tmp_path, "en")
    with Session(terminal, home, "import", ("en",)) as opened:
        yield opened


def named(session: Session, *names: str) -> list[str]:
    return [path.name for path in input_files(session, list(names))]


def test_a_pattern_that_the_shell_left_alone_is_expanded(session: Session) -> None:
    assert named(session, "*.csv") == ["feb.csv", "一月.csv"]


def test_a_file_named_twice_is_taken_once(session: Session) -> None:
    assert named(session, "feb.csv", "*.csv", "feb.csv") == ["feb.csv", "一月.csv"]


def test_a_file_whose_name_looks_like_a_pattern_is_itself(session: Session, tmp_path: Path) -> None:
    (tmp_path / "what[1].csv").write_text("text\nhi\n")
    assert named(session, "what[1].csv") == ["what[1].csv"]


def test_standard_input_is_kept_only_while_the_command_runs(session: Session) -> None:
    (path,) = input_files(session, ["-"])
    assert path.read_bytes() == b"text\nfrom a pipe\n"
    session.__exit__(None, None, None)
    assert not path.exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.csv", "missing.csv"),
        ("*.xlsx", "No file matches"),
        (".", "is a folder"),
        ("p", "import - <"),
    ],
)
def test_what_is_no_file_is_named_with_what_to_do(
    session: Session, tmp_path: Path, name: str, said: str
) -> None:
    os.mkfifo(tmp_path / "p")
    with pytest.raises(Refused) as refused:
        named(session, name)
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)
