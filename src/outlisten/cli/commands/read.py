"""`outlisten read`: what the language models read in texts, without keeping anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from outlisten.cli.column_maps import column_map
from outlisten.cli.endings import WrongUsage
from outlisten.cli.frame import command
from outlisten.cli.input_files import input_files
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Maps
from outlisten.cli.posts_in_files import AT_ONCE, batches_of
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

Texts = Annotated[
    list[str] | None,
    typer.Argument(metavar="[TEXT]", help=_("Texts; - takes one a line from standard input.")),
]
File = Annotated[
    Path | None, typer.Option("--file", metavar="PATH", help=_("A file of posts instead of texts."))
]


@command(where="anywhere")
def read(session: Session, *, texts: Texts = None, file: File = None, maps: Maps = None) -> int:
    """One line a text: language, sentiment, …; what these models cannot tell stays empty."""
    if bool(texts) == bool(file):
        raise WrongUsage(session.words("Give texts, or a file with --file, and not both."))
    mapping = column_map(maps, session.locale)
    if mapping and not file:
        raise WrongUsage(session.words("--map belongs to --file."))
    batches = _from_file(session, file, mapping) if file else _from_words(session, texts or [])
    for asked in batches:
        session.check_stop()
        _write(session, asked)
    return 0


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


def _write(session: Session, texts: list[str]) -> None:
    from outlisten.language import read as read_texts

    rows = read_texts(texts).to_pylist()
    if session.json:
        session.emit_lines(map(as_json, rows))
    else:
        for text, row in zip(texts, rows, strict=True):
            session.print(_line(session, text, row))


def as_json(row: dict[str, Any]) -> dict[str, object]:
    """One reading in the command line's shape; what was not read is null."""
    return {
        "lang": row.get("lang"),
        "mixed": row.get("mixed"),
        "sentiment": row.get("sentiment"),
        "sentiment_score": row.get("sentiment_score"),
        "intents": _intents(row.get("intent")),
        "emotion": row.get("emotion"),
        "urgency": row.get("urgency"),
        "promotional": row.get("promotional"),
        "disclosure": row.get("disclosure"),
        "voice": row.get("voice"),
        "model": row.get("model"),
    }


def _intents(names: list[str] | None) -> dict[str, float | None] | None:
    """Intents by name, null when they were not read. The models keep no score of an intent yet: each is null."""
    return None if names is None else dict.fromkeys(names)


def _line(session: Session, text: str, row: dict[str, Any]) -> str:
    unknown = session.words("not known")
    score = row.get("sentiment_score")
    tone = tones(session.words).get(row.get("sentiment") or "", unknown)
    sure = f" {score:.2f}" if score is not None else ""
    return f"{row.get('lang') or unknown}\t{tone}{sure}\t{on_one_line(text)}"


def tones(_: Callable[[str], str]) -> dict[str, str]:
    """What each sentiment is called on the screen."""
    return {"negative": _("negative"), "neutral": _("neutral"), "positive": _("positive")}
