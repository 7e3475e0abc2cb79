"""How often the claims lab errs, beside a before/after t-test and the same structural model without placebo dates.

python benchmarks/claims_error.py --write docs/explanation/measured/claims-error.md
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from scipy.stats import norm, ttest_ind

sys.path.insert(0, str(Path(__file__).parent))
from machine import machine

from outlisten.insights import effects
from outlisten.insights.effects.deciding import decide
from outlisten.insights.effects.measuring import Measured, measure
from outlisten.insights.effects.simulation import HABITS, Simulated, simulated
from outlisten.insights.effects.window import window_of
from outlisten.insights.estimate import Estimate

SMALL = 0.01  # a promise so small that any interval beyond nothing supports it
LEVEL = 0.05
Method = Callable[[Simulated, effects.Promise], Estimate | None]


@dataclass
class Errors:
    """On series without effect: how many came out supported, and how many intervals left out nothing-happened."""

    supported: Counter[str]
    strayed: Counter[str]


def claims_lab(made: Simulated, promise: effects.Promise) -> Estimate | None:
    """Ours, with everything that may take a verdict away."""
    verdict = effects.test(made.series, promise)
    return None if verdict.reasons else verdict.effect


def structural_alone(made: Simulated, promise: effects.Promise) -> Estimate | None:
    """The same structural model with its own error and a normal interval, as CausalImpact reports it."""
    found = measure(made.series, window_of(made.series, promise))
    if not isinstance(found, Measured):
        return None
    half = float(norm.ppf(1 - LEVEL / 2)) * found.real.error
    ends = (found.real.effect - half, found.real.effect + half)
    return found.model.scale.estimate(found.real.effect, ends, found.observed_mean, relative=True)


def before_and_after(made: Simulated, promise: effects.Promise) -> Estimate | None:
    """Welch's t-test of the time after against the time before."""
    window = window_of(made.series, promise)
    before = made.series.treated[: window.before]
    after = made.series.treated[window.first : window.last]
    ends = ttest_ind(after, before, equal_var=False).confidence_interval(1 - LEVEL)
    mean = float(np.mean(before))
    return Estimate((float(np.mean(after)) - mean) / mean, float(ends.low) / mean, float(ends.high) / mean)


METHODS: dict[str, Method] = {
    "claims lab": claims_lab,
    "structural model without placebo dates": structural_alone,
    "before/after t-test": before_and_after,
}


def errors(method: Method, series: int) -> Errors:
    """A method on series without effect, each with a promise of one per cent, more or less by turns."""
    found = Errors(Counter(), Counter())
    for seed in range(series):
        made = simulated(seed)
        promise = effects.Promise(made.start, SMALL if seed // len(HABITS) % 2 else -SMALL)
        effect = method(made, promise)
        if effect is not None:
            found.supported[made.habit.name] += decide(effect, promise) == "supported"
            found.strayed[made.habit.name] += effect.low > 0 or effect.high < 0
    return found


def power(series: int, times: float) -> tuple[int, int]:
    """Of series of counts with an effect of so many times the smallest detectable: supported, and all."""
    supported = total = 0
    for seed in range(series):
        blank = simulated(seed)
        least = effects.test(blank.series, effects.Promise(blank.start, SMALL)).detectable
        if blank.habit.kind != "count" or least is None:
            continue
        # Counts are modelled as logarithms: twice an effect is its double there.
        helped = simulated(seed, effect=times * float(np.log1p(least)))
        supported += effects.test(helped.series, effects.Promise(helped.start, least)).outcome == "supported"
        total += 1
    return supported, total


def report(
    series: int, found: dict[str, Errors], seconds: float, powers: dict[float, tuple[int, int]]
) -> Iterator[str]:
    """The page."""
    nominal = LEVEL * series
    ours = max(1, found["claims lab"].supported.total())
    yield "# The error of the claims lab\n"
    yield f"Written by `benchmarks/claims_error.py --series {series}` on {datetime.now(UTC):%Y-%m-%d}. {machine()}\n"
    yield (
        f"{series} seeded series in which nothing happened, ten habits in equal parts, each with a promise of 1 % (the "
        f"easiest to meet by chance). At a nominal 5 %, {nominal:.0f} intervals leave out *nothing happened*, half of them "
        "on the promised side.\n"
    )
    yield "| method | falsely supported | times ours | intervals without 0 | of | \n|---|---:|---:|---:|---:|"
    for name, one in found.items():
        false, strayed = one.supported.total(), one.strayed.total()
        yield f"| {name} | **{false}** | {false / ours:.1f} | {strayed} ({100 * strayed / series:.1f} %) | {series} |"
    yield "\n| intervals without 0, by habit | " + " | ".join(found) + " |\n|---|" + "---:|" * len(found)
    for habit in HABITS:
        yield f"| {habit.name} | " + " | ".join(str(one.strayed[habit.name]) for one in found.values()) + " |"
    yield f"\nOf {series // len(HABITS)} series a habit. The {series} tests took {seconds:.0f} s.\n"
    yield "| a true effect of | came out supported |\n|---|---:|"
    for times, (supported, total) in powers.items():
        yield f"| {times:g} × the smallest detectable | {supported} of {total} ({100 * supported / max(total, 1):.0f} %) |"


def main() -> None:
    """Measure, print, and write the page when asked."""
    given = argparse.ArgumentParser(description=__doc__)
    given.add_argument("--series", type=int, default=400)
    given.add_argument("--power-series", type=int, default=200)
    given.add_argument("--write", type=Path)
    asked = given.parse_args()
    start = time.process_time()
    found = {"claims lab": errors(claims_lab, asked.series)}
    seconds = time.process_time() - start
    found |= {name: errors(method, asked.series) for name, method in METHODS.items() if name != "claims lab"}
    powers = {times: power(asked.power_series, times) for times in (1.0, 2.0)}
    page = "\n".join(report(asked.series, found, seconds, powers)) + "\n"
    print(page)
    if asked.write:
        asked.write.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
