"""Two queries beside each other: how much, how people feel, and the terms that set them apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from outlisten.insights.authors import count_authors
from outlisten.insights.error_rates import CLASSES, LocalLabels
from outlisten.insights.estimate import Estimate
from outlisten.insights.insight import Insight
from outlisten.insights.key_terms import keyness
from outlisten.insights.notes import Note
from outlisten.insights.tone_of_all import tone
from outlisten.insights.tone_shares import NET
from outlisten.insights.windows import UTC_ZONE
from outlisten.language import ModelCard
from outlisten.posts.store import ALL_TIME, PostStore, TimeRange
from outlisten.query import Query
from outlisten.words import Locale


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its query, posts and authors, and its tone (an insight with a row a class)."""

    query: str
    posts: int
    authors: int
    tone: Insight
    cut: bool

    def share(self, measure: str) -> Estimate | None:
        """The share of negative, neutral or positive, or `net`; None where there is not enough to say."""
        row = next(row for row in self.tone.table.to_pylist() if row["sentiment"] == measure)
        return None if row["share"] is None else Estimate(row["share"], row["low"], row["high"])

    def as_json(self, locale: Locale = "en") -> dict[str, Any]:
        """The side as the command line prints it."""
        shares = {name: share.as_json() if (share := self.share(name)) else None for name in (*CLASSES, NET)}
        return {
            "query": self.query,
            "posts": self.posts,
            "authors": self.authors,
            "sentiment": shares,
            "evidence": self.tone.evidence,
            "notes": _texts(self.tone.notes, locale),
            "cut": self.cut,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides and the terms that set them apart (`terms` is a keyness insight, side "query" being a)."""

    a: Side
    b: Side
    terms: Insight

    def as_json(self, locale: Locale = "en") -> dict[str, Any]:
        """`{"a", "b", "terms": [{"term", "log_odds", "low", "high", "authors", …}]}`: above zero leans to a.

        `authors` is the number on the side the term leans to.
        """
        return {
            "a": self.a.as_json(locale),
            "b": self.b.as_json(locale),
            "terms": [_term(row) for row in self.terms.table.to_pylist()],
            "notes": _texts(self.terms.notes, locale),
            "cut": self.a.cut or self.b.cut or self.terms.cut,
        }


def compare(
    store: PostStore,
    a: Query,
    b: Query,
    window: TimeRange = ALL_TIME,
    *,
    zone: ZoneInfo = UTC_ZONE,
    top: int = 20,
    card: ModelCard | None = None,
    labels: LocalLabels | None = None,
    seed: int = 0,
) -> Comparison:
    """Volume and corrected tone of two queries in one window, and up to `top` terms a side that part them."""
    ours, theirs = (_side(store, query, window, zone, card, labels, seed) for query in (a, b))
    return Comparison(ours, theirs, keyness(store, a, b, window, top=top, zone=zone, seed=seed))


def _side(
    store: PostStore,
    query: Query,
    window: TimeRange,
    zone: ZoneInfo,
    card: ModelCard | None,
    labels: LocalLabels | None,
    seed: int,
) -> Side:
    count = store.count(query, window=window)
    mood = tone(store, query, window, zone=zone, card=card, labels=labels, seed=seed)
    return Side(query.text, count.value, count_authors(store, query, window), mood, count.cut or mood.cut)


def _term(row: dict[str, Any]) -> dict[str, Any]:
    ours = row["side"] == "query"
    return {
        "term": row["term"],
        "log_odds": row["log_odds"],
        "low": row["low"],
        "high": row["high"],
        "authors": row["authors"] if ours else row["authors_against"],
        "side": "a" if ours else "b",
        "authors_a": row["authors"],
        "authors_b": row["authors_against"],
        "distinctive": row["distinctive"],
        "evidence": row["evidence"],
    }


def _texts(notes: tuple[Note, ...], locale: Locale) -> list[str]:
    return [note.text(locale) for note in notes]
