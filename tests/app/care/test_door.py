"""A queue that others cannot see, behind the one door to cases."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404

from outlisten.app.care.actions.holding import take
from outlisten.app.care.actions.presence import be_here
from outlisten.app.care.actions.states import solve
from outlisten.app.care.actions.words import note
from outlisten.app.care.queries.door import case_for, case_of_post, queues, visible
from outlisten.app.people.rules import Refused

pytestmark = pytest.mark.django_db


def test_a_member_of_finance_cannot_see_hr_cases(case: Any, member: Any) -> None:
    mine, theirs = case("operations"), case("hr")
    finance = member("responder", "operations")
    assert list(visible(finance)) == [mine]
    assert [queue.key for queue in queues(finance)] == ["operations"]
    assert case_of_post(finance, theirs.posts.get().post) is None


def test_a_hidden_case_and_one_that_is_not_there_answer_alike(case: Any, member: Any) -> None:
    hidden, finance = case("hr"), member("lead", "operations")
    said = []
    for pk in (hidden.pk, 999_999):
        with pytest.raises(Http404) as answer:
            case_for(finance, pk)
        said.append(str(answer.value).replace(str(pk), "N"))
    assert said[0] == said[1]


@pytest.mark.parametrize(
    "act",
    [
        lambda pk, by: take(pk, by=by),
        lambda pk, by: solve(pk, by=by),
        lambda pk, by: note(pk, "hello", by=by),
        lambda pk, by: be_here(pk, by=by),
    ],
)
def test_no_act_reaches_a_hidden_case(case: Any, member: Any, act: Any) -> None:
    with pytest.raises(Http404):
        act(case("hr").pk, member("responder", "support"))


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_owner_and_administrators_see_every_queue(case: Any, account: Any, role: str) -> None:
    cases = {case("hr"), case("legal")}
    assert set(visible(account(role))) == cases


@pytest.mark.parametrize("role", ["analyst", "viewer", "agency"])
def test_roles_without_cases_are_refused(case: Any, member: Any, role: str) -> None:
    with pytest.raises(Refused):
        visible(member(role, "support"))


def test_somebody_without_a_department_sees_no_case(case: Any, member: Any) -> None:
    case("support")
    assert not visible(member("responder")).exists()
