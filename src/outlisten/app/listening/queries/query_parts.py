"""What each part of a typed query does to what is found, under the page's filters and in its period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.listening.figures import notes_of, posts_behind
from outlisten.app.listening.long_queries import too_long_for_an_address
from outlisten.app.listening.queries.remembered import remembered
from outlisten.app.listening.questions import Question
from outlisten.app.listening.store import posts
from outlisten.insights import contributions
from outlisten.insights.contributions import evidence_of_part
from outlisten.insights.figures_in_words import count_in_words
from outlisten.query import Query, parse, parts

MOST_MARKED = 500  # parts; where there are more, the query is not shown with their places
ICONS = {"requires": "filter", "excludes": "x", "offers": "plus"}


@dataclass(frozen=True, slots=True)
class PartDone:
    """A part as typed, and in a sentence what it does; `idle` when that is nothing."""

    place: int
    typed: str
    effect: str
    posts: int | None  # None where the time to count them ran out
    posts_url: str

    @property
    def idle(self) -> bool:
        return self.posts == 0

    @property
    def icon(self) -> str:
        return "circle-dashed" if self.idle else ICONS[self.effect]

    @property
    def sentence(self) -> str:
        """“leaves out 4,120 posts”."""
        if self.posts is None:
            return _("too much to be counted in time")
        if self.effect == "offers":
            said = ngettext("%(n)s post comes only from this", "%(n)s posts come only from this", self.posts)
        elif self.effect == "excludes":
            said = ngettext("leaves out %(n)s post", "leaves out %(n)s posts", self.posts)
        else:
            said = ngettext(
                "takes away %(n)s post that lacks it", "takes away %(n)s posts that lack it", self.posts
            )
        return said % {"n": count_in_words(self.posts)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the query that the same parts stand on; `parts` are their places in the list."""

    text: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PartsDone:
    """The parts in the order they were typed, the query cut where they begin and end, and what limits the counts."""

    parts: list[PartDone]
    pieces: list[Piece]
    notes: tuple[str, ...]
    next: int | None = None  # how many were counted, where there are more


def parts_done(question: Question, after: int = 0) -> PartsDone:
    """What each part does among the posts that the filters let through; without the first `after` ones."""
    typed = question.typed
    if typed is None or not typed.valid:
        return PartsDone([], [], ())
    among, zone = _among(question), question.as_of.zone
    insight = remembered(
        "parts",
        question,
        lambda: contributions(posts(), typed, question.window, among=among, zone=zone, after=after),
        str(after),
    )
    rows = insight.table.to_pylist()
    done = [
        PartDone(place := row["place"], row["part"], row["effect"], row["posts"],
                 _behind(question, place, row["evidence"]))
        for row in rows
    ]  # fmt: skip
    every = parts(typed)
    pieces = [] if after or len(every) > MOST_MARKED else _pieces(typed.text, [part.at for part in every])
    more = any(note.code == "first_parts" for note in insight.notes)
    return PartsDone(done, pieces, notes_of(insight), after + len(rows) if more else None)


def posts_of_part(question: Question, place: int) -> str:
    """Where the posts of a part are shown, by its place among the parts. Raises ValueError and IndexError."""
    if question.typed is None or place < 0:
        raise IndexError(place)
    among, zone = _among(question), question.as_of.zone
    return posts_behind(evidence_of_part(question.typed, place, question.window, among=among, zone=zone))


def _behind(question: Question, place: int, evidence: str) -> str:
    """The address of a part's posts; of a long query it is made when it is followed: each would be kept by itself."""
    if too_long_for_an_address(evidence):
        return f"{reverse('listen_part')}?{question.address(part=str(place))}"
    return posts_behind(evidence)


def _among(question: Question) -> Query | None:
    filters = question.filters.query_text()
    return parse(filters, question.as_of.context) if filters else None


def _pieces(text: str, spans: Sequence[tuple[int, int]]) -> list[Piece]:
    edges = sorted({0, len(text), *(edge for span in spans for edge in span)})
    return [
        Piece(
            text[start:end],
            tuple(n for n, (first, last) in enumerate(spans) if first <= start and end <= last),
        )
        for start, end in pairwise(edges)
    ]
