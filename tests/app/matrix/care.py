"""Care, walked: the queue, every act on a case, rules and service levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from django.utils import timezone
from tests.app.matrix import Walk
from tests.conftest import _complete

from outlisten.app.care.models import Case, Rule
from outlisten.app.listening.store import whole
from outlisten.app.people.acts import Act
from outlisten.app.people.models import Department
from outlisten.posts.schema import arrow_schema


def a_case(department: Department) -> Mapping[str, object]:
    """A case that waits in this department."""
    now = timezone.now()
    made = Case.objects.create(
        department=department, platform="x", conversation="c", customer="c", need="asks", opened_at=now,
        clock_from="post", waits_since=now, unanswered_since=now,
    )  # fmt: skip
    return {"case": made.pk}


def a_rule(department: Department) -> Mapping[str, object]:
    """A rule of this department."""
    return {"rule": Rule.objects.create(department=department, name="R", query="refund OR 退款").pk}


def a_department(department: Department) -> Mapping[str, object]:
    """A department's key."""
    return {"key": department.key}


def a_post(_department: Department) -> Mapping[str, object]:
    """A post to draft for and to make a case of."""
    table = pa.Table.from_pylist(
        [_complete({"text": "where is my order", "author_handle": "mei"}, 0)], schema=arrow_schema()
    )
    whole().add(table)
    return {"post": table["id"][0].as_py()}


def on_case(act: Act, **way: Any) -> Walk:
    """An act on a case: to who may not see its queue there is no such case."""
    return Walk(act, given=a_case, scoped=True, refused_as=404, **way)


ROWS = (
    on_case(Act.SEE_CASES, get="/care/{case}"),
    on_case(Act.SEE_CASES, get="/care/{case}/thread"),
    on_case(Act.SEE_CASES, post="/care/{case}/here"),
    on_case(Act.TAKE_CASE, post="/care/{case}/take"),
    on_case(Act.WORK_ON_CASE, post="/care/{case}/note", send={"text": "x"}),
    on_case(Act.WORK_ON_CASE, post="/care/{case}/wait"),
    on_case(Act.ANSWER, post="/care/{case}/answer", send={"text": "x", "posted": "1"}),
    on_case(Act.CLOSE_CASE, post="/care/{case}/solve"),
    Walk(Act.OPEN_CASE, post="/care/posts/{post}/open", command=("case", "open", "{post}"), given=a_post),
    Walk(
        Act.DRAFT,
        post="/care/posts/{post}/draft",
        send={"text": "x"},
        command=("case", "draft", "{post}", "x"),
        given=a_post,
    ),
    Walk(Act.MANAGE_CARE, get="/care/rules/{rule}", given=a_rule, scoped=True, refused_as=404),
    Walk(
        Act.MANAGE_CARE,
        post="/care/rules/{rule}/switch",
        send={"on": "1"},
        given=a_rule,
        scoped=True,
        refused_as=404,
    ),
    Walk(
        Act.MANAGE_CARE,
        get="/settings/service-levels/{key}",
        command=("case", "levels", "--department", "{key}", "--hours", "2"),
        given=a_department,
        scoped=True,
    ),
)
