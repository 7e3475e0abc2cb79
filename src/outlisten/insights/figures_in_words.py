"""Figures as people read them, rounded to what is known, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from outlisten.insights.estimate import Estimate
from outlisten.words import Locale

MINUS = "\u2212"


@dataclass(frozen=True, slots=True)
class Said:
    """A figure and its interval in words, to be put into a sentence apart; `str()` puts them together."""

    value: str
    ends: str
    locale: Locale

    def __str__(self) -> str:
        return f"{self.value}{'' if self.locale == 'zh-hans' else ' '}{self.ends}"


def count_in_words(count: int) -> str:
    """1,204: the same in both languages."""
    return f"{count:,}"


def percent(share: float, locale: Locale, *, decimals: int = 0, signed: bool = False) -> str:
    """A share of one as a percentage: `31 %`, in Chinese `31%`; a minus sign, not a hyphen."""
    return f"{_number(share, decimals, signed=signed)}{'%' if locale == 'zh-hans' else ' %'}"


def share_in_words(share: Estimate, locale: Locale) -> str:
    """`31 % (27–35)`."""
    return str(share_said(share, locale))


def change_in_words(ratio: Estimate, locale: Locale) -> str:
    """A ratio as a change: 1.18 is `+18 % (9–28)`; from threefold on `×4.2 (3.1–5.8)`."""
    return str(change_said(ratio, locale))


def share_said(share: Estimate, locale: Locale) -> Said:
    """`31 %` and `(27–35)`; one decimal where the interval is narrower than two points."""
    decimals = 1 if share.high - share.low < 0.02 else 0
    ends = [_number(end, decimals) for end in (share.low, share.high)]
    return Said(percent(share.value, locale, decimals=decimals), _bracketed(ends, locale), locale)


def change_said(ratio: Estimate, locale: Locale) -> Said:
    """A ratio as a change, `+18 %` and `(9–28)`, or `×4.2` and `(3.1–5.8)`."""
    if ratio.value >= 3:
        ends = [f"{end:.1f}" for end in (ratio.low, ratio.high)]
        return Said(f"×{ratio.value:.1f}", _bracketed(ends, locale), locale)
    change = Estimate(ratio.value - 1, ratio.low - 1, ratio.high - 1)
    ends = [_number(end, 0) for end in (change.low, change.high)]
    return Said(percent(change.value, locale, signed=True), _bracketed(ends, locale), locale)


def ratio_in_words(ratio: Estimate, locale: Locale) -> str:
    """How many to one: `4.2 : 1 (3.1–5.8)`; whole numbers from ten on."""
    decimals = 0 if ratio.value >= 10 else 1 if ratio.value >= 1 else 2
    value, low, high = (f"{x:,.{decimals}f}" for x in (ratio.value, ratio.low, ratio.high))
    return str(Said(f"{value} : 1", _bracketed([low, high], locale), locale))


def odds_in_words(odds: Estimate, locale: Locale) -> str:
    """A log-odds ratio: `+1.20 (0.61–1.79)`."""
    value, low, high = (
        f"{abs(x):.2f}" if x >= 0 else f"{MINUS}{abs(x):.2f}" for x in (odds.value, odds.low, odds.high)
    )
    return str(Said(f"{'+' if odds.value > 0 else ''}{value}", _bracketed([low, high], locale), locale))


def _number(share: float, decimals: int, *, signed: bool = False) -> str:
    value = round(share * 100, decimals) + 0.0  # turns −0.0 into 0.0
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{abs(value):.{decimals}f}"


def _bracketed(ends: list[str], locale: Locale) -> str:
    """Both ends; with a minus sign a dash between them would be misread, so a word stands there."""
    between = {"en": " to ", "zh-hans": " 至 "}[locale] if any(MINUS in end for end in ends) else "–"
    inside = between.join(ends)
    return f"（{inside}）" if locale == "zh-hans" else f"({inside})"
