"""`--voices`: whose posts a report or a comparison counts, and what it leaves out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.endings import WrongUsage
from outlisten.cli.locales import help_words as _
from outlisten.words import Locale, words

if TYPE_CHECKING:
    from outlisten.posts.store import PostStore, TimeRange
    from outlisten.query import Query

ALL = "all"
Voices = Annotated[
    str,
    typer.Option(
        metavar="LIST", help=_("Whose posts count: earned,unknown unless you say so; all for everybody.")
    ),
]
USUAL = "earned,unknown"


def read_voices(text: str, locale: Locale) -> tuple[str, ...]:
    """The voices of the option; none stands for all. Raises WrongUsage."""
    from outlisten.language.provenance import VOICES

    named = tuple(dict.fromkeys(part.strip().lower() for part in text.split(",") if part.strip()))
    if named == (ALL,):
        return ()
    wrong = next((name for name in named if name not in VOICES), None)
    if wrong is not None or not named:
        _ = words("cli", locale)
        raise WrongUsage(
            _("{voice} is no voice. Choose from {known}, or all.").format(
                voice=wrong or text, known=", ".join(VOICES)
            )
        )
    return named


def counted(query: Query, voices: tuple[str, ...]) -> Query:
    """The query asked of these voices only; one that names voices itself decides alone."""
    from outlisten.app.listening.filters import both, clause, names_voices
    from outlisten.query import parse

    if not voices or names_voices(query):
        return query
    return parse(both(query.text, clause("voice", voices)), query.context)


def left_out(store: PostStore, query: Query, voices: tuple[str, ...], span: TimeRange) -> dict[str, int]:
    """Posts of the query that are not counted, by voice."""
    from outlisten.app.listening.filters import names_voices

    if not voices or names_voices(query):
        return {}
    table = store.facets(query, ["voice"], top=10, window=span)["voice"].table
    return {
        row["value"]: row["posts"] for row in table.to_pylist() if row["value"] and row["value"] not in voices
    }


def left_out_sentence(found: dict[str, int], locale: Locale) -> str:
    """What was left out, in words; blank where that is nothing."""
    if not found:
        return ""
    from outlisten.charts.voices_chart import voice_names

    _ = words("cli", locale)
    names = voice_names(locale)
    parts = ("、" if locale == "zh-hans" else ", ").join(f"{names[name]} {n:,}" for name, n in found.items())
    return _("Posts left out because of their voice: {n:,} ({parts}). --voices all counts them.").format(
        n=sum(found.values()), parts=parts
    )
