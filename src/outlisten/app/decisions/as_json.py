"""Insights and decisions as machines read them. Keys may be added, never taken away."""

from __future__ import annotations

from outlisten.app.decisions.clock import today
from outlisten.app.decisions.models import Decision, Insight, Outcome
from outlisten.app.people.models import Account

Json = dict[str, object]


def insight_json(insight: Insight) -> Json:
    """One insight; `low` and `high` are null where the figure has no interval."""
    return {
        "id": insight.pk, "kind": insight.kind, "title": insight.title, "sentence": insight.sentence,
        "value": insight.value, "low": insight.low, "high": insight.high, "post": insight.post_id or None,
        "query": insight.query, "since": insight.since, "until": insight.until, "as_of": insight.as_of,
        "address": insight.address, "note": insight.note, "pinned_by": _name(insight.pinned_by),
        "pinned_at": insight.pinned_at, "archived": insight.archived,
    }  # fmt: skip


def decision_json(decision: Decision) -> Json:
    """One decision with the numbers of its insights and its standing outcomes, the newest first."""
    return {
        "id": decision.pk, "text": decision.text, "why": decision.why, "level": decision.level,
        "horizon": decision.horizon, "state": decision.state, "owner": _name(decision.owner),
        "department": decision.department.key if decision.department else None,
        "insights": sorted(decision.insights.values_list("pk", flat=True)),
        "expected": decision.expected, "expected_amount": decision.expected_amount,
        "expected_by": decision.expected_by, "review_on": decision.review_on,
        "due": decision.due(today()), "withdrawn": decision.withdrawn, "made_by": _name(decision.made_by),
        "made_at": decision.made_at,
        "outcomes": [outcome_json(one) for one in decision.outcomes.all() if one.withdrawn_at is None],
    }  # fmt: skip


def outcome_json(outcome: Outcome) -> Json:
    """What came of a decision."""
    return {
        "verdict": outcome.verdict, "text": outcome.text, "value": outcome.value, "low": outcome.low,
        "high": outcome.high, "unit": outcome.unit, "insight": outcome.insight_id, "claim": outcome.claim_id,
        "reviewed_by": _name(outcome.reviewed_by), "reviewed_at": outcome.reviewed_at,
    }  # fmt: skip


def _name(account: Account | None) -> str | None:
    return account.email if account else None
