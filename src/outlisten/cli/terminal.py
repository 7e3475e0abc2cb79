"""Where a command meets a person: this process's own terminal, or the one at the far end of the socket."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BufferedReader
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, BinaryIO, cast

from outlisten.cli.locales import asked_locale
from outlisten.cli.secret_entry import typed_secret
from outlisten.home import Home
from outlisten.words import Locale

if TYPE_CHECKING:
    from outlisten.posts.store import PostStore


@dataclass(frozen=True, slots=True)
class Serving:
    """What a running server lends to the commands it runs for others: its home, its open store and the
    address of its pages; it tidies up after each."""

    home: Home
    posts: Callable[[], PostStore]
    address: str = ""
    after_each: Callable[[], None] = lambda: None


@dataclass(slots=True)
class Terminal:
    """Streams, size and place of whoever typed the command. Paths in `arguments` are relative to `folder`.

    `secret` asks for a word without echo, `variable` looks into the environment: both there, not in the server.
    """

    arguments: list[str]
    out: BinaryIO
    err: BinaryIO
    stdin: BufferedReader
    folder: Path
    locale: Locale
    width: int = 100
    out_is_screen: bool = False
    err_is_screen: bool = False
    colour: bool = False
    stop: Event = field(default_factory=Event)
    secret: Callable[[str], str | None] = typed_secret
    variable: Callable[[str], str | None] = os.environ.get
    serving: Serving | None = None


def this_terminal(arguments: list[str]) -> Terminal:
    """The terminal of this process."""
    return Terminal(
        arguments=arguments,
        out=sys.stdout.buffer,
        err=sys.stderr.buffer,
        stdin=cast("BufferedReader", sys.stdin.buffer),
        folder=Path.cwd(),
        locale=asked_locale(arguments, os.environ),
        width=shutil.get_terminal_size((100, 24)).columns,
        out_is_screen=sys.stdout.isatty(),
        err_is_screen=sys.stderr.isatty(),
        colour="NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb",
    )
