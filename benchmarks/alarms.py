"""How often alarms go off when nothing is unusual, and which rises of three hours they find, beside two peers in the same run.

Made-up hours with a rhythm of day and week: eight weeks to learn from, then a quarter that is looked at once an hour. A false
alarm is an event as the application counts it: it lasts until the hours are usual again, and after six hours of rest the next may
follow. "At least so many people", which the application asks for besides, is left out: it lowers every figure.

Peers: the robust z of the hour against the same hour of the eight weeks before (median and MAD, alarm above 3.5; Iglewicz and
Hoaglin, *How to detect and handle outliers*, 1993; where the MAD is 0 the mean absolute deviation stands in), and S-H-ESD
(Hochenbaum, Vallis and Kejariwal, arXiv 1704.07706: the seasonal part of statsmodels' STL and the median are taken off, then a
generalised ESD test with median and MAD, upper side, α 0.05, at most 2 % of the hours). S-H-ESD is fitted once a day and tells of
that day's hours, as its `only_last="day"` does; in the test of rises once an hour.

    python benchmarks/alarms.py [--quarters 4] [--rises 30] [--write docs/explanation/measured/alarms.md]
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.stats import median_abs_deviation, t
from statsmodels.tsa.seasonal import STL

sys.path.insert(0, str(Path(__file__).parent))
from machine import machine

from outlisten.insights.unusual import Hours, rise, usual

Numbers = npt.NDArray[np.float64]
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
WEEK, LEARNED, WATCHED = 168, 8 * 168, 13 * 168
REST = 6  # hours after an event
OVER = 0.05  # the application's: a window this likely is usual again
SENSITIVITIES = {"once a month": 4, "once a quarter": 13, "once a year": 52}
ROBUST_Z, S_H_ESD = "robust z", "S-H-ESD"
ALARMS = (*SENSITIVITIES, ROBUST_Z, S_H_ESD)
COLUMNS = (*(f"ours, {name}" for name in SENSITIVITIES), ROBUST_Z, S_H_ESD)
AFTER = 6  # hours from the beginning of a rise in which it can be found


@dataclass(frozen=True)
class Topic:
    """How many people write in an hour on average, and what disturbs the rhythm.

    `varying` is the variance of a Gamma factor that stays for six hours: counts are negative binomial. `shape` changes the hours
    that are expected.
    """

    name: str
    mean: float
    varying: float = 0.0
    shape: Callable[[Numbers], Numbers] = np.copy


def rhythm(mean: float, hours: int) -> Numbers:
    """People expected: busiest in the evening, fewer at the weekend."""
    at = np.arange(hours)
    return (
        mean * (1 + 0.8 * np.sin((at % 24 - 14) / 24 * 2 * np.pi)) * np.where((at // 24) % 7 >= 5, 0.6, 1.1)
    )


def growing(expected: Numbers) -> Numbers:
    """Three times as many at the end of all weeks."""
    return expected * np.geomspace(1, 3, expected.size)


def quiet_week(expected: Numbers) -> Numbers:
    """A week of holidays in which a third as many write, in the middle of the quarter."""
    made = expected.copy()
    made[14 * WEEK : 15 * WEEK] *= 1 / 3
    return made


def public_holidays(expected: Numbers) -> Numbers:
    """Four Wednesdays on which people write as on the Sunday before, and half as many again."""
    made = expected.copy()
    for week in (9, 12, 15, 18):
        day = week * WEEK + 2 * 24
        made[day : day + 24] = expected[day - 3 * 24 : day - 2 * 24] * 1.5
    return made


def another_rhythm(expected: Numbers) -> Numbers:
    """From the middle of the quarter on everybody writes three hours later: summer time, another market."""
    made = expected.copy()
    made[14 * WEEK :] = expected[14 * WEEK - 3 : -3]
    return made


TOPICS = (
    Topic("0.05 an hour", 0.05),
    Topic("0.3", 0.3),
    Topic("0.3, varying", 0.3, 0.3),
    Topic("2", 2.0),
    Topic("2, varying", 2.0, 0.3),
    Topic("2, varying much", 2.0, 1.0),
    Topic("30", 30.0),
    Topic("30, varying", 30.0, 0.3),
    Topic("5, growing threefold", 5.0, 0.0, growing),
    Topic("5, a quiet week", 5.0, 0.0, quiet_week),
    Topic("5, public holidays", 5.0, 0.0, public_holidays),
    Topic("5, three hours later", 5.0, 0.0, another_rhythm),
)
WITH_RISES = TOPICS[:8]
LOOKED_AT_OFTENER = (TOPICS[3], TOPICS[4])


def drawn(topic: Topic, hours: int, rng: np.random.Generator) -> Numbers:
    """Counts of a topic."""
    expected = topic.shape(rhythm(topic.mean, hours))
    if topic.varying:
        factors = rng.gamma(1 / topic.varying, topic.varying, hours // 6 + 1)
        expected = expected * np.repeat(factors, 6)[:hours]
    return rng.poisson(expected).astype(np.float64)


def ours(series: Numbers, end: int, every: Sequence[int], part: float = 1.0) -> dict[int, tuple[bool, bool]]:
    """For each sensitivity whether it fires at the end of an hour, and whether the hours are usual (again)."""
    begin = max(end - LEARNED, 0)
    exposure = np.ones(end - begin)
    exposure[-1] = part
    at = np.arange(begin, end) % WEEK  # as Hours.of counts them from a Monday on
    hours = Hours(MONDAY + timedelta(hours=begin), series[begin:end], exposure, exposure > 0, at)
    known = usual(hours)
    told: dict[int, tuple[bool, bool]] = {}
    for weeks in sorted(every):  # what does not fire at a low bar does not at a higher one
        found = rise(known, every_weeks=weeks)
        if found is None or not found.fires:
            calm = found is None or found.chance > OVER
            return {**dict.fromkeys(every, (False, calm)), **told}
        told[weeks] = True, False
    return told


def robust_z(series: Numbers, end: int) -> bool:
    """The last hour against the same hour of the weeks before."""
    before = series[max(end - 1 - LEARNED, 0) : end - 1][::-1][WEEK - 1 :: WEEK]
    middle = float(np.median(before))
    spread = float(median_abs_deviation(before, scale="normal"))
    if spread == 0:
        spread = 1.2533 * float(np.abs(before - middle).mean())
    return bool(spread > 0 and (series[end - 1] - middle) / spread > 3.5)


def s_h_esd(series: Numbers, end: int) -> Numbers:
    """The hours, counted from the first of the eight weeks, that the test finds."""
    x = series[max(end - LEARNED, 0) : end]
    fitted = STL(x, period=WEEK, seasonal_jump=5, trend_jump=25, low_pass_jump=17).fit()
    left = x - fitted.seasonal - np.median(x)
    n, most, last = x.size, int(0.02 * x.size), 0
    places, taken = np.arange(n), []
    for number in range(1, most + 1):
        middle, spread = np.median(left), median_abs_deviation(left, scale="normal")
        if spread == 0:
            break
        surprise = (left - middle) / spread
        top = int(surprise.argmax())
        taken.append(places[top])
        quantile = t.ppf(1 - 0.05 / (n - number + 1), n - number - 1)
        bar = (n - number) * quantile / np.sqrt((n - number - 1 + quantile**2) * (n - number + 1))
        if surprise[top] > bar:
            last = number
        left, places = np.delete(left, top), np.delete(places, top)
    return np.array(sorted(taken[:last]), dtype=np.float64)


def events(fired: Sequence[int], usual_again: Sequence[bool] | None = None, rest: int = REST) -> int:
    """Alarms counted as the application does: `fired` are looks; `usual_again` says for each look whether an event is over."""
    count, free = 0, -1
    for hour in fired:
        if hour < free:
            continue
        count += 1
        over = hour + 1
        if usual_again is not None:
            while over < len(usual_again) and not usual_again[over]:
                over += 1
        free = over + rest
    return count


@dataclass
class Quarters:
    """False alarms of each alarm in so many quarters of one topic."""

    topic: Topic
    quarters: int
    counts: dict[str, int]


def false_alarms(topic: Topic, quarters: int, rng: np.random.Generator) -> Quarters:
    """Looks at every hour of so many quarters."""
    counts = dict.fromkeys(ALARMS, 0)
    for _ in range(quarters):
        series = drawn(topic, LEARNED + WATCHED, rng)
        looks = [
            ours(series, end, tuple(SENSITIVITIES.values())) for end in range(LEARNED + 1, series.size + 1)
        ]
        for name, weeks in SENSITIVITIES.items():
            fired = [hour for hour, look in enumerate(looks) if look[weeks][0]]
            counts[name] += events(fired, [look[weeks][1] for look in looks])
        hours = range(WATCHED)
        counts[ROBUST_Z] += events([hour for hour in hours if robust_z(series, LEARNED + hour + 1)])
        found = [
            end - LEARNED + int(hour) - LEARNED
            for end in range(LEARNED + 24, series.size + 1, 24)
            for hour in s_h_esd(series, end)
            if hour >= LEARNED - 24
        ]
        counts[S_H_ESD] += events(sorted(found))
    return Quarters(topic, quarters, counts)


@dataclass
class Found:
    """Of so many rises of one topic and size how many each alarm found, and after how many hours."""

    topic: Topic
    times: int
    rises: int
    delays: dict[str, list[int]]


def detection(topic: Topic, times: int, rises: int, rng: np.random.Generator) -> Found:
    """Rises that begin at a random hour of the ninth week, each in hours of its own."""
    delays: dict[str, list[int]] = {name: [] for name in ALARMS}
    for _ in range(rises):
        begin = LEARNED + int(rng.integers(0, WEEK))
        series = drawn(topic, begin + AFTER, rng)
        more = rhythm(topic.mean, begin + 3)[begin:] * (times - 1)
        series[begin : begin + 3] += rng.poisson(more)
        left = set(ALARMS)
        for after in range(1, AFTER + 1):
            fired = _fired(series, begin + after, left)
            for name in fired:
                delays[name].append(after)
            left -= fired
    return Found(topic, times, rises, delays)


def _fired(series: Numbers, end: int, asked: set[str]) -> set[str]:
    every = [weeks for name, weeks in SENSITIVITIES.items() if name in asked]
    look = ours(series, end, every) if every else {}
    fired = {name for name, weeks in SENSITIVITIES.items() if name in asked and look[weeks][0]}
    if ROBUST_Z in asked and robust_z(series, end):
        fired.add(ROBUST_Z)
    if S_H_ESD in asked and min(end, LEARNED) - 1 in s_h_esd(series, end):
        fired.add(S_H_ESD)
    return fired


@dataclass
class Oftener:
    """Alarms of one topic in so many quarters, looked at once an hour and so many times an hour."""

    topic: Topic
    quarters: int
    looks: int
    hourly: dict[int, int]
    oftener: dict[int, int]


def looked_at_oftener(topic: Topic, quarters: int, looks: int, rng: np.random.Generator) -> Oftener:
    """The same quarters looked at as each hour fills, too."""
    every = tuple(SENSITIVITIES.values())
    hourly, oftener = dict.fromkeys(every, 0), dict.fromkeys(every, 0)
    for _ in range(quarters):
        series = drawn(topic, LEARNED + WATCHED, rng)
        seen = [
            look
            for end in range(LEARNED + 1, series.size + 1)
            for look in _filling(series, end, looks, every, rng)
        ]
        for weeks in every:
            hourly[weeks] += _events_of(seen[looks - 1 :: looks], weeks, 1)
            oftener[weeks] += _events_of(seen, weeks, looks)
    return Oftener(topic, quarters, looks, hourly, oftener)


def _filling(
    series: Numbers, end: int, looks: int, every: Sequence[int], rng: np.random.Generator
) -> list[dict[int, tuple[bool, bool]]]:
    """What is found as the last hour fills; people come at any of its minutes."""
    minutes, told = rng.random(int(series[end - 1])), []
    for number in range(1, looks + 1):
        so_far = series[:end].copy()
        so_far[-1] = (minutes < number / looks).sum()
        told.append(ours(so_far, end, every, number / looks))
    return told


def _events_of(looks: Sequence[dict[int, tuple[bool, bool]]], weeks: int, per_hour: int) -> int:
    fired = [place for place, look in enumerate(looks) if look[weeks][0]]
    return events(fired, [look[weeks][1] for look in looks], REST * per_hour)


Job = tuple[str, Topic, int, int]  # what is measured, of which topic, how large a rise, a seed


def measured(job: Job, options: argparse.Namespace) -> Quarters | Oftener | Found:
    """One cell of the page."""
    kind, topic, times, seed = job
    rng = np.random.default_rng(seed)
    if kind == "quiet":
        return false_alarms(topic, options.quarters, rng)
    if kind == "oftener":
        return looked_at_oftener(topic, options.quarters, options.looks, rng)
    return detection(topic, times, options.rises, rng)


def jobs() -> list[Job]:
    """Everything that is measured, each with random numbers of its own."""
    quiet = [("quiet", topic, 1) for topic in TOPICS]
    oftener = [("oftener", topic, 1) for topic in LOOKED_AT_OFTENER]
    rises = [("rises", topic, times) for topic in WITH_RISES for times in (2, 4, 8)]
    return [(*one, 20261201 + number) for number, one in enumerate([*oftener, *quiet, *rises])]


def page(cells: Sequence[Quarters | Oftener | Found], seconds: float) -> str:
    """The page."""
    quiet = [one for one in cells if isinstance(one, Quarters)]
    oftener = [one for one in cells if isinstance(one, Oftener)]
    found = [one for one in cells if isinstance(one, Found)]
    text = (__doc__ or "").strip().split("\n\n", 1)[1].rpartition("\n\n")[0]
    parts = ["# Alarms: false ones, and rises found", text, _quiet(quiet), _oftener(oftener), _rises(found)]
    made = f"`python benchmarks/alarms.py --quarters {quiet[0].quarters} --rises {found[0].rises} --looks {oftener[0].looks}`"
    return "\n\n".join([*parts, f"{machine()} {seconds:,.0f} s by the clock.\nMade by {made}."]) + "\n"


def _quiet(cells: Sequence[Quarters]) -> str:
    accepted = " · ".join(f"{13 / weeks:.2g}" for weeks in SENSITIVITIES.values())
    return f"""## False alarms in a quarter

Means; quarters of each topic: {cells[0].quarters}. *Varying*: negative binomial counts (a factor of variance 0.3, *much* 1.0,
that stays for six hours); else Poisson. Accepted are, at the three sensitivities, {accepted}. *A quiet week*: holidays in
which a third as many write. *Public holidays*: four Wednesdays with the rhythm of a Sunday and half as many again. *Three hours
later*: from the middle of the quarter on.

{_head("people an hour", COLUMNS)}
""" + "\n".join(
        _row(one.topic.name, (f"{one.counts[name] / one.quarters:.1f}" for name in ALARMS)) for one in cells
    )


def _oftener(cells: Sequence[Oftener]) -> str:
    rows = [
        _row(f"{one.topic.name}, looked at {often}", (f"{counts[weeks] / one.quarters:.1f}" for weeks in SENSITIVITIES.values()))
        for one in cells
        for often, counts in (("once an hour", one.hourly), (f"{one.looks} times an hour", one.oftener))
    ]  # fmt: skip
    return f"""## Looked at as an hour fills

The application looks every five minutes, also at an hour of which only a part is over. False alarms in a quarter, the same ones
(quarters: {cells[0].quarters}) looked at in two ways:

{_head("people an hour", [f"ours, {name}" for name in SENSITIVITIES])}
""" + "\n".join(rows)


def _rises(cells: Sequence[Found]) -> str:
    return f"""## Rises of three hours

Of {cells[0].rises} rises that begin at any hour of the week: the share that was found within {AFTER} hours of its beginning, and
the median delay in hours. An alarm that goes off all the time finds many: read it beside its false alarms.

{_head("people an hour, rise", COLUMNS)}
""" + "\n".join(
        _row(f"{one.topic.name}, ×{one.times}", (_share(one, name) for name in ALARMS)) for one in cells
    )


def _head(first: str, columns: Sequence[str]) -> str:
    return f"| {first} | {' | '.join(columns)} |\n|---|{'---:|' * len(columns)}"


def _share(found: Found, name: str) -> str:
    delays = found.delays[name]
    return f"{len(delays) / found.rises:.0%}, {np.median(delays):.0f} h" if delays else "0%"


def _row(name: str, cells: Iterable[str]) -> str:
    return f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    """Measure, print, and write the page when asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quarters", type=int, default=4, help="of each topic")
    parser.add_argument("--rises", type=int, default=30, help="of each topic and size")
    parser.add_argument("--looks", type=int, default=4, help="in an hour, where it is looked at as it fills")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--write", type=Path, help="the page to write")
    options = parser.parse_args()
    began = time.perf_counter()
    with ProcessPoolExecutor(options.processes) as pool:
        cells = list(pool.map(partial(measured, options=options), jobs()))
    text = page(cells, time.perf_counter() - began)
    print(text)
    if options.write:
        options.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
