"""Why an alert fired: the posts, people, words and places that make it up."""

from __future__ import annotations

from typing import Any

from outlisten.app.alerts.judging.asked import COMPLAINS, Asked
from outlisten.app.alerts.models import AlertRule, Kind
from outlisten.app.listening.filters import both
from outlisten.app.sources.models import Source
from outlisten.insights.authors import count_authors
from outlisten.insights.evidence import narrowed
from outlisten.insights.key_terms import keyness
from outlisten.posts.store import Budget, TimeRange
from outlisten.query import Query, parse

MOST_IDS = 300
TERMS = 6
PLACES = 4
PATIENCE = Budget(rows=10_000, seconds=8.0)


def query_of(question: Asked, rule: AlertRule) -> Query:
    """What the alert is about: all posts of the topic, or those that complain."""
    if rule.kind != Kind.COMPLAINTS:
        return question.counted
    return parse(both(question.counted.text, COMPLAINS), question.counted.context)


def people_in(question: Asked, window: TimeRange, rule: AlertRule) -> int:
    """Different people in a window."""
    return count_authors(question.store, query_of(question, rule), window)


def newest_ids(question: Asked, window: TimeRange, rule: AlertRule) -> list[str]:
    """The ids of its newest posts, up to a few hundred."""
    query = query_of(question, rule)
    found = question.store.search(query, window=window, limit=MOST_IDS, columns=["id"], budget=PATIENCE)
    return [str(one) for one in found.posts["id"].to_pylist()]


def facts_of(question: Asked, window: TimeRange, rule: AlertRule) -> dict[str, Any]:
    """How many posts, where, in which words that were not usual before, and which sources are new."""
    query = query_of(question, rule)
    before = TimeRange(question.window.start, window.start)
    terms = keyness(question.store, query, window=window, against_window=before).table
    told = [row["term"] for row in terms.to_pylist() if row["side"] == "query" and row["distinctive"]]
    places = question.store.facets(query, ["platform"], top=PLACES, window=window, budget=PATIENCE)[
        "platform"
    ]
    return {
        "posts": question.store.count(query, window=window, budget=PATIENCE).value,
        "terms": told[:TERMS],
        "places": [[row["value"], row["posts"]] for row in places.table.to_pylist() if row["value"]],
        "query": narrowed(query, window=window, zone=question.zone),
        "topic": rule.topic.query if rule.topic else "",  # a topic may ask something else later
        "new_sources": _new_sources(question, window),
    }


def _new_sources(question: Asked, window: TimeRange) -> list[str]:
    """Sources that were added in the weeks looked at: more may be heard because more is listened to."""
    since = max(filter(None, [question.window.start, window.start]), default=None)
    if since is None:
        return []
    found = Source.objects.filter(created_at__gte=since).exclude(state=Source.State.REMOVED)
    return list(found.values_list("name", flat=True)[:5])
