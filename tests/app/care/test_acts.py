"""What may be done to a case, step by step, and what takes a step back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from outlisten.app.care.actions.by_hand import open_by_hand
from outlisten.app.care.actions.holding import Taken, hand_over, let_go, take
from outlisten.app.care.actions.presence import be_here
from outlisten.app.care.actions.service_levels import set_service_level
from outlisten.app.care.actions.states import reopen, solve, wait
from outlisten.app.care.actions.step import Done, NotNow
from outlisten.app.care.actions.undo import undo
from outlisten.app.care.actions.words import Said, answer, note, promise, save_draft, settle
from outlisten.app.care.models import Answer, Case, Draft, Entry, Promise, ServiceLevel
from outlisten.app.people.actions.undoing import CannotUndo
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Refused
from outlisten.app.trust.models import AuditRow

TOMORROW = date.today() + timedelta(days=2)
State = Case.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def lin(member: Callable[..., Account]) -> Account:
    return member("responder", "support", name="林一")


@pytest.fixture
def bo(member: Callable[..., Account]) -> Account:
    return member("responder", "support", name="Bo")


def test_who_takes_a_case_has_it(case: Any, lin: Account) -> None:
    done = take(case().pk, by=lin)
    assert (done.case.owner, done.case.state) == (lin, State.OPEN)
    assert AuditRow.objects.filter(act="case.take", actor=lin.pk, about=done.case.about).exists()


def test_a_taken_case_is_told_by_the_name_of_who_has_it(case: Any, lin: Account, bo: Account) -> None:
    taken = take(case().pk, by=lin).case
    with pytest.raises(Taken, match="林一"):
        take(taken.pk, by=bo)
    with pytest.raises(Taken, match="林一"):
        answer(taken.pk, Said("Hello", posted=True), by=bo)


def test_only_who_has_a_case_lets_it_go(case: Any, lin: Account, bo: Account) -> None:
    opened = case()
    take(opened.pk, by=lin)
    with pytest.raises(NotNow):
        let_go(opened.pk, by=bo)
    assert let_go(opened.pk, by=lin).case.owner is None


def test_a_hand_over_takes_the_note_along(case: Any, lin: Account, department: Any) -> None:
    opened = case()
    take(opened.pk, by=lin)
    done = hand_over(opened.pk, by=lin, department=department("legal"), note="客户要求书面答复")
    assert (done.case.department.key, done.case.owner, done.case.state) == ("legal", None, State.NEW)
    assert opened.entries.get(kind=Entry.Kind.HANDED).text == "客户要求书面答复"


def test_another_department_needs_a_note(case: Any, lin: Account, department: Any) -> None:
    with pytest.raises(NotNow, match="note"):
        hand_over(case().pk, by=lin, department=department("legal"))


def test_a_colleague_gets_the_case(case: Any, lin: Account, bo: Account) -> None:
    opened = case()
    take(opened.pk, by=lin)
    assert hand_over(opened.pk, by=lin, to=bo).case.owner == bo


def test_nobody_gets_a_case_that_they_may_not_take(case: Any, lin: Account, member: Any) -> None:
    for role, departments in (("responder", ["hr"]), ("agency", ["support"]), ("analyst", ["support"])):
        with pytest.raises(NotNow, match="cannot take"):
            hand_over(case().pk, by=lin, to=member(role, *departments))


def test_an_answer_carries_the_name_of_an_employee(case: Any, lin: Account) -> None:
    opened = case()
    done = answer(opened.pk, Said("退款已经发出，三天内到账。", posted=True), by=lin)
    kept = Answer.objects.get()
    assert (kept.name, kept.by, kept.employee, kept.way) == ("林一", lin, True, "copy")
    assert (done.case.state, done.case.owner, done.undo) == (State.WAITING_CUSTOMER, lin, "")
    assert done.case.first_answered_at is not None


def test_an_answer_that_was_not_posted_is_not_recorded(case: Any, lin: Account) -> None:
    with pytest.raises(NotNow, match="Post"):
        answer(case().pk, Said("On its way"), by=lin)
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("then", "state"), [("wait", "waiting_customer"), ("solve", "solved"), ("stay", "open")]
)
def test_after_an_answer_comes_what_was_chosen(case: Any, lin: Account, then: Any, state: str) -> None:
    assert answer(case().pk, Said("Done", posted=True, then=then), by=lin).case.state == state


def test_a_promise_is_kept_or_broken(case: Any, lin: Account) -> None:
    opened = case()
    promise(opened.pk, "refund", TOMORROW, by=lin)
    made = Promise.objects.get()
    done = settle(opened.pk, made.pk, kept=False, by=lin)
    made.refresh_from_db()
    assert made.kept is False
    with pytest.raises(NotNow, match="settled"):
        settle(opened.pk, made.pk, kept=True, by=lin)
    undo(done.undo, by=lin)
    made.refresh_from_db()
    assert made.kept is None


def test_a_promise_for_yesterday_is_refused(case: Any, lin: Account) -> None:
    with pytest.raises(NotNow, match="still to come"):
        promise(case().pk, "refund", timezone.localdate() - timedelta(days=1), by=lin)


STEPS: list[Callable[[int, Account], Done]] = [
    lambda pk, by: take(pk, by=by),
    lambda pk, by: wait(pk, by=by),
    lambda pk, by: solve(pk, by=by),
    lambda pk, by: note(pk, "asked the shop", by=by),
    lambda pk, by: promise(pk, "a new cup", TOMORROW, by=by),
]


@pytest.mark.parametrize("step", STEPS)
def test_undo_puts_a_case_back(case: Any, lin: Account, step: Callable[[int, Account], Done]) -> None:
    opened = case()
    before = Case.objects.values("state", "owner", "due_at", "solved_at", "unanswered_since").get(
        pk=opened.pk
    )
    undo(step(opened.pk, lin).undo, by=lin)
    after = Case.objects.values("state", "owner", "due_at", "solved_at", "unanswered_since").get(pk=opened.pk)
    assert after == before
    assert not Promise.objects.exists()
    assert not opened.pauses.exists()
    assert not opened.entries.filter(kind__in=["noted", "promised"]).exists()


def test_a_hand_over_is_taken_back_from_a_queue_one_cannot_see(
    case: Any, lin: Account, department: Any
) -> None:
    done = hand_over(case().pk, by=lin, department=department("hr"), note="yours")
    assert undo(done.undo, by=lin).department.key == "support"


def test_undo_comes_too_late_after_another_step(case: Any, lin: Account, bo: Account) -> None:
    opened = case()
    done = take(opened.pk, by=lin)
    note(opened.pk, "looking", by=bo)
    with pytest.raises(CannotUndo, match="no longer"):
        undo(done.undo, by=lin)


@pytest.mark.parametrize("token", ["", "rubbish"])
def test_a_damaged_undo_changes_nothing(case: Any, lin: Account, token: str) -> None:
    with pytest.raises(CannotUndo):
        undo(token, by=lin)


def test_nobody_undoes_a_colleagues_step(case: Any, lin: Account, bo: Account) -> None:
    done = take(case().pk, by=lin)
    with pytest.raises(CannotUndo):
        undo(done.undo, by=bo)


def test_a_solved_case_is_opened_again(case: Any, lin: Account) -> None:
    opened = case()
    solve(opened.pk, by=lin)
    with pytest.raises(NotNow):
        take(opened.pk, by=lin)
    assert reopen(opened.pk, by=lin).case.state == State.REOPENED


def test_a_case_is_opened_by_hand_once(arrive: Any, lin: Account) -> None:
    [post] = arrive({"text": "还没收到货", "author_handle": "mei"})
    first = open_by_hand(post, by=lin)
    again = open_by_hand(post, by=lin)
    assert first.case == again.case
    assert (first.fresh, again.fresh, first.case and first.case.opened_by) == (True, False, lin)


def test_a_case_opened_for_another_department_is_passed_on_unseen(
    arrive: Any, lin: Account, department: Any
) -> None:
    [post] = arrive({"text": "the interview never took place"})
    assert open_by_hand(post, by=lin, department=department("hr")).case is None
    assert Case.objects.get().department.key == "hr"


def test_opening_a_post_that_another_department_looks_after_tells_nothing(case: Any, lin: Account) -> None:
    hidden = case("hr")
    opened = open_by_hand(hidden.posts.get().post, by=lin)
    assert opened.case is None
    assert Case.objects.count() == 1
    assert hidden.entries.filter(kind=Entry.Kind.ASKED, by=lin).exists()


def test_an_agency_drafts_and_does_nothing_more(case: Any, member: Any) -> None:
    agency, opened = member("agency", "support"), case()
    post = opened.posts.get().post
    save_draft(post, "How about: on its way.", by=agency)
    assert Draft.objects.get().by == agency
    refused: list[tuple[Act, Callable[[], object]]] = [
        (Act.TAKE_CASE, lambda: take(opened.pk, by=agency)),
        (Act.ANSWER, lambda: answer(opened.pk, Said("x", posted=True), by=agency)),
        (Act.CLOSE_CASE, lambda: solve(opened.pk, by=agency)),
        (Act.WORK_ON_CASE, lambda: note(opened.pk, "x", by=agency)),
        (Act.OPEN_CASE, lambda: open_by_hand(post, by=agency)),
    ]
    for act, attempt in refused:
        with pytest.raises(Refused) as refusal:
            attempt()
        assert refusal.value.act == act
    save_draft(post, " ", by=agency)
    assert not Draft.objects.exists()


def test_colleagues_who_have_a_case_open_are_named(case: Any, lin: Account, bo: Account) -> None:
    opened = case()
    assert be_here(opened.pk, by=lin) == []
    assert be_here(opened.pk, by=bo) == [lin]


def test_what_was_sent_twice_is_recorded_once(case: Any, lin: Account) -> None:
    pk = case().pk
    twice: list[Callable[[], object]] = [
        lambda: note(pk, "问过门店", by=lin),
        lambda: promise(pk, "a new cup", TOMORROW, by=lin),
        lambda: answer(pk, Said("新杯子明天寄出", posted=True), by=lin),
    ]
    for act in twice:
        act()
        with pytest.raises(NotNow, match="already"):
            act()
    assert (Answer.objects.count(), Promise.objects.count()) == (1, 1)


def test_the_same_answer_to_another_word_of_the_customer_is_another(
    case: Any, lin: Account, arrive: Any
) -> None:
    opened = case(text="first", thread="t", author_handle="mei")
    answer(opened.pk, Said("请稍等", posted=True), by=lin)
    arrive({"native_id": "later", "text": "还在等", "thread": "t", "author_handle": "mei"})
    answer(opened.pk, Said("请稍等", posted=True), by=lin)
    assert Answer.objects.count() == 2


@pytest.mark.parametrize(
    ("then", "state", "told"),
    [(None, "solved", 0), ("solve", "solved", 0), ("wait", "waiting_customer", 1), ("stay", "open", 1)],
)
def test_an_answer_opens_a_solved_case_again_only_where_one_says_so(
    case: Any, lin: Account, then: Any, state: str, told: int
) -> None:
    opened = case()
    before = solve(opened.pk, by=lin).case.solved_at
    done = answer(opened.pk, Said("还有一点补充", posted=True, then=then), by=lin)
    assert done.case.state == state
    assert done.case.solved_at == (None if told else before)
    assert opened.entries.filter(kind=Entry.Kind.REOPENED, by=lin).count() == told


def test_that_an_answer_solved_the_case_stands_in_its_history(case: Any, lin: Account) -> None:
    opened = case()
    answer(opened.pk, Said("Done", posted=True, then="solve"), by=lin)
    assert opened.entries.filter(kind=Entry.Kind.SOLVED, by=lin).exists()


def test_an_undo_reckons_the_deadline_anew(case: Any, lin: Account, member: Any) -> None:
    opened = case()
    done = wait(opened.pk, by=lin)
    set_service_level(
        ServiceLevel(department=opened.department, target_minutes=30), by=member("lead", "support")
    )
    before = Case.objects.get(pk=opened.pk).first_due_at
    after = undo(done.undo, by=lin)
    assert after.first_due_at == before
    assert after.due_at == before


def test_nobody_undoes_in_a_department_that_they_have_left(case: Any, lin: Account, department: Any) -> None:
    done = take(case().pk, by=lin)
    lin.departments.set([department("hr")])
    with pytest.raises(Refused):
        undo(done.undo, by=Account.objects.get(pk=lin.pk))
