"""The one sentence a panel starts with: how much, how people feel, and what changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from outlisten.insights.authors import AUTHOR_COLUMNS, count_authors, design_effect, posts_per_author
from outlisten.insights.error_rates import LocalLabels
from outlisten.insights.estimate import Estimate
from outlisten.insights.evidence import having, narrowed
from outlisten.insights.figures_in_words import change_said, count_in_words, share_said
from outlisten.insights.notes import Note
from outlisten.insights.rate_ratio import rate_ratio
from outlisten.insights.rows import ROWS, Rows, read_rows
from outlisten.insights.timeline import undated_notes
from outlisten.insights.tone_reading import read_tone
from outlisten.insights.tone_shares import MINIMUM_AUTHORS, Tone
from outlisten.insights.windows import UTC_ZONE, previous
from outlisten.language import ModelCard
from outlisten.posts.store import ALL_TIME, PostStore, TimeRange
from outlisten.query import Query
from outlisten.words import Locale, words

FEWEST_POSTS = 10  # in either window: below it the change's interval spans a factor of three and more


@dataclass(frozen=True, slots=True)
class Headline:
    """The facts of the sentence.

    `negative` and `change` are None where there is not enough to say; `change` is a ratio (1.18 is 18 %
    more). `days` is the window's length, None when it is open.
    """

    posts: int
    authors: int
    negative: Estimate | None
    change: Estimate | None
    days: float | None
    evidence: str
    evidence_negative: str
    evidence_before: str | None
    notes: tuple[Note, ...]
    cut: bool

    def sentence(self, locale: Locale = "en") -> str:
        """The facts as one line, each figure with its interval."""
        return _sentence(self, locale)


def headline(
    store: PostStore,
    query: Query | None,
    window: TimeRange = ALL_TIME,
    *,
    zone: ZoneInfo = UTC_ZONE,
    card: ModelCard | None = None,
    labels: LocalLabels | None = None,
    size: int = ROWS,
    seed: int = 0,
) -> Headline:
    """Posts, distinct authors, the corrected share of negative authors, and the change on the window before.

    The change is the ratio of posts to those of the window of the same length just before; its interval
    counts that one person may write many posts. It is left out, with a note, when the window is open, when
    the store begins inside the window before, and when either window has fewer than ten posts.
    """
    count = store.count(query, window=window)
    reading = read_tone(store, query, window, card=card, labels=labels, size=size, seed=seed)
    change = _change(store, query, window, reading.rows, size=size, seed=seed)
    before = previous(window)
    return Headline(
        count.value,
        count_authors(store, query, window),
        reading.whole.of("negative"),
        change.ratio,
        _days(window),
        narrowed(query, window=window, zone=zone),
        narrowed(query, having("sentiment", "negative"), window=window, zone=zone),
        narrowed(query, window=before, zone=zone) if before else None,
        (*reading.notes, *_too_few(reading.whole), *change.notes, *undated_notes(store, query)),
        count.cut or reading.rows.cut,
    )


@dataclass(frozen=True, slots=True)
class _Change:
    ratio: Estimate | None
    notes: tuple[Note, ...] = ()


def _change(
    store: PostStore, query: Query | None, window: TimeRange, after: Rows, *, size: int, seed: int
) -> _Change:
    before, days = previous(window), store.days()
    if before is None or before.start is None:
        return _Change(None, (Note("no_window_before"),))
    if days is None or before.start.date() < days[0]:
        return _Change(None, (Note("before_not_kept", {"first": days[0].isoformat()}),) if days else ())
    earlier = read_rows(store, query, AUTHOR_COLUMNS, window=before, size=size, seed=seed)
    if min(after.total, earlier.total) < FEWEST_POSTS:
        return _Change(None, (Note("too_few_to_compare", {"minimum": FEWEST_POSTS}),))
    effects = [design_effect(posts_per_author(rows.posts), rows.share) for rows in (after, earlier)]
    ratio = rate_ratio(after.total, earlier.total, design_after=effects[0], design_before=effects[1])
    return _Change(ratio, (Note("cut"),) if earlier.cut and not after.cut else ())


def _too_few(whole: Tone) -> tuple[Note, ...]:
    return (Note("too_few_authors", {"minimum": MINIMUM_AUTHORS}),) if whole.shares is None else ()


def _days(window: TimeRange) -> float | None:
    if window.start is None or window.end is None:
        return None
    return (window.end - window.start) / timedelta(days=1)


def _sentence(facts: Headline, locale: Locale) -> str:
    _ = words("insights", locale)
    if not facts.posts:
        return _("No posts.")
    counts = {"posts": count_in_words(facts.posts), "authors": count_in_words(facts.authors)}
    parts = [_("{posts} posts by {authors} people").format(**counts), _negative(facts.negative, locale)]
    if facts.change and facts.days:
        parts.append(_change_said(facts.change, facts.days, locale))
    return " · ".join(parts)


def _negative(share: Estimate | None, locale: Locale) -> str:
    _ = words("insights", locale)
    if share is None:
        return _("tone: not enough to say")
    said = share_said(share, locale)
    return _("{share} negative {interval}").format(share=said.value, interval=said.ends)


def _change_said(ratio: Estimate, days: float, locale: Locale) -> str:
    _ = words("insights", locale)
    said = change_said(ratio, locale)
    if days < 2:
        text, n = _("{change} on the {n} hours before {interval}"), round(days * 24)
    else:
        text, n = _("{change} on the {n} days before {interval}"), round(days)
    return text.format(change=said.value, n=n, interval=said.ends)
