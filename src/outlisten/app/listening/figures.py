"""A chart ready for `web/_figure.html`: specification, sentence, notes, and the posts behind it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from outlisten.app.listening.filters import ALL_VOICES
from outlisten.app.listening.long_queries import abridged
from outlisten.app.listening.wording import locale
from outlisten.insights import Insight


@dataclass(frozen=True, slots=True)
class FigureTable:
    """The figures of a picture over time as a table: the names of its columns, and its rows, newest first.

    `gaps` names the last column where some bucket had a gap in collection; it is blank where none had.
    """

    columns: tuple[str, ...]
    rows: tuple[
        tuple[str, tuple[str, ...], str], ...
    ]  # when, a count for each column, the sources with a gap
    gaps: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """`spec` is a Vega-Lite specification, `label` says in words what it shows, `brush` names its brush.

    What is pinned of it: `pin_title`, `pin_sentence`, its number `pin_value`, and the address of its page, `page_url`;
    `pin_measure` names what can be asked again (decisions/queries/again.py).
    """

    id: str
    spec: Mapping[str, Any] | None
    label: str
    title: str = ""
    sentence: str = ""
    posts_url: str = ""
    notes: tuple[str, ...] = ()
    size: str = ""
    brush: str = ""
    foot: str = ""
    table: FigureTable | None = None
    pin_title: str = ""
    pin_sentence: str = ""
    pin_measure: str = ""
    pin_value: float | None = None
    page_url: str = ""

    @property
    def spec_id(self) -> str:
        return f"{self.id}-spec"

    @property
    def drawn(self) -> Any:
        """The specification as it travels in the page: every mark's evidence as it stands in an address."""
        return _abridged(self.spec)


def posts_behind(evidence: str) -> str:
    """Where Listen shows the posts of an evidence query, which names its own days and voices."""
    return f"{reverse('listen')}?{urlencode({'q': abridged(evidence), 'period': 'all', 'voice': ALL_VOICES})}"


def _abridged(part: Any) -> Any:
    if isinstance(part, Mapping):
        return {
            name: abridged(value) if name == "evidence" and isinstance(value, str) else _abridged(value)
            for name, value in part.items()
        }
    return [_abridged(one) for one in part] if isinstance(part, list) else part


def notes_of(insight: Insight) -> tuple[str, ...]:
    """An insight's notes in the reader's language."""
    return tuple(note.text(locale()) for note in insight.notes)
