"""The rule by which an interval becomes an outcome."""

from __future__ import annotations

from outlisten.insights.effects.promise import Promise
from outlisten.insights.effects.verdict import Outcome
from outlisten.insights.estimate import Estimate


def decide(effect: Estimate, promise: Promise) -> Outcome:
    """The outcome of an effect whose interval can be trusted, in the unit of the promise.

    Seen in the promised direction: short of the promise with its whole interval, *not supported*, even where something
    did happen; beyond nothing with its whole interval and up to the promise or further, *supported*.
    """
    near, far = sorted((promise.direction * effect.low, promise.direction * effect.high))
    if far < abs(promise.size):
        return Outcome.NOT_SUPPORTED
    return Outcome.SUPPORTED if near > 0 else Outcome.CANNOT_TELL


def opposite(one: Estimate, other: Estimate) -> bool:
    """Whether two estimates lie surely on different sides of nothing."""
    return (one.low > 0 and other.high < 0) or (one.high < 0 and other.low > 0)
