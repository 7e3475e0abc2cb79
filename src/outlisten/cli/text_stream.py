"""Text written to a stream of bytes as UTF-8, whatever the process's own encoding is."""

from __future__ import annotations

from typing import IO


class TextStream:
    """The few calls that Rich makes on a file."""

    encoding = "utf-8"

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write the text; what UTF-8 cannot hold is escaped."""
        self._stream.write(text.encode("utf-8", "backslashreplace"))
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        self._stream.flush()

    def isatty(self) -> bool:
        """Rich is told so explicitly."""
        return False
