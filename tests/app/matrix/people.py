"""People, walked: accounts, invitations, departments, ownership, and the sample's eyes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils import timezone
from tests.app.matrix import Walk

from outlisten.app.listening.queries.names import workspace
from outlisten.app.people.acts import Act
from outlisten.app.people.models import Account, Department, Invitation


def somebody(_department: Department) -> Mapping[str, object]:
    """A colleague to change."""
    made = Account.objects.create_user("wei@example.org", name="魏二", role=Account.Role.VIEWER)
    return {"person": made.pk, "name": made.name, "email": made.email}


def somebody_invited(_department: Department) -> Mapping[str, object]:
    """An invitation that waits."""
    soon = timezone.now() + timedelta(days=1)
    made = Invitation.objects.create(email="lin@example.org", name="林一", digest="0" * 64, expires_at=soon)
    return {"invitation": made.pk}


def an_own_department(_department: Department) -> Mapping[str, object]:
    """A department that is empty."""
    return {"department": Department.objects.create(key="stores", name="门店").pk}


def a_demo_account(_department: Department) -> Mapping[str, object]:
    """A demo account in a sample workspace."""
    here = workspace()
    here.sample = True
    here.save()
    made = Account.objects.create_user("analyst@demo.localhost", name="Analyst", role=Account.Role.ANALYST)
    return {"person": made.pk}


GUEST = {"name": "林一", "email": "lin@example.org", "role": "responder", "language": "zh-hans"}
ROWS = (
    Walk(Act.MANAGE_ACCOUNTS, get="/settings/people/"),
    Walk(Act.MANAGE_ACCOUNTS, get="/settings/people/invite"),
    Walk(Act.MANAGE_ACCOUNTS, post="/settings/people/invite", send=GUEST),
    Walk(Act.MANAGE_ACCOUNTS, get="/settings/people/{person}", given=somebody),
    Walk(Act.MANAGE_ACCOUNTS, post="/settings/people/{person}", send={"role": "lead"}, given=somebody),
    Walk(Act.MANAGE_ACCOUNTS, post="/settings/people/{person}/close", given=somebody),
    Walk(Act.MANAGE_ACCOUNTS, post="/settings/people/{person}/reopen", given=somebody),
    Walk(Act.MANAGE_ACCOUNTS, post="/settings/invitations/{invitation}/send", given=somebody_invited),
    Walk(Act.MANAGE_ACCOUNTS, post="/settings/invitations/{invitation}/withdraw", given=somebody_invited),
    Walk(Act.MANAGE_ACCOUNTS, get="/settings/departments/"),
    Walk(Act.MANAGE_ACCOUNTS, post="/settings/departments/", send={"name": "门店"}),
    Walk(Act.MANAGE_ACCOUNTS, post="/settings/departments/{department}/rename", send={"name": "分店"},
         given=an_own_department),
    Walk(Act.MANAGE_ACCOUNTS, post="/settings/departments/{department}/remove", given=an_own_department),
    Walk(Act.MANAGE_ACCOUNTS, command=("user", "list", "--json")),
    Walk(Act.MANAGE_ACCOUNTS, command=("user", "add", "new@example.org")),
    Walk(Act.MANAGE_ACCOUNTS, command=("user", "invite", "lin@example.org", "--json")),
    Walk(Act.MANAGE_ACCOUNTS, command=("user", "change", "{email}", "--role", "lead", "--close"), given=somebody),
    Walk(Act.MANAGE_ACCOUNTS, command=("user", "reset", "{email}"), given=somebody),
    Walk(Act.MANAGE_ACCOUNTS, command=("department", "add", "门店")),
    Walk(Act.SEARCH, command=("department", "list", "--json")),
    Walk(Act.HAND_OVER, post="/settings/people/{person}/hand-over", send={"typed": "{name}"}, given=somebody),
    Walk(Act.LOOK_AS, post="/look/as/{person}", given=a_demo_account),
)  # fmt: skip
