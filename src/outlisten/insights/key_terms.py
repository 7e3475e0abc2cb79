"""Which words and phrases set some posts apart from others."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal
from zoneinfo import ZoneInfo

import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

from outlisten.insights.author_words import author_words
from outlisten.insights.authors import AUTHOR_COLUMNS, author_keys, nameless_notes
from outlisten.insights.discoveries import benjamini_hochberg
from outlisten.insights.evidence import narrowed, opposite, phrase, reparsed
from outlisten.insights.insight import Insight
from outlisten.insights.log_odds import log_odds
from outlisten.insights.notes import Note
from outlisten.insights.own_words import own_words
from outlisten.insights.phrases import Pair
from outlisten.insights.redundant_terms import redundant
from outlisten.insights.rows import Rows, read_rows, texts_as_authors
from outlisten.insights.tone_shares import MINIMUM_AUTHORS
from outlisten.insights.windows import UTC_ZONE
from outlisten.posts.store import ALL_TIME, PostStore, TimeRange
from outlisten.query import Query
from outlisten.query.segmenting import segmenter

SIDE = 20_000  # posts read of each side: a few seconds of cutting words, and narrow intervals
FEWEST = 5  # authors on both sides together: below it a normal interval means nothing
WORD_COLUMNS = (*AUTHOR_COLUMNS, "stream", "sentences")
SIDES = ("query", "against")
COLUMNS = pa.schema(
    [
        ("term", pa.string()),
        ("side", pa.string()),
        ("log_odds", pa.float64()),
        ("low", pa.float64()),
        ("high", pa.float64()),
        ("zeta", pa.float64()),
        ("p", pa.float64()),
        ("distinctive", pa.bool_()),
        ("authors", pa.int64()),
        ("authors_against", pa.int64()),
        ("evidence", pa.string()),
    ]
)

_EMPTY = pl.DataFrame(schema={"term": pl.String, "side": pl.String})
_TOO_FEW = (Note("too_few_authors", {"minimum": MINIMUM_AUTHORS}),)


def keyness(
    store: PostStore,
    query: Query,
    against: Query | None = None,
    window: TimeRange = ALL_TIME,
    *,
    against_window: TimeRange | None = None,
    top: int = 20,
    without: Sequence[str] = (),
    counted: Literal["authors", "texts"] = "authors",
    zone: ZoneInfo = UTC_ZONE,
    size: int = SIDE,
    seed: int = 0,
) -> Insight:
    """The words and two-word phrases that most set the query's posts apart, and those of the other side.

    The other side is `against`; without it every post that does not match; with `against_window` alone, the
    same query in another window. Counted are authors who use the term. `log_odds` is above zero for the
    query's terms (`side` "query") and below for the others' ("against"). Rows are ranked by ζ, at most
    `top` a side; `distinctive` says whether a term stands after Benjamini–Hochberg at 5 % over all terms
    compared. The queries' own words and `without` are left out. Up to `size` posts a side are read; no rows
    below 30 authors a side. With `counted="texts"` the query's side counts its different texts instead: a
    company speaks through one account, and an answer sent a hundred times was written once.
    """
    asked = ((query, window), (_other_side(query, against, against_window), against_window or window))
    ours, theirs = (
        read_rows(store, question, WORD_COLUMNS, window=when, size=size, seed=seed)
        for question, when in asked
    )
    units = texts_as_authors(ours) if counted == "texts" else ours
    own = own_words([query, *([against] if against else [])], without)
    scored, notes = _scores(units, theirs, own.is_own) if _enough(units, theirs) else (_EMPTY, _TOO_FEW)
    table = _table(scored, dict(zip(SIDES, asked, strict=True)), top, zone)
    return Insight(
        "keyness",
        table,
        narrowed(query, window=window, zone=zone),
        "authors",
        "log-odds with informative Dirichlet prior, 95 %",
        (*_read_notes(ours, theirs), *_counted_notes(counted, units), *own.notes, *notes),
        window,
        ours.cut or theirs.cut,
        {"zone": zone.key, "seed": seed, "segmenter": segmenter()},
    )


def _other_side(query: Query, against: Query | None, against_window: TimeRange | None) -> Query:
    if against is None and against_window is None:
        return reparsed(opposite(query), like=query)
    return against or query


def _scores(ours: Rows, theirs: Rows, own: Callable[[str], bool]) -> tuple[pl.DataFrame, tuple[Note, ...]]:
    """Every term compared with its scores, the most telling first, and what to say about them."""
    said = author_words(ours.posts, theirs.posts, own)
    counts = said.counts.filter(pl.col("ours") + pl.col("theirs") >= FEWEST)
    if counts.is_empty() or not counts["ours"].sum() or not counts["theirs"].sum():
        return _EMPTY, (Note("nothing_to_compare"),)
    odds = log_odds(counts["ours"].to_numpy(), counts["theirs"].to_numpy())
    found = benjamini_hochberg(odds.p)
    scored = counts.with_columns(
        log_odds=odds.value,
        low=odds.low,
        high=odds.high,
        zeta=odds.zeta,
        p=odds.p,
        distinctive=found,
        side=pl.Series(SIDES).gather((odds.value < 0).astype(int)),
    )
    tested = Note("tested", {"tested": counts.height, "found": int(found.sum())})
    return _without_redundant(scored, said.phrases), (tested,)


def _without_redundant(scored: pl.DataFrame, phrases: Mapping[str, Pair]) -> pl.DataFrame:
    """The terms of both sides, most telling first, without those that a better one says."""
    ranked = scored.sort(pl.col("zeta").abs(), "term", descending=[True, False])
    hidden: set[tuple[str, str]] = set()
    for side, users in zip(SIDES, ("ours", "theirs"), strict=True):
        authors = dict(ranked.filter(pl.col("side") == side).select("term", users).iter_rows())
        hidden |= {(term, side) for term in redundant(authors, phrases)}
    kept = [key not in hidden for key in ranked.select("term", "side").iter_rows()]
    return ranked.filter(pl.Series(kept, dtype=pl.Boolean))


def _table(
    scored: pl.DataFrame, asked: Mapping[str, tuple[Query, TimeRange]], top: int, zone: ZoneInfo
) -> pa.Table:
    """The best terms of each side, the query's first."""
    rows = []
    for side, (question, window) in asked.items():
        for row in scored.filter(pl.col("side") == side).head(top).iter_rows(named=True):
            evidence = narrowed(question, phrase(row["term"]), window=window, zone=zone)
            rows.append(
                {**row, "authors": row["ours"], "authors_against": row["theirs"], "evidence": evidence}
            )
    return pa.Table.from_pylist(rows, schema=COLUMNS)


def _enough(*sides: Rows) -> bool:
    return all(len(author_keys(side.posts).unique()) >= MINIMUM_AUTHORS for side in sides)


def _read_notes(ours: Rows, theirs: Rows) -> tuple[Note, ...]:
    sampled = Note("sampled_against", {"n": theirs.posts.num_rows, "total": theirs.total})
    against = [
        *([sampled] if theirs.sampled else []),
        *([Note("cut")] if theirs.cut and not ours.cut else []),
    ]
    chinese = any(_has_han(side.posts) for side in (ours, theirs))
    cut_by = [Note("segmenter", {"segmenter": segmenter()})] if chinese else []
    return (*ours.notes, *against, *nameless_notes(ours.posts), *cut_by)


def _counted_notes(counted: str, units: Rows) -> tuple[Note, ...]:
    return (Note("texts_counted", {"n": units.posts.num_rows}),) if counted == "texts" else ()


def _has_han(posts: pa.Table) -> bool:
    return bool(pc.any(pc.match_substring_regex(posts["stream"], r"\p{Han}")).as_py())
