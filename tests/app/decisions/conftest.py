"""Posts behind the pages as listening has them, and a figure of Listen ready to be pinned."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from tests.app.listening.conftest import archive, brands, posts  # noqa: F401 -- fixtures

from outlisten.app.decisions.actions.decisions import add
from outlisten.app.decisions.models import Decision, Insight
from outlisten.app.decisions.pinnable import Pinnable, sealed
from outlisten.app.people.models import Account

MakeInsight = Callable[..., Insight]
MakeDecision = Callable[..., Decision]


@pytest.fixture
def figure() -> Callable[..., str]:
    """A sealed figure as a page offers it: `figure(sentence="…")`."""

    def make(**changed: Any) -> str:
        given = {
            "title": "queue", "sentence": "5 posts by 4 people", "address": "/listen/?q=queue&period=all",
            "measure": "headline", "value": 5,
        }  # fmt: skip
        return sealed(Pinnable(**{**given, **changed}))

    return make


@pytest.fixture
def insight(db: None) -> MakeInsight:
    """Makes pinned figures: `insight(title="等位时间")`."""

    def make(**fields: Any) -> Insight:
        given = {"title": "Queues", "sentence": "31 % complain (27–35)", "as_of": date(2026, 3, 10)}
        return Insight.objects.create(**{**given, **fields})

    return make


@pytest.fixture
def decision(account: Callable[..., Account], insight: MakeInsight) -> MakeDecision:
    """Makes decisions by the act itself: `decision("减少等位", review_in=-3)`; from an insight unless told."""
    made: list[Account] = []

    def make(
        text: str = "Open a second counter", *, insights: list[Insight] | None = None, review_in: int = 30,
        **fields: Any,
    ) -> Decision:  # fmt: skip
        if not made:
            made.append(Account.objects.filter(role="owner").first() or account("owner"))
        from outlisten.app.decisions.clock import today

        behind = [insight()] if insights is None else insights
        given = {"owner": made[0], "review_on": today() + timedelta(days=review_in)}
        new = Decision(text=text, **{**given, **fields})
        add(new, behind, from_none=not behind, by=made[0])
        return new

    return make
