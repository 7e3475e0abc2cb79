"""The command's end: find the running server of a home, hand it the command line, be its terminal."""

from __future__ import annotations

import json
import os
import socket
from typing import Any

from outlisten import __version__
from outlisten.cli.endings import PIPE_CLOSED, Refused
from outlisten.cli.remote.interrupts import Interrupts
from outlisten.cli.remote.protocol import CHUNK, PROTOCOL, BadLine, Wire, fits_a_socket, packed, unpacked
from outlisten.cli.terminal import Terminal
from outlisten.home import Home
from outlisten.words import Locale, words

# How long a living server may take to greet, in seconds.
GREETING = 10.0


def meet(home: Home, terminal: Terminal) -> int | None:
    """Run the command inside the home's server; returns its exit status, None when no server runs.

    Raises Refused when the server is of another version or hangs up in the middle.
    """
    _clear_away(home, terminal)
    found = _connect(home)
    if found is None:
        return None
    connection, token = found
    wire = Wire(connection)
    try:
        _greet(wire, terminal, token)
        connection.settimeout(None)
        return _attend(wire, terminal)
    except (BadLine, TimeoutError, ConnectionError) as error:
        raise Refused(_no_answer(home, terminal.locale)) from error
    finally:
        wire.close()


def _clear_away(home: Home, terminal: Terminal) -> None:
    """Remove the port that a server left when it crashed: by now another program may answer there."""
    if not home.meeting.exists() or home.held():
        return
    home.meeting.unlink(missing_ok=True)
    _ = words("cli", terminal.locale)
    said = _("{path} was left by a server that did not end as it should; it is removed.")
    terminal.err.write(f"{said.format(path=home.meeting)}\n".encode())
    terminal.err.flush()


def _connect(home: Home) -> tuple[socket.socket, str] | None:
    """A connection and the token to show; a socket file that nobody listens on counts as no server."""
    try:
        if home.meeting.exists():
            meeting = json.loads(home.meeting.read_text("utf-8"))
            address = ("127.0.0.1", int(meeting["port"]))
            return socket.create_connection(address, timeout=GREETING), str(meeting["token"])
        if not fits_a_socket(home.socket) or not home.socket.exists():
            return None
        connection = socket.socket(socket.AF_UNIX)
        connection.settimeout(GREETING)
        connection.connect(os.fspath(home.socket))
    except (ConnectionRefusedError, FileNotFoundError, ValueError, KeyError, TypeError, OverflowError):
        return None
    return connection, ""


def _greet(wire: Wire, terminal: Terminal, token: str) -> None:
    greeting = wire.receive()
    if greeting is None or "outlisten" not in greeting:
        raise BadLine
    if (greeting["protocol"], greeting["outlisten"]) != (PROTOCOL, __version__):
        _ = words("cli", terminal.locale)
        raise Refused(
            _(
                "The running server is Outlisten {theirs} and this command is {ours}. Restart the server."
            ).format(theirs=greeting["outlisten"], ours=__version__)
        )
    wire.send(
        token=token, protocol=PROTOCOL, arguments=terminal.arguments, folder=str(terminal.folder),
        locale=terminal.locale, width=terminal.width, out_is_screen=terminal.out_is_screen,
        err_is_screen=terminal.err_is_screen, colour=terminal.colour,
    )  # fmt: skip


def _attend(wire: Wire, terminal: Terminal) -> int:
    """Write what the command writes and give it what it asks for, until it ends."""
    with Interrupts(wire) as interrupts:
        while (message := wire.receive()) is not None:
            if "exit" in message:
                return int(message["exit"])
            try:
                _serve(message, wire, terminal, interrupts)
            except BrokenPipeError:
                wire.send(stop=True)
                return PIPE_CLOSED
    raise ConnectionError


def _serve(message: dict[str, Any], wire: Wire, terminal: Terminal, interrupts: Interrupts) -> None:
    if "out" in message:
        terminal.out.write(unpacked(message["out"]))
        terminal.out.flush()
    elif "err" in message:
        terminal.err.write(unpacked(message["err"]))
        terminal.err.flush()
    elif "ask" in message:
        with interrupts.at_once():
            data = terminal.stdin.read1(min(int(message["ask"]), CHUNK))
        wire.send(stdin=packed(data))
    elif "secret" in message:
        with interrupts.at_once():
            wire.send(answer=terminal.secret(str(message["secret"])))
    elif "variable" in message:
        wire.send(answer=_variable(str(message["variable"]), terminal))


def _variable(name: str, terminal: Terminal) -> str | None:
    """A variable of this environment, where the command line names it: the server gets to see no other."""
    named = any(word.endswith(f"=@{name}") for word in terminal.arguments)
    return terminal.variable(name) if named else None


def _no_answer(home: Home, locale: Locale) -> str:
    _ = words("cli", locale)
    return _(
        "The server that holds {home} hung up before the command ended. "
        "See whether it still runs, then try again; repeating an import adds nothing twice."
    ).format(home=home.path)
