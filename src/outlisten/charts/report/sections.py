"""The figures of the report, each with its sentence, picture, rows, notes, and the query behind it."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from outlisten import charts, insights
from outlisten.insights.estimate import Estimate
from outlisten.insights.evidence import bracketed
from outlisten.insights.figures_in_words import count_in_words, percent, share_in_words
from outlisten.insights.insight import Insight
from outlisten.posts.store import PostStore, TimeRange
from outlisten.query import Query, parse
from outlisten.words import Locale, words

# Terms listed of each side below the picture.
TERMS = 15
# px; as wide as the text beside it.
WIDTH = 790


@dataclass(frozen=True, slots=True)
class Asked:
    """The question of the report: a subject and those beside it, in a window."""

    store: PostStore
    name: str
    query: Query
    rivals: Mapping[str, Query]
    window: TimeRange
    zone: ZoneInfo
    locale: Locale
    all_voices: Query


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below a picture; `numeric` names the columns (by place) that hold numbers."""

    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    numeric: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Section:
    """One figure of the report. `picture` is an SVG as a data address; as an image it can run nothing."""

    title: str
    sentence: str
    picture: str
    notes: tuple[str, ...]
    evidence: str
    unit: str
    interval: str | None
    table: Table | None = None


Maker = Callable[[Asked], Section]


def makers(asked: Asked) -> list[Maker]:
    """The figures this question has: shares of voice only beside others."""
    beside = [share_of_voice] if asked.rivals else []
    return [volume, tone, sentiment, *beside, keyness, voices, sources, authors]


def volume(asked: Asked) -> Section:
    """How many posts, over time."""
    insight = insights.volume(asked.store, asked.query, asked.window, zone=asked.zone)
    return _section(asked, insight, charts.volume(insight, asked.locale))


def tone(asked: Asked) -> Section:
    """How people feel, in the whole window."""
    insight = insights.tone(asked.store, asked.query, asked.window, zone=asked.zone)
    return _section(asked, insight, charts.tone(insight, asked.locale))


def sentiment(asked: Asked) -> Section:
    """How people feel, over time."""
    insight = insights.sentiment(asked.store, asked.query, asked.window, zone=asked.zone)
    return _section(asked, insight, charts.sentiment(insight, asked.locale))


def share_of_voice(asked: Asked) -> Section:
    """How much of what is said of all of them is said of each."""
    topics = {asked.name: asked.query, **asked.rivals}
    insight = insights.share_of_voice(asked.store, topics, asked.window, zone=asked.zone)
    _ = words("report", asked.locale)
    rows = [
        (
            row["topic"],
            count_in_words(row["posts"]),
            count_in_words(row["authors"]),
            _share(row, asked.locale),
        )
        for row in insight.table.to_pylist()
    ]
    table = Table((_("Name"), _("Posts"), _("Authors"), _("Share")), rows, frozenset({1, 2, 3}))
    chart = charts.share_of_voice(insight, asked.locale, own=[asked.name])
    return _section(asked, insight, chart, table)


def keyness(asked: Asked) -> Section:
    """The words that set the subject apart from its rivals, or without any from all other posts."""
    others = _any_of(list(asked.rivals.values()))
    insight = insights.keyness(asked.store, asked.query, others, asked.window, zone=asked.zone)
    _ = words("report", asked.locale)
    names = (asked.name, _others(asked))
    rows = [_term(row, names) for row in insight.table.to_pylist()]
    listed = [row for side in names for row in [r for r in rows if r[1] == side][:TERMS]]
    head = (_("Term"), _("Leans to"), _("Authors: {name}").format(name=names[0]),
            _("Authors: {name}").format(name=names[1]), _("Log-odds, 95 %"))  # fmt: skip
    table = Table(head, listed, frozenset({2, 3, 4})) if listed else None
    return _section(asked, insight, charts.keyness(insight, asked.locale, names=names), table)


def voices(asked: Asked) -> Section:
    """Who speaks, of all voices: how much of it is earned, and how much companies say themselves."""
    insight = insights.voices_over_time(asked.store, asked.all_voices, asked.window, zone=asked.zone)
    _ = words("report", asked.locale)
    counts: dict[str, int] = {}
    for row in insight.table.to_pylist():
        counts[row["voice"]] = counts.get(row["voice"], 0) + row["posts"]
    names = charts.voice_names(asked.locale)
    rows = [(name, count_in_words(counts[voice])) for voice, name in names.items() if counts.get(voice)]
    table = Table((_("Voice"), _("Posts")), rows, frozenset({1}))
    return _section(asked, insight, charts.voices_over_time(insight, asked.locale), table)


def sources(asked: Asked) -> Section:
    """Where it was said."""
    insight = insights.top_sources(asked.store, asked.query, asked.window, zone=asked.zone)
    _ = words("report", asked.locale)
    rows = [
        (row["source"] or _("not known"), count_in_words(row["posts"]), count_in_words(row["authors"]),
         "" if row["share"] is None else percent(row["share"], asked.locale))
        for row in insight.table.to_pylist()
    ]  # fmt: skip
    table = Table((_("Platform"), _("Posts"), _("Authors"), _("Share of posts")), rows, frozenset({1, 2, 3}))
    return _section(asked, insight, charts.top_sources(insight, asked.locale), table)


def authors(asked: Asked) -> Section:
    """Who said most of it."""
    insight = insights.top_authors(asked.store, asked.query, asked.window, zone=asked.zone)
    return _section(asked, insight, charts.top_authors(insight, asked.locale))


def _section(asked: Asked, insight: Insight, chart: Any, table: Table | None = None) -> Section:
    _ = words("report", asked.locale)
    return Section(
        title=_titles(_)[insight.name],
        sentence=charts.alt_text(insight, asked.locale),
        picture="data:image/svg+xml;base64,"
        + b64encode(charts.svg(chart, width=WIDTH).encode("utf-8")).decode("ascii"),
        notes=tuple(note.text(asked.locale) for note in insight.notes),
        evidence=insight.evidence,
        unit=_("Counted: authors.") if insight.unit == "authors" else _("Counted: posts."),
        interval=_methods(_).get(insight.interval or ""),
        table=table,
    )


def _any_of(queries: Sequence[Query]) -> Query | None:
    """One query for the posts of any of them."""
    if len(queries) < 2:
        return queries[0] if queries else None
    return parse(" OR ".join(bracketed(query.text) for query in queries), queries[0].context)


def _others(asked: Asked) -> str:
    _ = words("report", asked.locale)
    if len(asked.rivals) == 1:
        return next(iter(asked.rivals))
    return _("the others") if asked.rivals else _("all other posts")


def _titles(_: Callable[[str], str]) -> dict[str, str]:
    return {
        "volume": _("How much is said"),
        "tone": _("How people feel"),
        "sentiment": _("How that changed"),
        "share_of_voice": _("Beside the others"),
        "keyness": _("What sets it apart"),
        "voices_over_time": _("Who speaks"),
        "top_sources": _("Where it is said"),
        "top_authors": _("Who says it"),
    }


def _methods(_: Callable[[str], str]) -> dict[str, str]:
    """How each kind of interval is made, in the reader's words."""
    return {
        "Wilson, 95 %": _("95 %, after Wilson."),
        "adjusted count, delta method, 95 %": _(
            "95 %, corrected for the model's errors (adjusted count, delta method)."
        ),
        "ratio of two counts, 95 %": _("95 %, for the ratio of two counts."),
        "bootstrap over authors, 95 %": _("95 %, by a bootstrap over authors."),
        "log-odds with informative Dirichlet prior, 95 %": _(
            "95 %, log-odds with an informative Dirichlet prior (Monroe, Colaresi and Quinn 2008)."
        ),
    }


def _share(row: Mapping[str, Any], locale: Locale) -> str:
    if row["share"] is None:
        _ = words("report", locale)
        return _("not enough to say")
    return share_in_words(Estimate(row["share"], row["low"], row["high"]), locale)


def _term(row: Mapping[str, Any], names: tuple[str, str]) -> tuple[str, ...]:
    leans = names[0] if row["side"] == "query" else names[1]
    odds = f"{row['log_odds']:+.1f} ({row['low']:+.1f} … {row['high']:+.1f})".replace("-", "−")
    return row["term"], leans, count_in_words(row["authors"]), count_in_words(row["authors_against"]), odds
