"""Hours and shares as people read them."""

from __future__ import annotations

from django import template

from outlisten.app.listening.wording import locale
from outlisten.app.participation import wording
from outlisten.insights.figures_in_words import percent

register = template.Library()


@register.filter
def hours(amount: float) -> str:
    """12.5."""
    return wording.hours(amount)


@register.filter
def share_or_dash(share: float | None) -> str:
    """45 %; a dash where there is none."""
    return "–" if share is None else percent(share, locale())
