"""One command being run: who typed it, where, in which language, and what it may use."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, cast

from outlisten.cli.endings import Stopped
from outlisten.cli.terminal import Terminal
from outlisten.home import Home
from outlisten.words import Locale, words

if TYPE_CHECKING:
    from rich.console import Console

    from outlisten.posts.store import PostStore


@dataclass
class Session:
    """What a command is given. Ask it for the store, the console and paths, never the process."""

    terminal: Terminal
    home: Home
    command: str
    locales: tuple[Locale, ...]
    json: bool = False
    account: str | None = None
    home_given: bool = False  # with --home, not from the environment or by default

    def __post_init__(self) -> None:
        self.locale = self.locales[0]
        self.words: Callable[[str], str] = words("cli", self.locale)
        self._opened: PostStore | None = None
        self._endings = ExitStack()

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._endings.__exit__(kind, error, trace)
        if error is None:
            self.terminal.out.flush()
            self.terminal.err.flush()

    def at_end(self, act: Callable[[], object]) -> None:
        """Do this when the command ends, however it ends; the last asked is done first."""
        self._endings.callback(act)

    def on_failure(self, act: Callable[[BaseException], object]) -> None:
        """Do this with the error when the command ends by one."""

        def told(_kind: object, error: BaseException | None, _trace: object) -> bool:
            if error is not None:
                act(error)
            return False

        self._endings.push(told)

    def path(self, name: str) -> Path:
        """A path the person typed, from where they typed it."""
        return self.terminal.folder / Path(name).expanduser()

    def posts(self) -> PostStore:
        """The store of posts: the running server's, or this process's own until the command ends.

        Raises HomeBusy when another process holds the home, StoreError when the store cannot be opened.
        """
        if self.terminal.serving is not None:
            return self.terminal.serving.posts()
        if self._opened is None:
            self._opened = self._open()
        return self._opened

    def _open(self) -> PostStore:
        from outlisten.posts import open_store

        self._endings.enter_context(self.home.lock(f"outlisten {self.command}"))
        store = open_store(self.home.posts_url)
        self._endings.callback(store.close)
        return store

    def check_stop(self) -> None:
        """Raise Stopped once the person has asked to stop; long work calls this between its steps."""
        if self.terminal.stop.is_set():
            raise Stopped

    def say(self, text: str) -> None:
        """A sentence for the person, on standard error."""
        self.write_to(self.terminal.err, text + "\n")

    def print(self, text: str) -> None:
        """A line of the answer, on standard output."""
        self.write_to(self.terminal.out, text + "\n")

    def emit(self, answer: object) -> None:
        """The answer as one line of JSON, on standard output."""
        self.print(json.dumps(answer, ensure_ascii=False, default=_plain))

    def emit_lines(self, answers: Iterable[object]) -> None:
        """One line of JSON for each answer."""
        for answer in answers:
            self.check_stop()
            self.emit(answer)

    @staticmethod
    def write_to(stream: IO[bytes], text: str) -> None:
        """Write as UTF-8; a lone surrogate becomes the \\uXXXX that JSON reads back."""
        stream.write(text.encode("utf-8", "backslashreplace"))
        stream.flush()

    def console(self) -> Console:
        """Rich on standard output, with the far terminal's width and colours."""
        return self._console(self.terminal.out, self.terminal.out_is_screen)

    def progress_console(self) -> Console:
        """Rich on standard error, for progress."""
        return self._console(self.terminal.err, self.terminal.err_is_screen)

    def _console(self, stream: IO[bytes], is_screen: bool) -> Console:
        from rich.console import Console

        from outlisten.cli.text_stream import TextStream

        colours = "standard" if is_screen and self.terminal.colour else None
        return Console(
            file=cast("IO[str]", TextStream(stream)), width=self.terminal.width, force_terminal=is_screen,
            color_system=cast("Any", colours), highlight=False, markup=False, emoji=False,
        )  # fmt: skip


def _plain(value: object) -> object:
    """A date as ISO 8601, anything else as its text."""
    iso = getattr(value, "isoformat", None)
    return iso() if callable(iso) else str(value)
