"""Series whose truth is known, to measure how often the test errs: the habits of real counts, mixed by seed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from scipy.signal import lfilter

from outlisten.insights.effects.series import LENGTHS, ClaimSeries, Kind, Numbers, Step

FIRST = date(2020, 1, 6)  # a Monday
DISPERSION = 8.0  # of a negative binomial: at a mean of 20 the variance is 3.5 times a Poisson count's


@dataclass(frozen=True, slots=True)
class Habit:
    """How a series behaves. `follows`: how strongly it shares its slow swings with its controls (0: it has none)."""

    name: str
    step: Step = "day"
    kind: Kind = "count"
    overdispersed: bool = False
    autocorrelation: float = 0.0
    weekly: bool = False
    trend: float = 0.0  # the whole change of the log rate from end to end
    wanders: float = 0.0  # deviation of a random walk's step in the log rate
    bursts: float = 0.0  # share of buckets at three times the rate
    follows: float = 0.0


HABITS = (
    Habit("independent counts"),
    Habit("overdispersed", overdispersed=True),
    Habit("autocorrelated", autocorrelation=0.6),
    Habit("weekday pattern", weekly=True, overdispersed=True),
    Habit("rising", trend=0.8),
    Habit("wandering weeks", step="week", wanders=0.06),
    Habit("bursts", bursts=0.04, overdispersed=True),
    Habit("share of complaint", kind="share", autocorrelation=0.4),
    Habit("with controls", autocorrelation=0.6, weekly=True, follows=1.0),
    Habit(
        "weeks with controls", step="week", autocorrelation=0.5, trend=-0.5, overdispersed=True, follows=0.7
    ),
)


@dataclass(frozen=True, slots=True)
class Simulated:
    """A made series, the day its effect begins, and its habit."""

    series: ClaimSeries
    start: date
    habit: Habit


def simulated(seed: int, *, effect: float = 0.0, habit: Habit | None = None) -> Simulated:
    """The made series of a seed. `effect` is added to the log rate (for shares: to the log odds) from the start on."""
    habit = habit or HABITS[seed % len(HABITS)]
    random = np.random.default_rng([seed, 20])
    before, after = (int(random.integers(*span)) for span in SPANS[habit.step])
    total = before + after
    common, level = _swings(random, habit, total), float(np.exp(random.uniform(np.log(8), np.log(60))))
    shift = np.where(np.arange(total) >= before, effect, 0.0)
    treated = _draw(random, habit, level, _own(random, habit, total) + habit.follows * common + shift)
    controls = {
        f"control {number + 1}": _draw(random, habit, 1.5 * level, _own(random, habit, total) + common)
        for number in range(2 if habit.follows else 0)
    }
    starts = tuple(FIRST + place * LENGTHS[habit.step] for place in range(total))
    return Simulated(ClaimSeries(starts, treated, controls, habit.kind, habit.step), starts[before], habit)


SPANS = {"day": ((150, 300), (14, 35)), "week": ((70, 130), (6, 13))}


def _own(random: np.random.Generator, habit: Habit, total: int) -> Numbers:
    """The log rate's own movement around its level."""
    place = np.arange(total)
    rate = habit.trend * place / total
    if habit.weekly:
        rate = rate + random.normal(0, 0.3, 7)[place % 7]
    if habit.wanders:
        rate = rate + np.cumsum(random.normal(0, habit.wanders, total))
    if habit.bursts:
        rate = rate + np.log(3) * (random.random(total) < habit.bursts)
    return np.asarray(rate if habit.follows else rate + _swings(random, habit, total))


def _swings(random: np.random.Generator, habit: Habit, total: int) -> Numbers:
    """A stationary autoregression of the first order with deviation 0.2; nothing without autocorrelation."""
    if not habit.autocorrelation:
        return np.zeros(total)
    fresh = random.normal(0, 0.2 * np.sqrt(1 - habit.autocorrelation**2), total + 50)
    return np.asarray(lfilter([1.0], [1.0, -habit.autocorrelation], fresh)[50:])


def _draw(random: np.random.Generator, habit: Habit, level: float, rate: Numbers) -> Numbers:
    if habit.kind == "share":
        of = random.poisson(3 * level, len(rate)) + 1
        return np.asarray(random.binomial(of, 1 / (1 + np.exp(1.2 - rate))) / of)
    mean = level * np.exp(rate)
    if habit.overdispersed:
        mean = mean * random.gamma(DISPERSION, 1 / DISPERSION, len(rate))
    return random.poisson(mean).astype(float)
