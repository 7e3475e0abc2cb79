"""Progress on standard error, only when it is a screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

# (done, total, remark): total None when it is not known.
Advance = Callable[[int, int | None, str], None]


@contextmanager
def progress(session: Session, title: str) -> Iterator[Advance]:
    """A bar with a remark that changes; each call also stops the work when the person asked for that."""
    if not session.terminal.err_is_screen:
        yield lambda done, total, remark: session.check_stop()
        return
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(),
        TextColumn("{task.fields[remark]}"), TimeRemainingColumn(compact=True),
    )  # fmt: skip
    with Progress(*columns, console=session.progress_console(), transient=True) as shown:
        task = shown.add_task(on_one_line(title), total=None, remark="")

        def advance(done: int, total: int | None, remark: str) -> None:
            session.check_stop()
            shown.update(task, completed=done, total=total, remark=remark)

        yield advance
