"""Posts that arrive become cases by rule, join them, and thank people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from outlisten.app.care.actions.states import solve
from outlisten.app.care.actions.words import Said, answer
from outlisten.app.care.models import Case, CasePost, Entry, Rule, Thanks
from outlisten.app.people.models import Account
from outlisten.app.trust.models import AuditRow

NOW = datetime.now(UTC).replace(microsecond=0)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["I want a refund", "退款到底什么时候到"])
def test_a_rule_opens_a_case_for_a_post_addressed_to_us(arrive: Any, rule: Any, text: str) -> None:
    made = rule("support", "refund OR 退款")
    arrive({"text": text, "author_handle": "mei"})
    case = Case.objects.get()
    assert (case.rule, case.department.key, case.need, case.state) == (made, "support", "complains", "new")
    assert (case.customer_name, case.opening_words) == ("@mei", text)


@pytest.mark.parametrize(
    "post",
    [
        {"text": "I want a refund", "to": "SomebodyElse"},
        {"text": "where is the refund page", "to": None},
        {"text": "Your refund is on its way", "voice": "owned"},
        {"text": "I like the jasmine tea"},
        {"text": "a refund", "created_at": NOW - timedelta(days=400)},
        {"text": "a refund", "created_at": None},
    ],
)
def test_other_posts_open_no_case(arrive: Any, rule: Any, post: dict[str, object]) -> None:
    rule("support", "refund")
    arrive(post)
    assert not Case.objects.exists()


def test_a_rule_that_is_off_opens_nothing(arrive: Any, rule: Any) -> None:
    rule("support", "refund", on=False)
    arrive({"text": "refund please"})
    assert not Case.objects.exists()


def test_the_first_rule_that_finds_a_post_opens_the_case(arrive: Any, rule: Any) -> None:
    rule("support", "refund", position=20)
    rule("legal", "lawyer", position=10)
    arrive({"text": "refund or my lawyer writes"})
    assert Case.objects.get().department.key == "legal"


def test_the_same_posts_twice_make_one_case(arrive: Any, rule: Any) -> None:
    rule("support", "refund")
    arrive({"text": "refund"}, {"text": "another refund", "native_id": "b"})
    arrive({"text": "refund"}, {"text": "another refund", "native_id": "b"})
    assert (Case.objects.count(), CasePost.objects.count()) == (2, 2)
    assert AuditRow.objects.filter(act="case.open").count() == 2


def test_a_crash_half_way_is_made_up_for(arrive: Any, rule: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The journal hands the batch over again: what was opened stays one case, what was not is opened."""
    rule("support", "refund")
    from outlisten.app.care import intake

    opened = intake.open_case

    def crash_on_the_second(*args: Any, **more: Any) -> Case:
        if Case.objects.exists():
            raise KeyboardInterrupt
        return opened(*args, **more)

    monkeypatch.setattr(intake, "open_case", crash_on_the_second)
    batch = ({"text": "refund"}, {"text": "refund too", "native_id": "b"})
    with pytest.raises(KeyboardInterrupt):
        arrive(*batch)
    monkeypatch.setattr(intake, "open_case", opened)
    arrive(*batch)
    assert Case.objects.count() == 2


def test_a_later_post_of_the_same_customer_in_the_thread_joins(arrive: Any, rule: Any) -> None:
    rule("support", "refund")
    first = {"native_id": "1", "thread": "1", "author_handle": "mei", "text": "refund"}
    later = {"native_id": "2", "thread": "1", "author_handle": "mei", "text": "hello?", "reply_to": "1"}
    arrive(first)
    arrive(later)
    case = Case.objects.get()
    assert case.posts.count() == 2
    assert [entry.kind for entry in case.entries.all()] == ["opened", "joined"]


def test_somebody_else_in_the_thread_does_not_join(arrive: Any, rule: Any) -> None:
    rule("support", "refund")
    arrive({"native_id": "1", "thread": "1", "author_handle": "mei", "text": "refund"})
    arrive({"native_id": "2", "thread": "1", "author_handle": "bo", "text": "same here"})
    assert CasePost.objects.count() == 1


def answered(case: Case, by: Account, **more: Any) -> None:
    answer(case.pk, Said("It is on its way.", posted=True, **more), by=by)


def test_what_waited_for_the_customer_waits_for_us_when_they_write(
    arrive: Any, case: Any, member: Any
) -> None:
    opened = case("support", native_id="1", thread="1", author_handle="mei")
    answered(opened, member("responder", "support"))
    arrive({"native_id": "2", "thread": "1", "author_handle": "mei", "text": "which parcel?"})
    opened.refresh_from_db()
    assert opened.state == "waiting_us"
    assert opened.due_at is not None
    assert opened.pauses.get().ended_at is not None


def test_a_solved_case_is_open_again_when_the_customer_writes(arrive: Any, case: Any, member: Any) -> None:
    opened = case("support", native_id="1", thread="1", author_handle="mei")
    solve(opened.pk, by=member("responder", "support"))
    arrive({"native_id": "2", "thread": "1", "author_handle": "mei", "text": "it broke again"})
    opened.refresh_from_db()
    assert (opened.state, opened.solved_at) == ("reopened", None)


@pytest.mark.parametrize("text", ["Thank you, it arrived!", "收到了，谢谢小林"])
def test_thanks_find_the_person_who_earned_them(arrive: Any, case: Any, member: Any, text: str) -> None:
    lin = member("responder", "support", name="林一")
    opened = case("support", native_id="1", thread="1", author_handle="mei")
    answered(opened, lin, then="solve")
    later = datetime.now(UTC) + timedelta(minutes=5)
    arrive({"native_id": "2", "thread": "1", "author_handle": "mei", "text": text, "created_at": later})
    opened.refresh_from_db()
    assert Thanks.objects.get().to == lin
    assert opened.state == "solved"
    assert opened.entries.filter(kind=Entry.Kind.THANKED).exists()


def test_thanks_before_any_answer_thank_nobody(arrive: Any, case: Any) -> None:
    case("support", native_id="1", thread="1", author_handle="mei")
    arrive({"native_id": "2", "thread": "1", "author_handle": "mei", "text": "thanks"})
    assert not Thanks.objects.exists()


def test_thanks_in_a_thread_of_their_own_find_the_person_too(arrive: Any, case: Any, member: Any) -> None:
    lin = member("responder", "support")
    answered(case("support", native_id="1", author_handle="mei"), lin)
    later = datetime.now(UTC) + timedelta(hours=1)
    arrive({"native_id": "9", "author_handle": "mei", "text": "多谢客服", "created_at": later})
    assert Thanks.objects.get().to == lin


@pytest.mark.parametrize(
    ("text", "urgency", "reasons"),
    [
        ("refund: the charger caught fire", 2, ["harm"]),
        ("退款，卡被盗刷了", 2, ["fraud"]),
        ("refund asap or my lawyer writes", 1, ["law", "deadline"]),
        ("退款，第三次说了没人回复", 1, ["again"]),
        ("refund please", 0, []),
    ],
)
def test_urgency_comes_with_its_reasons(
    arrive: Any, rule: Callable[..., Rule], text: str, urgency: int, reasons: list[str]
) -> None:
    rule("support", "refund OR 退款")
    arrive({"text": text})
    case = Case.objects.get()
    assert (case.urgency, case.urgency_reasons) == (urgency, reasons)
