"""A command typed while a server holds the home runs inside the server, and looks the same."""

from __future__ import annotations

import json
import os
import signal
import socket
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from outlisten.cli.remote import client, protocol
from outlisten.cli.remote.listener import Listener
from outlisten.cli.terminal import Serving
from outlisten.home import Home

pytestmark = pytest.mark.usefixtures("toy_command")


def test_the_command_runs_in_the_server_with_the_callers_folder(run, serving, tmp_path) -> None:
    assert run("toy", "where").json == {"server": True, "folder": str(tmp_path / "x")}


def test_standard_input_and_output_pass_unchanged(run, serving) -> None:
    lines = b"".join(f"第 {n} 条 \x00\xff\n".encode("utf-8", "surrogateescape") for n in range(20_000))
    ran = run("toy", "echo", "--times", "2", stdin=lines)
    assert ran.status == 0
    assert len(ran.out) == 2 * len(lines)
    assert ran.out == b"".join(line * 2 for line in lines.splitlines(keepends=True))


def test_exit_status_and_language_pass(run, serving) -> None:
    assert run("toy", "three").status == 3
    assert run("toy", "locale", locale="zh-hans").text == "zh-hans\n"


def test_a_secret_is_typed_at_the_callers_end(run, serving) -> None:
    asked = []
    ran = run(
        "toy",
        "secret=@KEY",
        secret=lambda prompt: asked.append(prompt) or "密码",
        variable={"KEY": "钥匙"}.get,
    )
    assert ran.json == ["密码", "钥匙"]
    assert asked == ["口令: "]


def test_a_variable_that_the_command_line_does_not_name_stays_with_the_caller(run, serving) -> None:
    ran = run("toy", "secret=@KEYS", secret=lambda _prompt: None, variable={"KEY": "钥匙"}.get)
    assert ran.json == [None, None]


def test_an_unexpected_error_in_the_server_is_one_sentence_for_the_caller(run, serving) -> None:
    ran = run("toy", "break")
    assert ran.status == 1
    assert ran.err.count("\n") == 1
    assert serving.log.exists()


def test_the_socket_is_for_its_owner_alone(serving) -> None:
    assert stat.S_IMODE(serving.socket.stat().st_mode) == 0o600


def test_a_socket_that_a_crash_left_counts_as_no_server(run, home) -> None:
    home.create()
    left = socket.socket(socket.AF_UNIX)
    left.bind(str(home.socket))
    left.close()
    assert run("toy", "where").json["server"] is False


def test_a_server_of_another_version_is_named(run, serving, monkeypatch) -> None:
    monkeypatch.setattr(client, "__version__", "9.9")
    ran = run("toy", "where")
    assert ran.status == 1
    assert "9.9" in ran.err
    assert ran.err.count("\n") == 1


def test_a_path_too_long_for_a_socket_uses_a_port_and_a_private_token(run, home, monkeypatch) -> None:
    monkeypatch.setattr(protocol, "LONGEST_SOCKET_PATH", 3)
    with home.lock("toy"), closing(Listener(Serving(home, list)).start()):
        assert stat.S_IMODE(home.meeting.stat().st_mode) == 0o600
        assert run("toy", "where").json["server"] is True
        meeting = json.loads(home.meeting.read_text())
        home.meeting.write_text(json.dumps({**meeting, "token": "guessed"}))
        refused = run("toy", "where")
        assert (refused.status, refused.out) == (1, b"")
    assert not home.meeting.exists()


@pytest.mark.parametrize(("locale", "said"), [("en", "it is removed"), ("zh-hans", "已删除")])
def test_a_port_that_a_crash_left_is_told_and_removed(run, home, locale, said) -> None:
    """Another program has the port by now, and says nothing that we know."""
    home.create()
    with socket.create_server(("127.0.0.1", 0)) as other:
        home.meeting.write_text(json.dumps({"port": other.getsockname()[1], "token": "old"}))
        ran = run("toy", "where", locale=locale)
    assert (ran.status, ran.json["server"]) == (0, False)
    assert said in ran.err
    assert not home.meeting.exists()


@pytest.mark.parametrize("left", ["[]", "{}", "nothing", '{"port": 99999, "token": "x"}'])
def test_a_damaged_meeting_point_counts_as_no_server(run, home, left) -> None:
    home.create().meeting.write_text(left)
    with home.lock("toy"):
        assert run("toy", "where").json["server"] is False


def test_noise_on_the_socket_leaves_the_server_standing(run, serving) -> None:
    for noise in (b"GET / HTTP/1.1\r\n\r\n", b"[1,2]\n", b"{}\n", b'{"token": "", "arguments": 5}\n'):
        with socket.socket(socket.AF_UNIX) as caller:
            caller.connect(str(serving.socket))
            caller.recv(1000)
            caller.sendall(noise)
    assert run("toy", "where").json["server"] is True


TOY = """
import sys
sys.path.insert(0, sys.argv.pop(1))
import conftest
from outlisten.cli.main import app, run
app.command("toy")(conftest.toy)
run()
"""


@pytest.fixture
def typed(serving: Home):
    """The toy command in a process of its own, waiting inside this process's server."""
    arguments = [str(Path(__file__).parent), "toy", "wait", "--home", str(serving.path)]
    with subprocess.Popen(
        [sys.executable, "-c", TOY, *arguments],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LANG": "C"},
    ) as process:
        assert process.stderr.readline() == "waiting\n"
        yield process


def test_ctrl_c_stops_the_command_in_the_server(typed) -> None:
    typed.send_signal(signal.SIGINT)
    assert typed.wait(20) == 130
    assert typed.stderr.read().startswith("Stopped.")


def test_a_caller_that_is_killed_stops_its_command(typed, serving) -> None:
    from threading import enumerate as threads

    working = [thread for thread in threads() if thread.name == "command"]
    assert working
    typed.kill()
    for thread in working:
        thread.join(20)
        assert not thread.is_alive()


def test_a_server_that_ends_stops_the_commands_it_runs(home) -> None:
    home.create()
    listener = Listener(Serving(home, list)).start()
    arguments = [str(Path(__file__).parent), "toy", "wait", "--home", str(home.path)]
    with subprocess.Popen(
        [sys.executable, "-c", TOY, *arguments], stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr.readline() == "waiting\n"
        listener.close()
        assert process.wait(20) == 130
