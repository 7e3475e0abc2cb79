"""`outlisten read`: what the language models read in texts, without keeping anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from outlisten.cli.frame import command
from outlisten.cli.given_texts import File, Texts, given_texts
from outlisten.cli.options import Maps
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session


@command(where="anywhere")
def read(session: Session, *, texts: Texts = None, file: File = None, maps: Maps = None) -> int:
    """One line a text: language, sentiment, …; what these models cannot tell stays empty."""
    for asked in given_texts(session, texts, file, maps):
        session.check_stop()
        _write(session, asked)
    return 0


def _write(session: Session, texts: list[str]) -> None:
    from outlisten.language import read as read_texts

    rows = read_texts(texts).to_pylist()
    if session.json:
        session.emit_lines(
            as_json({**row, "disclosure": markers_as_json(text)})
            for text, row in zip(texts, rows, strict=True)
        )
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


def markers_as_json(text: str) -> list[dict[str, object]]:
    """Every disclosure marker of a text, in reading order; none found is an empty list."""
    from outlisten.language.disclosure import find_markers

    names = ("kind", "strength", "start", "end", "words", "place", "rule")
    return [{name: getattr(marker, name) for name in names} for marker in find_markers(None, text)]


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
