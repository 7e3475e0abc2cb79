"""What a command and a running server say to each other: JSON lines on a socket only the owner reaches.

The server greets with its version. The command answers with its arguments, folder, language and screen, and
the token where the socket is a port. Then the server sends `out`, `err`, `ask` (for standard input), `secret` (for a word
typed without echo) and `variable` (for one of the environment that the command line names), the command sends `stdin`,
`answer` and `stop`, and the server ends with `exit`. Bytes travel as base64.
"""

from __future__ import annotations

import json
import socket
from base64 import b64decode, b64encode
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import Any

# Raised whenever one side could misunderstand the other.
PROTOCOL = 2
# The longest command line of Linux is 2 MB; base64 and escapes make it longer.
LONGEST_LINE = 8 * 1024 * 1024
CHUNK = 64 * 1024
# sun_path holds 108 bytes on Linux and 104 on macOS, the closing NUL included.
LONGEST_SOCKET_PATH = 103


class BadLine(Exception):
    """The other side does not speak this protocol."""


class Wire:
    """Lines over a connected socket; any thread may send."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._lines = connection.makefile("rb")
        self._sending = Lock()

    def send(self, **message: object) -> None:
        """Send one message; raises OSError when the other side is gone."""
        line = json.dumps(message, ensure_ascii=True).encode() + b"\n"
        with self._sending:
            self._connection.sendall(line)

    def receive(self) -> dict[str, Any] | None:
        """The next message, None when the other side has hung up. Raises BadLine."""
        line = self._lines.readline(LONGEST_LINE)
        if not line:
            return None
        try:
            message = json.loads(line)
        except ValueError as error:
            raise BadLine from error
        if not isinstance(message, dict):
            raise BadLine
        return message

    def close(self) -> None:
        """Hang up; a thread that waits in `receive` gets None."""
        with suppress(OSError):
            self._connection.shutdown(socket.SHUT_RDWR)
        self._lines.close()
        self._connection.close()


def packed(data: bytes) -> str:
    """Bytes as they travel."""
    return b64encode(data).decode("ascii")


def unpacked(data: str) -> bytes:
    """Bytes as they were sent."""
    return b64decode(data)


def fits_a_socket(path: Path) -> bool:
    """Whether the system can make a Unix socket of this name."""
    return len(str(path).encode()) <= LONGEST_SOCKET_PATH
