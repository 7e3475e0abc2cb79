"""`outlisten read`: what the language models read in texts, without keeping anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from outlisten.cli.frame import command
from outlisten.cli.given_texts import File, Texts, given_texts
from outlisten.cli.options import Maps
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.language.detail import Detail
    from outlisten.language.disclosure import Marker


@command(where="anywhere")
def read(session: Session, *, texts: Texts = None, file: File = None, maps: Maps = None) -> int:
    """One line a text: language, sentiment, …; what these models cannot tell stays empty."""
    for asked in given_texts(session, texts, file, maps):
        session.check_stop()
        _write(session, asked)
    return 0


def _write(session: Session, texts: list[str]) -> None:
    if session.json:
        from outlisten.language.detail import details

        session.emit_lines(as_json(detail) for detail in details(texts))
        return
    from outlisten.language import read as read_texts

    for text, row in zip(texts, read_texts(texts).to_pylist(), strict=True):
        session.print(_line(session, text, row))


def as_json(detail: Detail) -> dict[str, object]:
    """One reading in the command line's shape; what was not read is null."""
    reading, chances = detail.reading, detail.chances
    flags = reading.flags
    return {
        "lang": reading.lang,
        "mixed": reading.mixed,
        "sentiment": reading.sentiment,
        "sentiment_score": reading.sentiment_score,
        "intents": _scored(reading.intent, chances.get("intent", {})),
        "emotion": reading.emotion,
        "urgency": reading.urgency,
        "urgency_reasons": _scored(reading.urgency_reasons, chances.get("urgency_reasons", {})),
        "flags": _scored(flags, chances.get("flags", {})),
        "promotional": None if flags is None else "promotional" in flags,
        "disclosure": markers_as_json(detail.markers),
        "voice": detail.voice,
        "model": reading.model,
    }


def markers_as_json(markers: Iterable[Marker]) -> list[dict[str, object]]:
    """Disclosure markers in reading order; none is an empty list."""
    names = ("kind", "strength", "start", "end", "words", "place", "rule")
    return [{name: getattr(marker, name) for name in names} for marker in markers]


def _scored(names: list[str] | None, chances: Mapping[str, float]) -> dict[str, float | None] | None:
    """The labels given with their chances, null when they were not read."""
    if names is None:
        return None
    return {name: _rounded(chances.get(name)) for name in names}


def _rounded(chance: float | None) -> float | None:
    return None if chance is None else round(chance, 4)


def _line(session: Session, text: str, row: dict[str, Any]) -> str:
    unknown = session.words("not known")
    score = row.get("sentiment_score")
    tone = tones(session.words).get(row.get("sentiment") or "", unknown)
    sure = f" {score:.2f}" if score is not None else ""
    return f"{row.get('lang') or unknown}\t{tone}{sure}\t{on_one_line(text)}"


def tones(_: Callable[[str], str]) -> dict[str, str]:
    """What each sentiment is called on the screen."""
    return {"negative": _("negative"), "neutral": _("neutral"), "positive": _("positive")}
