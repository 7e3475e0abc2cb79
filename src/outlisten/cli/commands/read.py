"""`outlisten read`: what the language models read in texts, without keeping anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from outlisten.cli.frame import command
from outlisten.cli.given_texts import File, Texts, given_texts
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Maps
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.language.detail import Detail
    from outlisten.language.disclosure import Marker
    from outlisten.language.targets import Target

Brands = Annotated[
    list[str] | None,
    typer.Option("--brand", metavar="NAME", help=_("A brand to read the tone towards; repeat for more.")),
]


@command(where="anywhere")
def read(
    session: Session, *, texts: Texts = None, file: File = None, maps: Maps = None, brands: Brands = None
) -> int:
    """One line a text: language, sentiment, …; below one half it says that it cannot tell, and what it leans to."""
    for asked in given_texts(session, texts, file, maps):
        session.check_stop()
        _write(session, asked, brands or ())
    return 0


def _write(session: Session, texts: list[str], brands: Sequence[str]) -> None:
    if session.json:
        from outlisten.language.detail import details

        session.emit_lines(as_json(detail) for detail in details(texts, others=brands))
        return
    from outlisten.language import read as read_texts
    from outlisten.language.targets import toward_each

    rows = read_texts(texts)
    found = toward_each(texts, [None] * len(texts), rows["lang"].to_pylist(), brands)
    for text, row, targets in zip(texts, rows.to_pylist(), found, strict=True):
        session.print(_line(session, text, row, targets))


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
        "emotion_score": _rounded(detail.emotion_score),
        "cannot_tell": list(detail.cannot_tell),
        "urgency": reading.urgency,
        "urgency_reasons": _scored(reading.urgency_reasons, chances.get("urgency_reasons", {})),
        "flags": _scored(flags, chances.get("flags", {})),
        "promotional": None if flags is None else "promotional" in flags,
        "disclosure": markers_as_json(detail.markers),
        "voice": detail.voice,
        "targets": [_target_as_json(one) for one in detail.targets],
        "model": reading.model,
    }


def _target_as_json(target: Target) -> dict[str, object]:
    """The tone towards one brand or aspect, and the words it was read from."""
    names = ("name", "kind", "start", "end", "clause", "sentiment")
    return {**{name: getattr(target, name) for name in names}, "score": _rounded(target.score)}


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


def _line(session: Session, text: str, row: Mapping[str, Any], targets: Sequence[Target]) -> str:
    tone = _tone(session, row["sentiment"], row["sentiment_score"])
    parts = [row["lang"] or session.words("not known"), tone, on_one_line(text)]
    return "\t".join([*parts, *_said_of(session, targets, row["sentiment"])])


def _said_of(session: Session, targets: Sequence[Target], sentiment: str | None) -> list[str]:
    """One more column: what is said of whom, where that says more than the tone of the whole text."""
    from outlisten.language.targets import aspect_said, worth_telling

    said = [
        f"{on_one_line(one.name) if one.kind == 'brand' else aspect_said(one.name, session.locale)}"
        f" {_tone(session, one.sentiment, one.score)}"
        for one in worth_telling(targets, sentiment)
    ]
    return [" · ".join(said)] if said else []


def _tone(session: Session, sentiment: str | None, score: float | None) -> str:
    """negative 0.81, or that it cannot be told and what it leans to."""
    from outlisten.language.telling import cannot_tell

    tone = tones(session.words).get(sentiment or "", session.words("not known"))
    if sentiment is None or score is None:
        return tone
    if cannot_tell(sentiment, score):
        # Cut, not rounded: 0.499 is less than half.
        return session.words("cannot tell (leans to {tone} {chance:.2f})").format(
            tone=tone, chance=int(100 * score) / 100
        )
    return f"{tone} {score:.2f}"


def tones(_: Callable[[str], str]) -> dict[str, str]:
    """What each sentiment is called on the screen."""
    return {"negative": _("negative"), "neutral": _("neutral"), "positive": _("positive")}
