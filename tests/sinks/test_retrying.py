"""Messages are tried again later and later, as a channel asks, and no longer than about a day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from outlisten.sinks.problems import MessageRefused, of_channel
from outlisten.sinks.retrying import FIRST, GIVEN_UP_AFTER, LONGEST, next_try, pause
from outlisten.sources.problems import (
    CredentialRefused,
    NotThere,
    QuotaUsedUp,
    ShapeChanged,
    SourceProblem,
    Throttled,
    TooMuch,
    Unavailable,
    Unreachable,
)

BEGAN = datetime(2026, 12, 1, 12, tzinfo=UTC)
AWAY = Unreachable(host="a.example", reason="no answer in time")


def tries(problem: SourceProblem, lot: float) -> list[datetime]:
    """Every moment a message is tried at while the same problem stays."""
    found: list[datetime] = [BEGAN]
    while when := next_try(problem, failed=len(found), began=BEGAN, now=found[-1], lot=lot):
        found.append(when)
    return found


@pytest.mark.parametrize("lot", [0.0, 0.5, 1.0])
def test_a_message_is_tried_later_and_later_for_about_a_day(lot):
    found = tries(AWAY, lot)
    gaps = [after - before for before, after in pairwise(found)]
    assert gaps == sorted(gaps)
    assert gaps[0] == FIRST * (0.5 + lot / 2)
    assert max(gaps) == LONGEST * (0.5 + lot / 2)
    assert GIVEN_UP_AFTER - LONGEST < found[-1] - BEGAN <= GIVEN_UP_AFTER
    assert 12 <= len(found) <= 25


@pytest.mark.parametrize("asked", [3600.0, 7200.0])
def test_it_is_never_tried_sooner_than_the_channel_asks(asked):
    limited = Throttled(host="a.example", wait=asked)
    assert next_try(limited, failed=1, began=BEGAN, now=BEGAN, lot=0.3) == BEGAN + timedelta(seconds=asked)
    assert (
        next_try(Unavailable(host="a", status=503, wait=1.0), failed=3, began=BEGAN, now=BEGAN, lot=1)
        == BEGAN + FIRST * 4
    )


def test_a_channel_that_asks_to_wait_longer_than_a_day_is_given_up():
    late = BEGAN + timedelta(hours=20)
    assert next_try(Throttled(host="a", wait=6 * 3600.0), failed=9, began=BEGAN, now=late, lot=0) is None


@pytest.mark.parametrize(
    "problem",
    [
        CredentialRefused(host="a", status=401), NotThere(address="https://a.example", status=404),
        MessageRefused(host="a", reason="400"), ShapeChanged(host="a", reason="no JSON"), TooMuch(address="a", reason="x"),
    ],
    ids=lambda one: one.kind,
)  # fmt: skip
def test_what_only_a_person_can_mend_or_may_have_arrived_is_not_tried_again(problem):
    assert next_try(problem, failed=1, began=BEGAN, now=BEGAN, lot=0.5) is None


def test_a_quota_that_is_used_up_is_tried_again():
    assert next_try(QuotaUsedUp(host="a"), failed=1, began=BEGAN, now=BEGAN, lot=0.5)


@pytest.mark.parametrize(("failed", "lot"), [(0, 0), (1, -3), (5000, 9), (64, 1)])
def test_any_count_and_any_lot_give_a_sensible_pause(failed, lot):
    assert FIRST / 2 <= pause(failed, lot) <= LONGEST


@pytest.mark.parametrize("problem", [Throttled, QuotaUsedUp, Unavailable])
@pytest.mark.parametrize("kind", ["as the network says it", "in words of channels"])
def test_nothing_is_tried_again_before_the_time_that_was_named(problem: type[Throttled], kind: str):
    told: SourceProblem = problem(host="a.example", status=429, wait=7200.0)
    if kind == "in words of channels":
        told = of_channel(told)
    when = next_try(told, failed=1, began=BEGAN, now=BEGAN, lot=0.0)
    assert when == BEGAN + timedelta(hours=2)
