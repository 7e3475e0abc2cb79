"""When an answer is due, and what the clock leaves out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from outlisten.app.care.actions.service_levels import set_service_level
from outlisten.app.care.actions.states import wait
from outlisten.app.care.actions.words import Said, answer
from outlisten.app.care.models import Case, Pause, ServiceLevel
from outlisten.app.care.times import first_wait, hours_of_each, is_late, set_clock
from outlisten.app.people.rules import Refused

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting_case(department: Any) -> Callable[..., Case]:
    """A case of support whose customer wrote on a Monday at ten; answered within four hours of nine to six."""

    def make(**fields: Any) -> Case:
        values = {"waits_since": MONDAY, "unanswered_since": MONDAY, "opened_at": MONDAY, **fields}
        made = Case(
            department=department("support"), platform="x", conversation="c", customer="c", need="asks",
            clock_from="post", **values,
        )  # fmt: skip
        made.save()
        set_clock(made)
        made.save()
        return made

    return make


def test_the_answer_is_due_in_opening_hours(waiting_case: Any) -> None:
    late = MONDAY.replace(hour=17)
    assert waiting_case().due_at == MONDAY.replace(hour=14)
    set_late = Case.objects.get()
    set_late.unanswered_since = set_late.waits_since = late
    set_clock(set_late)
    assert set_late.due_at == datetime(2026, 3, 3, 12, tzinfo=UTC)


def test_a_case_without_an_answer_is_late_from_its_deadline_on(waiting_case: Any) -> None:
    case = waiting_case()
    assert not is_late(case, MONDAY.replace(hour=14))
    assert is_late(case, MONDAY.replace(hour=14, second=1))


def test_a_late_answer_stays_late(waiting_case: Any) -> None:
    case = waiting_case(first_answered_at=None)
    case.first_answered_at = MONDAY.replace(hour=15)
    assert is_late(case, MONDAY)
    case.first_answered_at = MONDAY.replace(hour=13)
    assert not is_late(case, MONDAY.replace(hour=20))


def test_the_clock_stands_still_while_the_customer_is_waited_for(waiting_case: Any) -> None:
    case = waiting_case()
    pause = Pause.objects.create(case=case, started_at=MONDAY.replace(hour=11))
    set_clock(case)
    assert case.due_at is None
    assert not is_late(case, MONDAY + timedelta(days=3))
    pause.ended_at = datetime(2026, 3, 3, 11, tzinfo=UTC)  # a day of nine open hours later
    pause.save()
    set_clock(case)
    assert case.due_at == datetime(2026, 3, 3, 14, tzinfo=UTC)


def test_a_pause_after_the_deadline_forgives_nothing(waiting_case: Any) -> None:
    case = waiting_case()
    started = MONDAY.replace(hour=16)
    Pause.objects.create(case=case, started_at=started, ended_at=started + timedelta(days=1))
    set_clock(case)
    assert case.first_due_at == MONDAY.replace(hour=14)
    assert is_late(case, started + timedelta(days=2))


def test_waits_are_counted_in_open_minutes_without_pauses(waiting_case: Any) -> None:
    case = waiting_case()
    Pause.objects.create(case=case, started_at=MONDAY.replace(hour=11), ended_at=MONDAY.replace(hour=12))
    hours = hours_of_each([case.department_id])[case.department_id]
    still = first_wait(case, MONDAY.replace(hour=13), hours)
    assert (still.minutes, still.answered) == (120, False)
    case.first_answered_at = MONDAY + timedelta(days=1)
    assert first_wait(case, MONDAY + timedelta(days=9), hours).minutes == 60 * 8


def test_a_solved_case_without_an_answer_is_censored_when_it_was_solved(waiting_case: Any) -> None:
    case = waiting_case(state="solved", solved_at=MONDAY.replace(hour=11))
    hours = hours_of_each([case.department_id])[case.department_id]
    wait_of = first_wait(case, MONDAY + timedelta(days=30), hours)
    assert (wait_of.minutes, wait_of.answered) == (60, False)


def test_a_new_service_level_moves_the_deadlines_of_open_cases(waiting_case: Any, member: Any) -> None:
    case = waiting_case()
    level = ServiceLevel(department=case.department, target_minutes=60, holidays=["2026-03-02"])
    set_service_level(level, by=member("lead", "support"))
    case.refresh_from_db()
    assert case.due_at == datetime(2026, 3, 3, 10, tzinfo=UTC)


def test_a_week_without_open_hours_is_refused(department: Any, account: Any) -> None:
    with pytest.raises(ValidationError, match="at least one day"):
        set_service_level(ServiceLevel(department=department("support"), week={}), by=account("owner"))


def test_a_lead_sets_service_levels_of_the_own_department_only(department: Any, member: Any) -> None:
    with pytest.raises(Refused):
        set_service_level(ServiceLevel(department=department("hr")), by=member("lead", "support"))


def test_a_post_with_a_day_and_no_time_starts_the_clock_when_the_case_is_opened(
    arrive: Any, rule: Any
) -> None:
    rule("support", "refund")
    day = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    arrive({"text": "refund", "created_at": day, "date_only": True})
    case = Case.objects.get()
    assert (case.clock_from, case.waits_since) == ("opening", case.opened_at)


def test_waiting_by_hand_stops_the_clock_and_an_answer_starts_none(case: Any, member: Any) -> None:
    opened, lin = case(), member("responder", "support")
    assert wait(opened.pk, by=lin).case.due_at is None
    done = answer(opened.pk, Said("Here it is", posted=True, then="stay"), by=lin)
    assert (done.case.due_at, done.case.pauses.filter(ended_at=None).count()) == (None, 0)
