"""Tags of decisions: the tabs, the pin beside a figure, reviews that are due."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import template
from django.http import HttpRequest
from django.utils.translation import get_language

from outlisten.app.decisions.claims.queries import test_that_counts
from outlisten.app.decisions.models import Claim, ClaimTest, Decision, Outcome
from outlisten.app.decisions.outcome_words import measured_in_words
from outlisten.app.decisions.pinnable import Pinnable, sealed
from outlisten.app.decisions.queries.decisions import due
from outlisten.app.decisions.tabs import tabs_for
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Act, may

register = template.Library()


@register.simple_tag(takes_context=True)
def decision_tabs(context: dict[str, Any]) -> list[tuple[object, str, bool]]:
    """The tabs of the room: label, address, whether open."""
    return list(tabs_for(context["request"]))


@register.simple_tag(takes_context=True)
def due_reviews(context: dict[str, Any]) -> list[Decision]:
    """The decisions that wait for their review, as far as this reader may see them."""
    user = context["request"].user
    return due(user) if may(user, Act.SEE_DECISIONS) else []


@register.inclusion_tag("decisions/_pin.html", takes_context=True)
def pin_figure(
    context: dict[str, Any], name: object, sentence: object, address: str = "", measure: str = "",
    subject: object = "", value: float | str | None = None, low: float | None = None, high: float | None = None,
    label: object = "", called: object = "", said: object = "",
) -> dict[str, Any]:  # fmt: skip
    """A button that pins a figure; nothing for who may not.

    `called` and `said` are pinned instead of the name and the sentence, `label` where there is neither.
    `address` is the page's path and query string; without it, the page that is open is meant.
    """
    request: HttpRequest | None = context.get("request")
    words = str(said or sentence or label or "").strip()
    if request is None or not words or not may(request.user, Act.PIN_INSIGHT):
        return {}
    figure = Pinnable(
        title=str(called or name or words).strip()[:160], sentence=words, address=address or open_page(request),
        language=get_language() or "en", measure=measure, subject=str(subject),
        value=value if isinstance(value, int | float) else None, low=low, high=high,
    )  # fmt: skip
    return {"token": sealed(figure)}


def open_page(request: HttpRequest) -> str:
    """The page the reader has open: the one that asked for a part, else the one being answered."""
    parts = urlsplit(request.headers.get("HX-Current-URL") or request.get_full_path())
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


@register.filter
def measured_said(outcome: Outcome) -> str:
    """What was measured, with its interval, in the reader's language."""
    return measured_in_words(outcome, locale())


@register.filter
def counting_test(claim: Claim) -> ClaimTest | None:
    """The test of a claim that counts; None before there is one."""
    return test_that_counts(claim)


@register.filter
def is_due(decision: Decision, today: date) -> bool:
    """Whether its review date has come and nobody has looked yet."""
    return decision.due(today)


@register.filter
def beside(decision: Decision) -> tuple[Decision.State | None, Decision.State | None]:
    """The states before and after its own on the board; None at either end."""
    states = list(Decision.State)
    place = states.index(Decision.State(decision.state))
    return (states[place - 1] if place else None), (states[place + 1] if place + 1 < len(states) else None)
