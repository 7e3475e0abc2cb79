"""What the ten statements are measured by in care."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone, translation

from outlisten.app.care import measures
from outlisten.app.care.actions.words import Said, answer
from outlisten.app.care.models import Case, Promise, Thanks
from outlisten.app.care.personal_data import erase, held
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Refused
from outlisten.app.trust.audit import record_refusal
from outlisten.app.trust.persons import Person

pytestmark = pytest.mark.django_db
ALL = [measure for group in measures.MEASURES.values() for measure in group]


def said(case: Case, by: Account, then: Any = "solve") -> None:
    answer(case.pk, Said("已经处理好了", posted=True, then=then), by=by)


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.__name__)
def test_without_data_a_measure_says_what_is_lacking_and_where_to_start(account: Any, measure: Any) -> None:
    found = measure(account("owner"))
    assert found.value is None or found.value == 0
    assert found.sentence or (found.missing and found.next_step)


@pytest.mark.parametrize("measure", ALL, ids=lambda measure: measure.__name__)
def test_an_agency_reads_no_measure(account: Any, measure: Any) -> None:
    with pytest.raises(Refused):
        measure(account("agency"))


def test_cases_of_queues_one_does_not_see_are_not_counted(case: Any, member: Any) -> None:
    said(case("hr"), member("responder", "hr"))
    support = member("lead", "support")
    for measure in (measures.answers_by_employees, measures.cases_solved, measures.departments_answering):
        assert measure(support).value is None
    assert measures.cases_solved(member("analyst")).missing


def test_the_figures_count_what_was_done(case: Any, member: Any, account: Any) -> None:
    owner, lin = account("owner"), member("responder", "support", "legal")
    for key in ("support", "support", "legal"):
        said(case(key), lin)
    held_one = case("support")
    said(held_one, lin, then="wait")
    assert (measures.answers_by_employees(owner).value, measures.cases_solved(owner).value) == (1, 0.75)
    assert measures.conversations_held(owner).value == 1
    mixed = measures.departments_answering(owner)
    assert mixed.value == pytest.approx(1.6)
    assert "75 %" in str(mixed.sentence)
    with translation.override("zh-hans"):
        assert "75%" in str(measures.departments_answering(owner).sentence)


def test_a_promise_past_its_day_counts_as_broken(case: Any, account: Any) -> None:
    owner, opened, today = account("owner"), case(), timezone.localdate()
    now = timezone.now()
    for days, kept in ((-3, True), (-2, False), (-1, None), (5, None)):
        Promise.objects.create(
            case=opened, text="x", due_on=today + timedelta(days=days), by=owner, made_at=now, kept=kept,
            settled_at=None if kept is None else now,
        )  # fmt: skip
    found = measures.promises_kept(owner)
    assert found.value == pytest.approx(1 / 3)
    assert found.low is not None
    assert found.high is not None
    assert found.low < 1 / 3 < found.high


def test_thanks_are_counted_for_the_team(case: Any, member: Any, account: Any) -> None:
    opened, lin = case(), member("responder", "support")
    said(opened, lin)
    Thanks.objects.create(post="a", answer=opened.answers.get(), to=lin, found_at=timezone.now())
    found = measures.thanks_received(account("owner"))
    assert found.value == 1
    assert lin.name not in str(found.sentence)


def test_attempts_of_an_agency_are_counted(account: Any) -> None:
    agency = account("agency")
    for act in (Act.TAKE_CASE, Act.ANSWER, Act.MANAGE_ACCOUNTS):
        record_refusal(Refused(act, agency))
    assert measures.attempts_refused(account("owner")).value == 2


def test_answer_times_keep_those_who_still_wait(case: Any, member: Any, account: Any) -> None:
    lin = member("responder", "support")
    cases = [case() for _ in range(12)]
    Case.objects.update(waits_since=cases[0].waits_since)  # who came first must not decide
    for opened in cases[:3]:
        said(opened, lin)
    found = measures.time_to_first_answer(account("owner"))
    assert found.value is None
    assert "Fewer than half" in str(found.sentence)


def test_what_care_keeps_of_a_person_is_shown_and_erased(case: Any, member: Any) -> None:
    opened = case(author_handle="mei", text="退款")
    said(opened, member("responder", "support"))
    post = opened.posts.get().post
    mei = Person("x", handle="mei", post_ids=frozenset([post]))
    [kept] = held(mei)
    assert (kept["customer_name"], kept["posts"]) == ("@mei", [post])
    assert erase(mei) > 0
    opened.refresh_from_db()
    assert (opened.customer_name, opened.opening_words, opened.answers.get().text) == ("", "", "")
    assert held(mei) == []
    assert erase(mei) == 0
