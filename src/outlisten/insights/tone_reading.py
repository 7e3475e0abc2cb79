"""Posts read for their tone, with the error rates to correct it and what must be said about both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from outlisten.insights.adjusted_count import ErrorRates, Origin
from outlisten.insights.authors import nameless_notes
from outlisten.insights.error_rates import LocalLabels, error_rates
from outlisten.insights.insight import Unit
from outlisten.insights.models_behind import models_note
from outlisten.insights.notes import Note
from outlisten.insights.rows import ROWS, Rows, read_rows
from outlisten.insights.tone_shares import TONE_COLUMNS, Tone, tone_frame, tone_of
from outlisten.language import ModelCard, model_card
from outlisten.posts.store import PostStore, TimeRange
from outlisten.query import Query

ORIGIN_NOTES: Mapping[Origin, str] = {"public": "public_error_rates", "local": "local_error_rates"}


@dataclass(frozen=True)
class ToneReading:
    """Posts that have a tone (`frame`), and the usable error rates of their languages."""

    rows: Rows
    frame: pl.DataFrame
    rates: Mapping[str, ErrorRates]
    unit: Unit = "authors"

    @property
    def notes(self) -> tuple[Note, ...]:
        """What was left out, what was sampled, and where the error rates come from."""
        fits = self.whole.shares is None or self.whole.shares.fits
        doubt = () if fits else (Note("rates_do_not_fit"),)
        return (
            *self.rows.notes,
            *nameless_notes(self.rows.posts),
            *self._left_out(),
            *self._origins(),
            *models_note(Counter(self.rows.posts["model"].to_pylist())),
            *doubt,
        )

    @cached_property
    def whole(self) -> Tone:
        """The tone of all posts read."""
        return tone_of(self.frame, self.rates, self.unit)

    def _left_out(self) -> list[Note]:
        read, unknown = self.rows.posts.num_rows, self.frame.filter(~pl.col("lang").is_in(list(self.rates)))
        notes = []
        if self.frame.height < read:
            notes.append(Note("unread", {"n": read - self.frame.height, "total": read}))
        if unknown.height:
            languages = _names(unknown["lang"].to_list())
            notes.append(Note("no_error_rates", {"n": unknown.height, "languages": languages}))
        return notes

    def _origins(self) -> list[Note]:
        notes = []
        for origin, code in ORIGIN_NOTES.items():
            used = {lang: rates for lang, rates in self.rates.items() if rates.origin == origin}
            if used:
                labels = int(sum(rates.counts.sum() for rates in used.values()))
                notes.append(Note(code, {"n": labels, "languages": _names(used)}))
        return notes


def read_tone(
    store: PostStore,
    query: Query | None,
    window: TimeRange,
    *,
    card: ModelCard | None = None,
    labels: LocalLabels | None = None,
    unit: Unit = "authors",
    size: int = ROWS,
    seed: int = 0,
) -> ToneReading:
    """Read posts for their tone. The error rates of `card` hold until there are enough local labels."""
    rows = read_rows(store, query, TONE_COLUMNS, window=window, size=size, seed=seed)
    frame = tone_frame(rows.posts)
    languages = sorted({lang for lang in frame["lang"].to_list() if lang})
    return ToneReading(rows, frame, error_rates(languages, card or model_card(), labels), unit)


def _names(languages: Mapping[str, object] | list[str | None]) -> str:
    return ", ".join(sorted({lang or "?" for lang in languages}))
