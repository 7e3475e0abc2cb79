"""What the page Listen shows: the count, the time line, facets and posts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import pyarrow as pa
from django.core.cache import cache
from django.http import QueryDict

from outlisten.app.listening.clock import AsOf, as_of
from outlisten.app.listening.labels import field_label, value_label
from outlisten.app.listening.periods import bucket_for
from outlisten.app.listening.queries.left_out import LeftOut, left_out
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.queries.time_line import time_line
from outlisten.app.listening.questions import Question, read_question
from outlisten.app.listening.rows import COLUMNS, Line, lines
from outlisten.app.listening.sight import sees_private
from outlisten.app.listening.store import posts
from outlisten.app.people.rules import Act, Actor, require
from outlisten.insights import Insight
from outlisten.posts.store import Bucket, Budget
from outlisten.query import Query, parse
from outlisten.query.fields import COLUMN_OF

FACETS = ("sentiment", "platform", "lang", "to", "site", "voice")
UNTOLD = (None, "", "unknown")
PAGE = 30
# A person waits for this page; what takes longer is cut, and the page says so.
PATIENCE = Budget(rows=10_000, seconds=8.0)
TYPING = Budget(rows=1, seconds=2.0)
MENU = Budget(rows=30, seconds=2.0)


def today() -> AsOf:
    """The moment default periods count from."""
    return as_of(workspace(), posts())


def ask(actor: Actor, address: QueryDict, *, saving: bool = False) -> Question:
    """The question an address asks, for somebody who may search. Raises Refused.

    With `saving` the query is read as saved ones are, which must look for something.
    """
    require(actor, Act.SEARCH)
    return read_question(address, today(), saving=saving)


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet: its share is of the biggest one, for the length of its bar."""

    value: str | None
    label: str
    posts: int
    percent: float
    chosen: bool
    address: str  # the question with this value put in or taken out; blank for *not known*


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    values: list[FacetValue]


def facets(question: Question, tables: Mapping[str, pa.Table]) -> list[Facet]:
    """The facets worth showing: those in which some value is known."""
    shown = (facet(question, name, tables[name]) for name in FACETS if name in tables)
    return [f for f in shown if any(v.value not in UNTOLD for v in f.values)]


def facet(question: Question, name: str, table: pa.Table) -> Facet:
    """One facet, biggest value first, with the address each value leads to."""
    rows = table.to_pylist()
    most = max((row["posts"] for row in rows), default=1) or 1
    values = [
        FacetValue(
            value=row["value"],
            label=value_label(name, row["value"]),
            posts=row["posts"],
            percent=round(100 * row["posts"] / most, 1),
            chosen=question.filters.has(name, row["value"] or ""),
            address=question.with_filter(name, row["value"]) if row["value"] else "",
        )
        for row in rows
    ]
    return Facet(name, field_label(name), values)


def marks(question: Question) -> Facet | None:
    """What posts are marked as; None where none is."""
    found = posts().facets(question.query, ["flags"], top=8, window=question.window, budget=PATIENCE)["flags"]
    shown = facet(question, "flag", found.table)
    known = [value for value in shown.values if value.value]
    return replace(shown, values=known) if known else None


def bucket_of(question: Question) -> Bucket:
    """The width of a bar: from the period, or from what the store holds when the period is open."""
    first, last = question.period.first_and_last(question.as_of.today)
    span = posts().days()
    first, last = first or (span and span[0]), last or (span and span[1])
    return bucket_for((last - first).days + 1) if first and last else "day"


@dataclass(frozen=True, slots=True)
class Listed:
    """Posts newest first, and the cursor of the next page."""

    lines: list[Line]
    after: str | None


@dataclass(frozen=True, slots=True)
class Overview:
    """The first screen: counts, the time line, facets, and the newest posts."""

    count: int
    cut: bool
    timeline: Insight
    facets: list[Facet]
    listed: Listed


def overview(question: Question) -> Overview:
    """Everything the first screen needs, in as few engine calls as the store can."""
    bucket = bucket_of(question)
    found = posts().dashboard(
        question.query,
        bucket=bucket,
        zone=question.as_of.zone,
        fields=FACETS,
        top=8,
        newest=PAGE,
        columns=COLUMNS,
        window=question.window,
        budget=PATIENCE,
    )
    return Overview(
        count=found.count,
        cut=found.cut,
        timeline=time_line(question, found, bucket),
        facets=facets(question, found.facets),
        listed=Listed(lines(found.newest.posts, question.query), found.newest.after),
    )


def left_out_of(question: Question) -> LeftOut | None:
    """What the filter of voices leaves out of this question."""
    return left_out(question.before_voices, question.filters.voices, question.window, question.as_of.context)


def nothing_kept() -> bool:
    """Whether the store is empty."""
    return posts().count(None, budget=TYPING).value == 0


def page_of_posts(question: Question, after: str | None = None) -> Listed:
    """The posts after a cursor, or the newest ones. Raises ValueError for a cursor that is not ours."""
    page = posts().search(
        question.query, window=question.window, limit=PAGE, after=after, columns=COLUMNS, budget=PATIENCE
    )
    return Listed(lines(page.posts, question.query), page.after)


def known_values(name: str) -> list[str]:
    """The values of a field in the whole store, biggest first; looked up at most once a minute."""
    key = f"listening.known.{name}.{sees_private()}"
    found = cache.get(key)
    if found is None:
        column = COLUMN_OF.get(name, name)
        table = posts().facets(None, [column], top=MENU.rows, budget=MENU)[column].table
        found = [value for value in table["value"].to_pylist() if value]
        cache.set(key, found, 60)
    return list(found)


def opened_from(text: str) -> Query | None:
    """The query a post was opened from, when it is one."""
    query = parse(text, today().context) if text else None
    return query if query is not None and query.valid else None
