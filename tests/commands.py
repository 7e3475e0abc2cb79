"""A command line run inside this process, as a running server runs it."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from outlisten.cli.main import invoke
from outlisten.cli.terminal import Serving, Terminal


class Kept(io.BytesIO):
    """A stream that can still be read after the command closed it."""

    def close(self) -> None:
        pass


class Ran(NamedTuple):
    """How a command ended and what it wrote."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.out, self.err
        return json.loads(self.out)


def ran(words: Sequence[str], serving: Serving, folder: Path, locale: Any = "en") -> Ran:
    """Run `outlisten WORDS` in a folder, beside the server that serves."""
    out, err = Kept(), Kept()
    nothing = io.BufferedReader(io.BytesIO())
    status = invoke(Terminal(list(words), out, err, nothing, folder, locale, serving=serving))
    return Ran(status, out.getvalue().decode(), err.getvalue().decode())
