"""Single posts that cannot wait, found as they come in.

Called by the pipeline, possibly twice for the same posts: the database holds one alert a rule and post.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import pyarrow as pa
from django.utils import timezone

from outlisten.app.alerts.models import Alert, AlertRule, Kind
from outlisten.app.alerts.sending.worker import wake
from outlisten.app.care.matching import NOT_OURS
from outlisten.app.care.models import Case
from outlisten.app.care.urgency import urgency_of
from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.filters import both
from outlisten.app.listening.queries.names import workspace
from outlisten.app.web.live import publish
from outlisten.query import Matcher, parse

FRESH = timedelta(days=2)  # what is older came with an archive


def take_in(posts: pa.Table) -> None:
    """Alerts for urgent posts among these complete ones; rules that count are looked at soon."""
    rules = list(AlertRule.objects.filter(on=True, removed=False).select_related("topic"))
    if not rules:
        return
    urgent = [rule for rule in rules if rule.kind == Kind.URGENT]
    found = sum(_found(rule, post, reasons) for rule, post, reasons in _matches(urgent, posts))
    if found:
        publish("alert", {})
    wake()


def _matches(
    rules: Iterable[AlertRule], posts: pa.Table
) -> Iterable[tuple[AlertRule, Mapping[str, Any], list[str]]]:
    by_name = {str(rule.pk): rule for rule in rules}
    matcher, context = Matcher(), read_in(zone_of(workspace()))
    for name, rule in by_name.items():
        query = parse(both(rule.topic.query, NOT_OURS) if rule.topic else NOT_OURS, context)
        if query.valid:
            matcher.add(name, query)
    hits = list(matcher.match(posts)) if by_name else []
    wanted = {post for _, post in hits}
    rows = {row["id"]: row for row in _fresh(posts, wanted)}
    for name, post in hits:
        if post in rows:
            level, reasons = urgency_of(rows[post])
            if level >= Case.Urgency.URGENT:
                yield by_name[name], rows[post], reasons


def _fresh(posts: pa.Table, wanted: set[str]) -> list[dict[str, Any]]:
    since = timezone.now() - FRESH
    keys = posts.select(["id", "created_at"]).to_pylist()
    places = [
        place for place, row in enumerate(keys)
        if row["id"] in wanted and row["created_at"] is not None and row["created_at"] >= since
    ]  # fmt: skip
    found: list[dict[str, Any]] = posts.take(pa.array(places, pa.int64())).to_pylist()
    return found


def _found(rule: AlertRule, post: Mapping[str, Any], reasons: list[str]) -> bool:
    now = timezone.now()
    facts = {"reasons": reasons, "private": post["type"] == "message", "platform": post["platform"]}
    made = Alert.objects.get_or_create(
        rule=rule, about=str(post["id"]), kind=Kind.URGENT,
        defaults={
            "began_at": post["created_at"], "fired_at": now, "last_at": now, "ended_at": now, "facts": facts,
            "posts": [str(post["id"])],
        },
    )  # fmt: skip
    return made[1]
