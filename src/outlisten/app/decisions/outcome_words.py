"""What was measured at a review, as people read it."""

from __future__ import annotations

from outlisten.app.decisions.models import Outcome
from outlisten.insights.figures_in_words import MINUS
from outlisten.words import Locale


def measured_in_words(outcome: Outcome, locale: Locale) -> str:
    """`−18 % (−27 to −9)`; blank where nothing was measured."""
    if outcome.value is None:
        return ""
    unit = outcome.unit.strip()
    gap = "" if not unit or (locale == "zh-hans" and unit == "%") else " "
    said = f"{_number(outcome.value)}{gap}{unit}"
    if outcome.low is None or outcome.high is None:
        return said
    low, high = _number(outcome.low), _number(outcome.high)
    # Between signs a dash would be misread.
    return f"{said}（{low} 至 {high}）" if locale == "zh-hans" else f"{said} ({low} to {high})"


def _number(value: float) -> str:
    return f"{value:,.6g}".replace("-", MINUS)
