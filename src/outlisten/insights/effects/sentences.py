"""A verdict in one sentence: what was promised, what was found, what could not have been seen."""

from __future__ import annotations

from math import isfinite

from babel.dates import format_date

from outlisten.insights.effects.promise import Promise
from outlisten.insights.effects.series import Kind, Step
from outlisten.insights.effects.verdict import Outcome, Verdict
from outlisten.insights.estimate import Estimate
from outlisten.insights.figures_in_words import MINUS
from outlisten.words import Locale, words

MOST = 1_000  # per cent: beyond it the digits say nothing, and `>+1,000` is written
BABEL: dict[Locale, tuple[str, str]] = {"en": ("d MMM y", "en"), "zh-hans": ("y年M月d日", "zh_Hans")}


def sentence(
    verdict: Verdict, metric: str = "", locale: Locale = "en", *, kind: Kind = "count", step: Step = "day"
) -> str:
    """`Promised: −20 % from 1 May 2020. Found: −4 % (−15 to +8): cannot tell; …`, in a language."""
    first = promised(verdict.promise, metric, locale, kind=kind, step=step)
    return first + _space(locale) + found(verdict, locale, kind=kind, step=step)


def promised(
    promise: Promise, metric: str = "", locale: Locale = "en", *, kind: Kind = "count", step: Step = "day"
) -> str:
    """What was promised: size, metric and first day."""
    _ = words("effects", locale)
    size = _size(promise.size, promise, locale, kind, step, signed=True)
    pattern, name = BABEL[locale]
    day = format_date(promise.start, pattern, locale=name)
    if metric:
        return _("Promised: {metric} {size} from {day}.").format(metric=metric, size=size, day=day)
    return _("Promised: {size} from {day}.").format(size=size, day=day)


def found(verdict: Verdict, locale: Locale = "en", *, kind: Kind = "count", step: Step = "day") -> str:
    """What was found, the outcome, and the smallest effect that could have been seen."""
    _ = words("effects", locale)
    outcome = outcome_in_words(verdict.outcome, locale)
    if verdict.effect is None:
        return _("Found: nothing that can be measured: {outcome}.").format(outcome=outcome)
    said = effect_in_words(verdict.effect, verdict.promise, locale, kind=kind, step=step)
    if verdict.detectable is None:
        return _("Found: {effect}: {outcome}; no possible effect would have been seen for certain.").format(
            effect=said, outcome=outcome
        )
    least = _size(verdict.detectable, verdict.promise, locale, kind, step, signed=False)
    if verdict.outcome == Outcome.CANNOT_TELL:
        told = _("Found: {effect}: {outcome}; an effect under {least} would often have been missed.")
    else:
        told = _("Found: {effect}: {outcome}. An effect under {least} would often have been missed.")
    return told.format(effect=said, outcome=outcome, least=least)


def outcome_in_words(outcome: Outcome, locale: Locale = "en") -> str:
    """*supported*, *not supported* or *cannot tell*."""
    _ = words("effects", locale)
    return {
        Outcome.SUPPORTED: _("supported"),
        Outcome.NOT_SUPPORTED: _("not supported"),
        Outcome.CANNOT_TELL: _("cannot tell"),
    }[outcome]


def size_in_words(
    promise: Promise, locale: Locale = "en", *, kind: Kind = "count", step: Step = "day"
) -> str:
    """The promised size: `−20 %`."""
    return _size(promise.size, promise, locale, kind, step, signed=True)


def effect_in_words(
    effect: Estimate, promise: Promise, locale: Locale = "en", *, kind: Kind = "count", step: Step = "day"
) -> str:
    """`−4 % (−15 to +8)`."""
    value = _size(effect.value, promise, locale, kind, step, signed=True)
    ends = [
        _number(
            end * _times(promise, kind),
            _decimals(promise, kind, effect),
            signed=True,
            capped=promise.relative,
        )
        for end in (effect.low, effect.high)
    ]
    if locale == "zh-hans":
        return f"{value}（{ends[0]} 至 {ends[1]}）"
    return f"{value} ({ends[0]} to {ends[1]})"


def _size(value: float, promise: Promise, locale: Locale, kind: Kind, step: Step, *, signed: bool) -> str:
    """A size with its unit: per cent of what would have been, points of a share, or a number a day or week."""
    _ = words("effects", locale)
    times = value * _times(promise, kind)
    decimals = 0 if round(times, 9).is_integer() else _decimals(promise, kind)
    number = _number(times, decimals, signed=signed, capped=promise.relative)
    if promise.relative:
        return f"{number}%" if locale == "zh-hans" else f"{number} %"
    if kind == "share":
        return _("{number} points").format(number=number)
    said = {"day": _("{number} a day"), "week": _("{number} a week")}
    return said[step].format(number=number)


def _times(promise: Promise, kind: Kind) -> float:
    return 100.0 if promise.relative or kind == "share" else 1.0


def _decimals(promise: Promise, kind: Kind, effect: Estimate | None = None) -> int:
    if promise.relative and (effect is None or effect.high - effect.low > 0.02):
        return 0
    return 1


def _number(value: float, decimals: int, *, signed: bool, capped: bool) -> str:
    if not isfinite(value) or (capped and value > MOST):
        return f">{'+' if signed else ''}{MOST:,}"
    rounded = round(value, decimals) + 0.0
    sign = MINUS if rounded < 0 else "+" if signed and rounded > 0 else ""
    return f"{sign}{abs(rounded):,.{decimals}f}"


def _space(locale: Locale) -> str:
    return "" if locale == "zh-hans" else " "
