"""Single posts that cannot wait, found as they come in.

Called by the pipeline, possibly twice for the same posts: the database holds one alert a rule and post.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
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
    fresh = _fresh(posts) if urgent else posts.slice(0, 0)
    if fresh.num_rows and sum(_found(*match) for match in _matches(urgent, fresh)):
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
    hits = list(matcher.match(posts))
    found = pc.is_in(posts["id"], value_set=pa.array({post for _, post in hits}, posts["id"].type))
    rows = {row["id"]: row for row in posts.filter(found).to_pylist()}
    for name, post in hits:
        level, reasons = urgency_of(rows[post])
        if level >= Case.Urgency.URGENT:
            yield by_name[name], rows[post], reasons


def _fresh(posts: pa.Table) -> pa.Table:
    """Those written lately: an archive of millions that comes in is not even matched."""
    since = pa.scalar(timezone.now() - FRESH, posts["created_at"].type)
    return posts.filter(pc.greater_equal(posts["created_at"], since))


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
