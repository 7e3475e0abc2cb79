"""What every command shares: its options, its language, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.usefixtures("toy_command")


def test_a_command_runs_here_when_no_server_runs(run, tmp_path) -> None:
    assert run("toy", "where", "--json").json == {"server": False, "folder": str(tmp_path / "x")}


def test_the_status_of_the_command_is_the_status_of_the_process(run) -> None:
    assert run("toy", "three").status == 3


def test_an_unknown_option_is_named_in_one_line(run) -> None:
    ran = run("toy", "where", "--tims", "2")
    assert ran.status == 2
    assert ran.out == b""
    assert ran.err.count("\n") == 1
    assert "--tims" in ran.err
    assert "outlisten toy --help" in ran.err


@pytest.mark.parametrize(
    ("arguments", "named"),
    [(["toy"], "WHAT"), (["toy", "where", "--times", "many"], "--times"), (["tyo"], "tyo"), ([], None)],
)
def test_a_wrong_command_line_ends_with_status_2(run, arguments: list[str], named: str | None) -> None:
    ran = run(*arguments)
    assert ran.status == 2
    assert ran.err.count("\n") == 1
    assert named is None or named in ran.err


def test_a_wrong_command_line_is_explained_in_chinese(run) -> None:
    assert "没有 --tims 这个选项" in run("toy", "where", "--tims", "2", locale="zh-hans").err


@pytest.mark.parametrize(
    ("asked", "got"), [("en", "en"), ("zh-hans", "zh-hans"), ("zh_CN", "zh-hans"), ("en,zh", "en")]
)
def test_the_language_can_be_chosen(run, asked: str, got: str) -> None:
    assert run("toy", "locale", "--locale", asked).text == got + "\n"


def test_a_language_we_do_not_speak_is_refused(run) -> None:
    ran = run("toy", "locale", "--locale", "fr")
    assert (ran.status, ran.out) == (2, b"")
    assert "fr" in ran.err
    assert "zh-hans" in ran.err


def test_an_unexpected_error_is_one_sentence_and_a_log_without_the_post(run, home) -> None:
    ran = run("toy", "break")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert "KeyError" in ran.err
    assert str(home.log) in ran.err
    assert "the text of a post" not in ran.err
    log = home.log.read_text()
    assert "conftest.py" in log
    assert "KeyError" in log
    assert home.log.stat().st_mode & 0o777 == 0o600


def test_the_log_does_not_quote_the_message_of_an_error(run, home) -> None:
    run("toy", "break")
    messages = [line for line in home.log.read_text().splitlines() if "the text of a post" in line]
    assert all("raise KeyError" in line for line in messages)  # the source line, not the message


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; sys.argv = ['outlisten', '--help']\n"
        "from outlisten.cli.main import run\n"
        "try: run()\n"
        "except SystemExit: pass\n"
        "import json; print(json.dumps(sorted(m for m in sys.modules if '.' not in m)))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(json.loads(ran.stdout.splitlines()[-1]))
    assert loaded.isdisjoint({"pyarrow", "django", "chdb", "numpy", "rich", "sklearn", "altair", "polars"})
