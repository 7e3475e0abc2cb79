from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from outlisten.app.decisions.actions.decisions import move, withdraw
from outlisten.app.decisions.actions.reviews import review
from outlisten.app.decisions.measures import (
    decision_mix,
    decisions_from_insights,
    measured_outcomes,
    reviewed_on_time,
)
from outlisten.app.decisions.models import Decision, Outcome
from outlisten.app.people.rules import Refused

ALL = (decisions_from_insights, reviewed_on_time, measured_outcomes, decision_mix)


@pytest.fixture
def reader(account):
    return account("viewer")


@pytest.mark.parametrize("measure", ALL)
def test_nothing_recorded_is_not_measured_and_says_how_to_start(reader, measure):
    said = measure(reader)
    assert said.value is None
    assert said.missing
    assert said.next_step.address


@pytest.mark.parametrize("measure", ALL)
def test_an_agency_reads_none_of_them(account, measure):
    with pytest.raises(Refused):
        measure(account("agency"))


def test_decisions_from_insights_are_counted_by_month(reader, decision):
    for months in (0, 0, 40):
        made = decision()
        Decision.objects.filter(pk=made.pk).update(made_at=timezone.now() - timedelta(days=months))
    decision(insights=[])
    said = decisions_from_insights(reader)
    assert (said.value, said.unit) == (3, "count")
    assert "3 of 4 decisions" in said.sentence
    assert said.trend[0].value == 1
    assert sum(point.value for point in said.trend) == 3


def test_reviews_on_time_are_a_share_with_its_interval(reader, account, decision):
    lead = account("lead")
    for review_in, looks in ((5, True), (0, True), (0, True), (0, True), (-3, True), (-1, False), (9, False)):
        made = decision(review_in=review_in)
        if looks:
            review(Outcome(decision=made, verdict="better", text="好"), by=lead)
    move(decision(review_in=-5), "dropped", by=lead)
    withdraw(decision(review_in=-5), by=lead)
    said = reviewed_on_time(reader)
    assert said.value == pytest.approx(4 / 6)
    assert (round(said.low, 3), round(said.high, 3)) == (0.300, 0.903)  # Wilson, 4 of 6
    assert "4 of 6" in said.sentence
    assert "67 % (30–90)" in said.sentence


def test_a_few_reviews_are_not_enough_to_say(reader, account, decision):
    review(Outcome(decision=decision(), verdict="better", text="x"), by=account("lead"))
    assert "not enough to say" in reviewed_on_time(reader).sentence


def test_an_outcome_counts_as_measured_by_its_value_or_its_figure(reader, account, decision, insight):
    lead = account("lead")
    for more in (
        {"value": 3.0},
        {"insight": insight()},
        {},
        {"insight": insight(kind="post", post_id="a" * 16)},
    ):
        review(Outcome(decision=decision(), verdict="worse", text="没变", **more), by=lead)
    said = measured_outcomes(reader)
    assert said.value == 0.5
    assert "2 of 4" in said.sentence


def test_an_outcome_that_was_taken_back_does_not_count(reader, account, decision):
    made = decision()
    review(Outcome(decision=made, verdict="better", text="x", value=1), by=account("lead"))
    Outcome.objects.update(withdrawn_at=timezone.now())
    assert measured_outcomes(reader).value is None


def test_the_mix_tells_level_from_horizon(reader, decision):
    for level, horizon in (("strategic", "long"), ("tactical", "short"), ("tactical", "short")):
        decision(level=level, horizon=horizon)
    assert decision_mix(reader).sentence == (
        "Strategic: 1 long term, 0 short term; tactical: 0 long term, 2 short term."
    )
