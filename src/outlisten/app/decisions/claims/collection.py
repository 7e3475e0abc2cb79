"""Where the networks that speak of a claim's subject were collected: what is missing is missing, never zero."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outlisten.app.listening.filters import clause
from outlisten.insights.effects import ClaimSeries
from outlisten.insights.effects.gaps import collection_gaps
from outlisten.insights.effects.series import LENGTHS, Booleans, Numbers
from outlisten.insights.evidence import reparsed

if TYPE_CHECKING:
    from outlisten.app.decisions.claims.series import Reading

PLATFORMS = 50
A_PART = 0.1  # of the subject's posts: a network that brings less cannot bend its series
MOST_MISSING = 0.1


def missing_in(reading: Reading) -> Booleans:
    """The buckets in which the networks brought nothing about anybody, or one of them stopped where it usually speaks.

    A quiet day of theirs is a zero. A network that stops for some days would look like a change of the metric: those
    buckets are missing, whatever the others brought. Raises ValidationError where there is none.
    """
    of_each = _networks(reading)
    missing: Booleans = _anything(reading, list(of_each)) == 0
    whole = sum(of_each.values())
    for network in (name for name, posts in of_each.items() if posts >= A_PART * whole):
        missing |= _stopped(reading, network)
    return missing


def regular_from(missing: Booleans, start: date, starts: tuple[date, ...]) -> int:
    """The place from which collection was regular: at most one bucket in ten missing from there to the promise.

    It looks at what was collected, never at the metric. The whole past where it was regular nowhere.
    """
    before = sum(1 for day in starts if day < start)
    regular = (
        place
        for place in range(before - 1)
        if not missing[place] and missing[place:before].mean() <= MOST_MISSING
    )
    return next(regular, 0)


def nothing_to_test_on() -> ValidationError:
    """There are no posts to test a claim on."""
    return ValidationError(
        _("No posts match this claim's query before and after its start, so there is nothing to test it on.")
    )


def _networks(reading: Reading) -> dict[str, int]:
    """The networks on which the subject is spoken of, with its posts on each."""
    subject = reading.query(reading.content.subject)
    found = reading.store.facets(subject, ["platform"], top=PLATFORMS, window=reading.window)
    posts = {row["value"]: row["posts"] for row in found["platform"].table.to_pylist() if row["value"]}
    if not posts:
        raise nothing_to_test_on()
    return posts


def _anything(reading: Reading, networks: list[str], *, by_day: bool = False) -> Numbers:
    """Posts of these networks about anybody."""
    query = reparsed(clause("platform", networks), reading.query(reading.content.subject))
    return reading.counts(query, "posts", "day" if by_day else None)


def _stopped(reading: Reading, network: str) -> Booleans:
    """The buckets that hold a day of a gap in this network."""
    days = ClaimSeries(reading.starts_of("day"), _anything(reading, [network], by_day=True))
    stopped, length = np.zeros(len(reading.starts), dtype=bool), LENGTHS[reading.content.step].days
    for gap in collection_gaps(days):
        stopped[gap.first // length : gap.last // length + 1] = True
    return stopped
