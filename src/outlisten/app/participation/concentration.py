"""How concentrated the work is: in how many hands, and in how many departments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from outlisten.insights.estimate import Estimate

FEWEST_ACTS, FEWEST_PEOPLE = 20, 5  # below either, a few acts more or less change everything
TOP = 3
REPLICATES = 2000


@dataclass(frozen=True, slots=True)
class Concentration:
    """`top` is the share of acts by the three busiest people, `departments` the effective number of departments, 1/Σs²:
    four departments that do a quarter each are four, one that does it all is one. None: too few to say.

    Intervals are bootstrapped over people. (1/Σs² is Hill's number of order two, Ecology 54 (1973) 427–432.)
    """

    acts: int
    people: int
    top: Estimate | None
    departments: Estimate | None


def concentration(
    acts: Mapping[int, int], departments: Mapping[int, Sequence[int]], *, seed: int = 0
) -> Concentration:
    """From the number of acts of each person and the departments each belongs to.

    The acts of somebody in several departments are shared evenly among them; somebody in none counts as one more
    department. With 20 acts or 5 people or more.
    """
    total, people = sum(acts.values()), len(acts)
    if total < FEWEST_ACTS or people < FEWEST_PEOPLE:
        return Concentration(total, people, None, None)
    counts = np.array(list(acts.values()), dtype=float)
    shares = _by_department(list(acts), departments)
    rng = np.random.default_rng(seed)
    draws = rng.integers(people, size=(REPLICATES, people))
    return Concentration(
        total,
        people,
        _estimate(_top(counts), [_top(counts[draw]) for draw in draws]),
        _estimate(_effective(counts @ shares), [_effective(counts[draw] @ shares[draw]) for draw in draws]),
    )


def _by_department(people: list[int], departments: Mapping[int, Sequence[int]]) -> np.ndarray:
    """A row a person, a column a department: how much of their acts belongs to it."""
    known = sorted({place for places in departments.values() for place in places})
    column = {place: at for at, place in enumerate(known)}
    shares = np.zeros((len(people), len(known) + 1))
    for row, person in enumerate(people):
        for place in departments.get(person, ()):
            shares[row, column[place]] = 1 / len(departments[person])
        if not departments.get(person):
            shares[row, -1] = 1.0
    return shares


def _top(counts: np.ndarray) -> float:
    return float(np.sort(counts)[-TOP:].sum() / counts.sum())


def _effective(counts: np.ndarray) -> float:
    shares = counts / counts.sum()
    return float(1 / (shares**2).sum())


def _estimate(value: float, replicates: Sequence[float]) -> Estimate:
    low, high = np.quantile(replicates, [0.025, 0.975])
    return Estimate(value, min(float(low), value), max(float(high), value))
