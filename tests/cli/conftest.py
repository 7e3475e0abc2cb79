"""A terminal that keeps what was written, and a toy command to try the frame with."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import pytest
import typer
from tests.commands import Kept

from outlisten.cli.commands import GROUPS
from outlisten.cli.frame import command
from outlisten.cli.main import app, invoke
from outlisten.cli.session import Session
from outlisten.cli.terminal import Serving, Terminal
from outlisten.home import Home


@dataclass
class Ran:
    """What a command left: its exit status and what it wrote."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    # A short name: pytest's own folders can be too long for a Unix socket.
    made = Home(tmp_path / "h")
    monkeypatch.setenv("OUTLISTEN_HOME", str(made.path))
    monkeypatch.delenv("OUTLISTEN_LOCALE", raising=False)
    return made


@pytest.fixture
def run(home: Home, tmp_path: Path) -> Run:
    """Run a command line in `tmp_path` on the test's home, without a process of its own."""

    def run_command(
        *arguments: str, stdin: bytes = b"", locale: str = "en", folder: Path = tmp_path, **terminal: Any
    ) -> Ran:
        out, err = Kept(), Kept()
        words = list(arguments)
        if "--home" not in arguments:
            behind = 2 if words and words[0] in GROUPS else 1  # the command of a group stands behind its name
            words[behind:behind] = ["--home", str(home.path)]
        given = Terminal(words, out, err, io.BufferedReader(io.BytesIO(stdin)), folder, locale, **terminal)
        status = invoke(given)
        return Ran(status, out.getvalue(), err.getvalue().decode())

    return run_command


@command(where="store")
def toy(
    session: Session, what: Annotated[str, typer.Argument()], times: Annotated[int, typer.Option(min=1)] = 1
) -> int:
    """Says where it runs, echoes, waits, breaks."""
    match what:
        case "where":
            session.emit({"server": session.terminal.serving is not None, "folder": str(session.path("x"))})
        case "echo":
            for line in session.terminal.stdin:
                session.terminal.out.write(line * times)
        case "wait":
            session.say("waiting")
            session.terminal.stop.wait(30)
            session.check_stop()
        case "break":
            raise KeyError("the text of a post")
        case "locale":
            session.print(session.locale)
        case _ if what.startswith("secret"):
            session.emit([session.terminal.secret("口令: "), session.terminal.variable("KEY")])
    return 3 if what == "three" else 0


@pytest.fixture
def toy_command() -> Iterator[None]:
    kept = list(app.registered_commands)
    app.command("toy")(toy)
    yield
    app.registered_commands[:] = kept


@pytest.fixture
def serving(home: Home) -> Iterator[Home]:
    """A listener on the home, as a running server has; its store must not be asked for."""
    from outlisten.cli.remote.listener import Listener

    def no_posts() -> Any:
        raise AssertionError("the toy needs no posts")

    home.create()
    listener = Listener(Serving(home, no_posts)).start()
    yield home
    listener.close()
