"""Asking the rules: the same query text finds posts that arrive and posts kept earlier."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pyarrow as pa
from django.core.exceptions import ValidationError

from outlisten.app.care.models import Rule
from outlisten.app.care.own_names import addressed_to_us
from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.wording import locale
from outlisten.query import Matcher, Query, parse

# A company does not open cases about its own words.
NOT_OURS = "-voice:owned -voice:employee -voice:partner -voice:paid"


def whole_query(rule: Rule) -> str:
    """A rule with its conditions as one query text; blank for a rule that can find nothing yet.

    A rule for posts addressed to us finds nothing while no brand of ours is known.
    """
    parts = [f"({rule.query})"]
    if rule.addressed:
        ours = addressed_to_us()
        if not ours:
            return ""
        parts.append(f"({ours})")
    return " ".join([*parts, NOT_OURS])


def parsed(rule: Rule) -> Query | None:
    """The whole query, read as it is for posts that arrive; None when the rule can find nothing."""
    text = whole_query(rule)
    query = parse(text, read_in(zone_of(workspace()))) if text else None
    return query if query is not None and query.valid else None


def check_query(rule: Rule) -> None:
    """Refuse a query that cannot be understood, or that would make everything anybody writes a case.

    Addressed to us is narrow enough for a query that only filters. Raises ValidationError, a sentence for each error.
    """
    query = parse(rule.query, read_in(zone_of(workspace())), saving=not rule.addressed)
    if not query.valid:
        said = [message.text(locale()) for message in query.messages if message.level == "error"]
        raise ValidationError({"query": said})


def rule_hits(posts: pa.Table, rules: Iterable[Rule] | None = None) -> Mapping[str, Rule]:
    """post id → the first rule that finds it; asks the rules that are on unless others are given."""
    ordered = list(Rule.objects.filter(on=True) if rules is None else rules)
    matcher = Matcher()
    for place, rule in enumerate(ordered):
        query = parsed(rule)
        if query is not None:
            matcher.add(f"{place:05}", query)
    hits: dict[str, Rule] = {}
    for name, post in matcher.match(posts) if ordered else ():
        hits.setdefault(post, ordered[int(name)])
    return hits
