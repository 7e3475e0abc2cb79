"""How long people waited for an answer, those who still wait included (Kaplan–Meier).

A conversation without an answer has waited *at least* its age: it is censored. An average over answered conversations
leaves it out and flatters whoever does not answer. Kaplan and Meier, JASA 53 (1958) 457–481; variance by Greenwood
(1926); intervals on the log(−log) scale: Kalbfleisch and Prentice (2002), section 1.4; those of a quantile by reading
the interval's curves at its height: Brookmeyer and Crowley, Biometrics 38 (1982) 29–41.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import exp, log, sqrt

from outlisten.insights.estimate import Estimate, Z


@dataclass(frozen=True, slots=True)
class Wait:
    """One conversation: how many minutes it waited, and whether an answer ended the wait (else it is censored)."""

    minutes: float
    answered: bool


@dataclass(frozen=True, slots=True)
class Quantile:
    """Minutes by which a share of people had an answer, with a 95 % interval; None lies beyond what was seen."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class _Step:
    """The share answered from `minutes` on, with its interval."""

    minutes: float
    answered: Estimate


@dataclass(frozen=True, slots=True)
class Waiting:
    """The estimated share of people answered by each moment. `n` conversations, `answered` of them answered."""

    n: int
    answered: int
    steps: tuple[_Step, ...]
    longest: float  # minutes; nothing is known beyond
    _before: Estimate

    def within(self, minutes: float) -> Estimate | None:
        """The share of people answered within so many minutes; None beyond the longest wait seen."""
        if minutes > self.longest and (not self.steps or self.steps[-1].answered.value < 1):
            return None
        reached = [step.answered for step in self.steps if step.minutes <= minutes]
        return reached[-1] if reached else self._before

    def quantile(self, share: float) -> Quantile:
        """Minutes after which this share of people (0 to 1) has an answer."""

        def first(reaches: Sequence[float]) -> float | None:
            hits = (step.minutes for step, at in zip(self.steps, reaches, strict=True) if at >= share - 1e-12)
            return next(hits, None)

        return Quantile(
            first([step.answered.value for step in self.steps]),
            first([step.answered.high for step in self.steps]),
            first([step.answered.low for step in self.steps]),
        )

    @property
    def median(self) -> Quantile:
        """Minutes after which half of the people have an answer."""
        return self.quantile(0.5)

    @property
    def p90(self) -> Quantile:
        """Minutes after which nine of ten people have an answer."""
        return self.quantile(0.9)


def waiting(waits: Iterable[Wait]) -> Waiting | None:
    """The Kaplan–Meier estimate over some conversations; None without any. Raises ValueError for a negative wait.

    An answer in the minute in which another conversation was censored counts as before it, as is usual.
    """
    ordered = sorted(waits, key=lambda wait: wait.minutes)
    if not ordered:
        return None
    if ordered[0].minutes < 0:
        raise ValueError(f"a wait cannot be negative: {ordered[0].minutes} minutes")
    at_risk, left, greenwood = len(ordered), 1.0, 0.0
    steps: list[_Step] = []
    for minutes, group in groupby(ordered, key=lambda wait: wait.minutes):
        together = list(group)
        ended = sum(wait.answered for wait in together)
        if ended:
            left *= 1 - ended / at_risk
            greenwood += ended / (at_risk * (at_risk - ended)) if ended < at_risk else 0.0
            steps.append(_Step(minutes, _answered(left, greenwood, at_risk)))
        at_risk -= len(together)
    answered = sum(wait.answered for wait in ordered)
    nothing_yet = Estimate(0.0, 0.0, 1 - _extreme(len(ordered)))
    return Waiting(len(ordered), answered, tuple(steps), ordered[-1].minutes, nothing_yet)


def _answered(left: float, greenwood: float, at_risk: int) -> Estimate:
    """One minus the share still waiting, with its interval."""
    if left <= 1e-12:
        # Everybody at risk was answered: the variance says zero, the exact binomial bound does not.
        return Estimate(1.0, _extreme(at_risk), 1.0)
    theta = Z * sqrt(greenwood) / log(left)
    return Estimate(1 - left, 1 - left ** exp(theta), 1 - left ** exp(-theta))


def _extreme(n: int) -> float:
    """The lower 97.5 % bound of a share of n out of n (Clopper and Pearson 1934)."""
    return float(0.025 ** (1 / n))
