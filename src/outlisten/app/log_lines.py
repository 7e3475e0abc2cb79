"""What the server writes to its log: where something went wrong, never what a post says and never a secret."""

from __future__ import annotations

import logging
import re
import traceback
from types import TracebackType
from typing import Any

# The one-time tokens and reset keys that stand in addresses: whoever reads the log must not be able to use one.
_SECRET_IN_ADDRESS = re.compile(r"(/set-up/|/sign-in/link/|/account/reset/key/|/feeds/\d+/)[^\s/?]+")


class DiscreetFormatter(logging.Formatter):
    """One line a record. Of an exception the kinds and the places, without messages, which may quote a post."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The record's line, and below it where its exception came from."""
        return _SECRET_IN_ADDRESS.sub(r"\1…", super().format(record))

    def formatException(  # noqa: N802 - logging's own name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None] | Any,
    ) -> str:
        """The exception and its causes, innermost last."""
        lines, cause = [], ei[1]
        while cause is not None:
            lines.append(f"{type(cause).__module__}.{type(cause).__qualname__}")
            lines += [
                f"  {frame.filename}:{frame.lineno} {frame.name}: {frame.line}"
                for frame in traceback.extract_tb(cause.__traceback__)
            ]
            cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
        return "\n".join(lines)
