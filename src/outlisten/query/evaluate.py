"""The reference evaluator: whether one post matches a query. Slow, and written to be seen to be right.

It defines the meaning. SQL and the live matcher must agree with it on every query and every post.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from struct import pack, unpack

from outlisten.query.addresses import is_within, lies_under
from outlisten.query.fields import small
from outlisten.query.moments import Clock
from outlisten.query.parser import Query
from outlisten.query.spans import Scope, spans, times
from outlisten.query.tree import (
    Address,
    And,
    AtLeast,
    Code,
    Dates,
    Exact,
    Flag,
    Hashtag,
    Label,
    Listed,
    Loose,
    Mention,
    Near,
    Node,
    Not,
    Number,
    Or,
    Person,
    Saved,
    Wild,
    Within,
    Word,
    Words,
    has_dates,
)
from outlisten.query.view import View

SHOWN = {"link": "links", "tag": "hashtags", "mention": "mentions"}
SINGLE_PRECISION = frozenset({"rating", "sentiment_score", "urgency"})


def matches(query: Query, post: Mapping[str, object]) -> bool:
    """Whether the post matches. Raises ValueError when the query is not valid."""
    if query.tree is None:
        raise ValueError("a query with mistakes cannot be asked")
    view, clock = View(post), query.context.clock
    # A post without a date is found by no query that asks for dates, wherever in it they stand.
    if has_dates(query.tree) and view.written_at(clock.zone) is None:
        return False
    return holds(query.tree, view, clock)


def holds(node: Node, view: View, clock: Clock, scope: Scope = None) -> bool:
    """Whether a part of a query holds for a post."""
    match node:
        case And(parts):
            return all(holds(part, view, clock, scope) for part in parts)
        case Or(parts):
            return any(holds(part, view, clock, scope) for part in parts)
        case Not(part):
            return not holds(part, view, clock, scope)
        case Within(field, part):
            return holds(part, view.quoted if field == "quoted" else view, clock, field)
        case Saved(_, part):
            return holds(part, view, clock, scope)
        case Exact(characters) if scope != "quoted":
            return view.holds_exactly(characters, scope)
        case AtLeast(count, part):
            return times(spans(part, view, scope)) >= count
        case Words() | Wild() | Loose() | Word() | Near() | Exact():
            return bool(spans(node, view, scope))
        case Dates():
            return _is_between(node, view, clock)
        case _:
            return _field_holds(node, view)


def _is_between(node: Dates, view: View, clock: Clock) -> bool:
    written_at = view.written_at(clock.zone)
    start, end = date_bounds(node, clock)
    return written_at is not None and start <= written_at < end


def date_bounds(node: Dates, clock: Clock) -> tuple[float, float]:
    """From when (included) to when (excluded), in seconds since 1970; infinite where open."""
    start = node.start.span(clock)[0].timestamp() if node.start else float("-inf")
    end = node.end.span(clock)[1].timestamp() if node.end else float("inf")
    return start, end


def _field_holds(node: Node, view: View) -> bool:
    match node:
        case Hashtag(name, prefix):
            tags = view.entities("hashtags")
            return any(tag.startswith(name) for tag in tags) if prefix else name in tags
        case Mention(name):
            return name in view.entities("mentions")
        case Code(name):
            return name in view.entities("codes")
        case Person(field, name, wild):
            names = view.addressees if field == "to" else view.authors
            return any(map(name_pattern(name).fullmatch, names)) if wild else name in names
        case Listed(_, accounts, sites):
            site = view.text("site")
            return not accounts.isdisjoint(view.authors) or any(is_within(site, each) for each in sites)
        case Address(field, value):
            return _has_address(field, value, view)
        case Label():
            return _is_labelled(node, view)
        case Flag(field, value):
            return _has_flag(field, value, view)
        case Number():
            return _is_in_range(node, view)
        case _:
            raise TypeError(f"{type(node).__name__} is not a part of a query")


@lru_cache(1024)
def name_pattern(name: str) -> re.Pattern[str]:
    """A name in which `*` stands for any characters; quick on any name, as tokens with wildcards are."""
    first, *rest = map(re.escape, name.split("*"))
    between = "".join(f"(?>.*?{piece})" for piece in rest[:-1])
    return re.compile(first + between + "".join(f".*{last}" for last in rest[-1:]), re.DOTALL)


def name_source(name: str) -> str:
    """The same as text that Python and RE2 both read."""
    return ".*".join(map(re.escape, name.split("*")))


def _has_address(field: str, value: str, view: View) -> bool:
    if field == "link":
        return any(lies_under(address, value) for address in view.entities("links"))
    if field == "url":
        return label_contains(view.text("url"), value)
    return is_within(view.text("site"), value)


def label_contains(whole: str, part: str) -> bool:
    """Whether one text holds another, letters A to Z in any case."""
    return small(part) in small(whole)


def _is_labelled(node: Label, view: View) -> bool:
    labels = view.labels(node.field)
    if node.field == "lang":
        return any(label == node.value or label.startswith(f"{node.value}-") for label in labels)
    if node.floor is None:
        return node.value in labels
    score = view.number("sentiment_score")
    return node.value in labels and score is not None and single(score) >= single(node.floor)


def _has_flag(field: str, value: str, view: View) -> bool:
    if value in view.labels(field):
        return True
    if field == "is":
        return False
    return bool(view.entities(SHOWN[value])) if value in SHOWN else view.number(value) is not None


def _is_in_range(node: Number, view: View) -> bool:
    number = view.number(node.field)
    if number is None:
        return False
    low, high = node.low, node.high
    if node.field in SINGLE_PRECISION:
        number = single(number)
        low, high = (None if bound is None else single(bound) for bound in (low, high))
    above = low is None or (number >= low if node.low_included else number > low)
    below = high is None or (number <= high if node.high_included else number < high)
    return above and below


def single(number: float) -> float:
    """The number as the store keeps ratings and probabilities: in four bytes."""
    return float(unpack("f", pack("f", min(max(number, -3e38), 3e38)))[0])
