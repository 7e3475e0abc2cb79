"""Numbers as people read them: grouped, with their intervals, in the reader's language."""

from __future__ import annotations

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from outlisten.app.listening.wording import locale
from outlisten.insights import Estimate, Note
from outlisten.insights.figures_in_words import (
    change_in_words,
    count_in_words,
    percent,
    ratio_in_words,
    share_in_words,
)
from outlisten.language.measures import Interval
from outlisten.words import words

register = template.Library()


@register.filter
def grouped(count: int | None) -> str:
    """1,204; a missing count is said, never zero."""
    return _("not known") if count is None else count_in_words(count)


@register.filter
def share_said(share: Estimate | None) -> str:
    """31 % (27–35), or that there is not enough to say."""
    return _("not enough to say") if share is None else _together(share_in_words(share, locale()))


def _together(figure: str) -> SafeString:
    """A figure and its interval, which no line break parts."""
    return format_html('<span class="ol-unbroken">{}</span>', figure)


@register.filter
def percent_said(share: float) -> str:
    """71.7 %, in Chinese 71.7%."""
    return percent(share, locale(), decimals=1)


@register.filter
def change_said(ratio: Estimate | None) -> str:
    """+18 % (9–28), or that there is not enough to say."""
    return _("not enough to say") if ratio is None else _together(change_in_words(ratio, locale()))


@register.filter
def ratio_said(ratio: Estimate | None) -> str:
    """4.2 : 1 (3.1–5.8), or that there is not enough to say."""
    return _("not enough to say") if ratio is None else _together(ratio_in_words(ratio, locale()))


@register.filter
def note_said(note: Note) -> str:
    """A note of an insight as its sentence."""
    return note.text(locale())


@register.simple_tag
def estimate_share(share: Estimate) -> str:
    """A share with its interval in words and as a band."""
    decimals = 1 if share.high - share.low < 0.02 else 0
    context: dict[str, str | float] = {
        "text": percent(share.value, locale(), decimals=decimals),
        "low_text": f"{100 * share.low:.{decimals}f}", "high_text": f"{100 * share.high:.{decimals}f}",
        "value": 100 * share.value, "low": 100 * share.low, "high": 100 * share.high,
    }  # fmt: skip
    return render_to_string("web/_interval.html", context)


@register.filter
def measured(figure: Interval | None) -> str:
    """0.61 (0.61–0.62): a measure of a model with its interval; a dash where it was not measured."""
    return "–" if not figure else f"{figure.value:.2f} ({figure.low:.2f}–{figure.high:.2f})"


@register.filter
def model_said(said: str) -> str:
    """A known fault, a task, a label or a part on the model's card, in the reader's language."""
    return words("language", locale())(said)
