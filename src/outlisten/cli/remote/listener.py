"""The server's end: runs the commands typed elsewhere, each in a thread, on the far terminal."""

from __future__ import annotations

import hmac
import io
import json
import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread, current_thread
from typing import Any

from outlisten import __version__
from outlisten.cli.remote.protocol import CHUNK, PROTOCOL, BadLine, Wire, fits_a_socket, packed, unpacked
from outlisten.cli.terminal import Serving, Terminal
from outlisten.home import write_private
from outlisten.words import locale_named

# A caller who does not introduce itself in this many seconds is not a command of ours.
INTRODUCTION = 10.0
# How long running commands may take to stop when the server ends, in seconds.
PATIENCE = 10.0


class Listener:
    """Meets commands on the home's socket from `start` to `close`. The caller holds the home's lock."""

    def __init__(self, serving: Serving) -> None:
        self._serving = serving
        self._home = serving.home
        self._token = ""
        self._socket = self._listen()
        self._running: dict[Thread, Terminal] = {}
        self._guard = Lock()
        self._thread = Thread(target=self._accept, name="commands", daemon=True)

    def start(self) -> Listener:
        """Begin to take commands."""
        self._thread.start()
        return self

    def close(self) -> None:
        """Take no more commands, and ask the running ones to stop."""
        self._home.socket.unlink(missing_ok=True)
        self._home.meeting.unlink(missing_ok=True)
        with suppress(OSError):  # macOS refuses to shut down a listening socket; closing it is enough there
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        with self._guard:
            running = dict(self._running)
        for terminal in running.values():
            terminal.stop.set()
        for thread in running:
            thread.join(PATIENCE)

    def _listen(self) -> socket.socket:
        self._home.socket.unlink(missing_ok=True)
        self._home.meeting.unlink(missing_ok=True)
        return _on_socket(self._home.socket) if fits_a_socket(self._home.socket) else self._on_port()

    def _on_port(self) -> socket.socket:
        """Loopback with a token that only the owner can read, for a path no Unix socket can have."""
        self._token = secrets.token_urlsafe(32)
        listening = socket.create_server(("127.0.0.1", 0))
        meeting = {"port": listening.getsockname()[1], "token": self._token}
        write_private(self._home.meeting, json.dumps(meeting))
        return listening

    def _accept(self) -> None:
        while True:
            try:
                connection, _address = self._socket.accept()
            except OSError:
                return
            Thread(target=self._meet, args=(connection,), name="command", daemon=True).start()

    def _meet(self, connection: socket.socket) -> None:
        wire = Wire(connection)
        try:
            connection.settimeout(INTRODUCTION)
            wire.send(outlisten=__version__, protocol=PROTOCOL, pid=os.getpid())
            asked = wire.receive()
            if asked is None or not hmac.compare_digest(str(asked.get("token", "")), self._token):
                return
            connection.settimeout(None)
            self._run(asked, wire)
        except (OSError, BadLine, KeyError, TypeError, ValueError):
            return  # the caller went away, or was none of ours: nobody is left to tell
        finally:
            wire.close()

    def _run(self, asked: dict[str, Any], wire: Wire) -> None:
        from outlisten.cli.main import invoke

        far = FarEnd(wire)
        terminal = far.terminal(asked, self._serving)
        with self._guard:
            self._running[current_thread()] = terminal
        try:
            far.listen()
            wire.send(exit=invoke(terminal))
        finally:
            with self._guard:
                self._running.pop(current_thread(), None)
            self._serving.after_each()


class FarEnd:
    """The terminal at the other end of the wire, as streams."""

    def __init__(self, wire: Wire) -> None:
        self._wire = wire
        self._typed: SimpleQueue[bytes] = SimpleQueue()
        self._answers: SimpleQueue[str | None] = SimpleQueue()
        self._stop = Event()

    def listen(self) -> None:
        """Take what the caller types, in a thread of its own, until it hangs up."""
        Thread(target=self._hear, name="far end", daemon=True).start()

    def terminal(self, asked: dict[str, Any], serving: Serving) -> Terminal:
        """The terminal that the caller described."""
        return Terminal(
            arguments=[str(word) for word in asked["arguments"]],
            out=io.BufferedWriter(_Sending(self._wire, "out"), CHUNK),
            err=io.BufferedWriter(_Sending(self._wire, "err"), CHUNK),
            stdin=io.BufferedReader(_Asking(self._wire, self._typed), CHUNK),
            folder=Path(asked["folder"]),
            locale=locale_named(str(asked["locale"])),
            width=int(asked["width"]),
            out_is_screen=bool(asked["out_is_screen"]),
            err_is_screen=bool(asked["err_is_screen"]),
            colour=bool(asked["colour"]),
            stop=self._stop,
            secret=lambda prompt: self._answered(secret=prompt),
            variable=lambda name: self._answered(variable=name),
            serving=serving,
        )

    def _answered(self, **question: str) -> str | None:
        if self._stop.is_set():
            return None
        self._wire.send(**question)
        return self._answers.get()

    def _hear(self) -> None:
        # When the caller hangs up the command stops, and a command waiting for standard input sees its end.
        with suppress(OSError, BadLine, ValueError):
            while (message := self._wire.receive()) is not None:
                if "stdin" in message:
                    self._typed.put(unpacked(message["stdin"]))
                if "answer" in message:
                    self._answers.put(None if message["answer"] is None else str(message["answer"]))
                if "stop" in message:
                    break
        self._stop.set()
        self._typed.put(b"")
        self._answers.put(None)


class _Sending(io.RawIOBase):
    """Bytes written here appear on the far terminal."""

    def __init__(self, wire: Wire, stream: str) -> None:
        self._wire = wire
        self._stream = stream

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        sent = bytes(data)
        self._wire.send(**{self._stream: packed(sent)})
        return len(sent)


class _Asking(io.RawIOBase):
    """Bytes read here are read from the far terminal's standard input."""

    def __init__(self, wire: Wire, typed: SimpleQueue[bytes]) -> None:
        self._wire = wire
        self._typed = typed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._wire.send(ask=len(buffer))
        data = self._typed.get()
        buffer[: len(data)] = data
        return len(data)


def _on_socket(path: Path) -> socket.socket:
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(os.fspath(path))  # inside the home, which only the owner can enter
    path.chmod(0o600)
    listening.listen(16)
    return listening
