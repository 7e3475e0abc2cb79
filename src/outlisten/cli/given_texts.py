"""Texts that a command is given: as arguments, on standard input, or as a file of posts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from outlisten.cli.column_maps import column_map
from outlisten.cli.endings import WrongUsage
from outlisten.cli.input_files import input_files
from outlisten.cli.locales import help_words as _
from outlisten.cli.posts_in_files import AT_ONCE, batches_of
from outlisten.cli.session import Session

Texts = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TEXT]", help=_("Texts; - takes one a line from standard input.")),
]
File = Annotated[
    Path | None, typer.Option("--file", metavar="PATH", help=_("A file of posts instead of texts."))
]


def given_texts(
    session: Session, texts: list[str] | None, file: Path | None, maps: list[str] | None
) -> Iterator[list[str]]:
    """The texts, some at once. Raises WrongUsage unless there are either texts or a file."""
    if bool(texts) == bool(file):
        raise WrongUsage(session.words("Give texts, or a file with --file, and not both."))
    mapping = column_map(maps, session.locale)
    if mapping and not file:
        raise WrongUsage(session.words("--map belongs to --file."))
    return _from_file(session, file, mapping) if file else _from_words(session, texts or [])


def _from_words(session: Session, texts: Sequence[str]) -> Iterator[list[str]]:
    if list(texts) != ["-"]:
        yield list(texts)
        return
    lines: list[str] = []
    for line in session.terminal.stdin:
        lines.append(line.decode("utf-8", "replace").rstrip("\r\n"))
        if len(lines) == AT_ONCE:
            yield lines
            lines = []
    if lines:
        yield lines


def _from_file(session: Session, file: Path, mapping: dict[str, str] | None) -> Iterator[list[str]]:
    for path in input_files(session, [str(file)]):
        for _plan, batch in batches_of(session, path, mapping):
            yield batch.posts["text"].to_pylist()
