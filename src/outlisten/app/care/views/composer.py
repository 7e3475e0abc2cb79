"""What one needs to write in a case: the draft to go on with, the colleagues and departments to hand it to."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from outlisten.app.care.queries.thread import Thread
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Act, may


def composer(request: HttpRequest, thread: Thread) -> dict[str, Any]:
    """The values of the forms below a case."""
    case, me = thread.case, request.user
    mine = next((draft for draft in thread.drafts if draft.by_id == me.pk), None)
    return {
        "mine": mine,
        "others": [draft for draft in thread.drafts if draft.by_id != me.pk],
        "post": thread.last_post,
        "departments": Department.objects.exclude(pk=case.department_id),
        "colleagues": _colleagues(thread),
        "answers": may(me, Act.ANSWER, case.department_id) and case.owner_id in (None, me.pk),
        "today": timezone.localdate(),
    }


def _colleagues(thread: Thread) -> list[Account]:
    """Those who may take a case of this department, without whoever has it."""
    case = thread.case
    people = Account.objects.filter(is_active=True).prefetch_related("departments")
    return [one for one in people if one.pk != case.owner_id and may(one, Act.TAKE_CASE, case.department_id)]
