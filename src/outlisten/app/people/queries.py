"""What may be read about people."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from outlisten.app.people import links
from outlisten.app.people.models import Account, Department, Invitation
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.models import AuditRow

# The sample's accounts, which no person owns.
DEMO_DOMAIN = "demo.localhost"


def owner() -> Account | None:
    """The one owner, or None before set-up."""
    return Account.objects.filter(role=Account.Role.OWNER).first()


def accounts(*, by: Actor) -> QuerySet[Account]:
    """Everybody who has an account: open ones first, then by name. Raises Refused."""
    require(by, Act.MANAGE_ACCOUNTS)
    return Account.objects.prefetch_related("departments").order_by("-is_active", "name", "id")


def account(pk: int, *, by: Actor) -> Account:
    """One account, or 404. Raises Refused."""
    return get_object_or_404(accounts(by=by), pk=pk)


def invitations(*, by: Actor) -> QuerySet[Invitation]:
    """Those who are asked in and have not come, the expired ones included, by name. Raises Refused."""
    require(by, Act.MANAGE_ACCOUNTS)
    waiting = Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
    return waiting.select_related("invited_by").prefetch_related("departments")


def invitation(pk: int, *, by: Actor) -> Invitation:
    """One invitation in whatever state, or 404. Raises Refused."""
    require(by, Act.MANAGE_ACCOUNTS)
    return get_object_or_404(Invitation, pk=pk)


def invitation_of_link(token: str) -> Invitation | None:
    """The invitation of a link, for whoever holds it; looking does not use it up."""
    return Invitation.objects.filter(digest=links.digest_of(token)).select_related("invited_by").first()


def departments() -> list[tuple[Department, int]]:
    """All departments in their order, each with how many open accounts it has."""
    open_accounts = Count("people", filter=Q(people__is_active=True), distinct=True)
    counted = dict(Department.objects.annotate(n=open_accounts).values_list("pk", "n"))
    return [(department, counted.get(department.pk, 0)) for department in Department.objects.all()]


def department(pk: int) -> Department:
    """One department, or 404."""
    return get_object_or_404(Department, pk=pk)


def is_empty(department: Department) -> bool:
    """Whether nothing belongs to it: no account, no open invitation, and nothing of any other room.

    What each department has one of, such as its service level, is a part of it and no content.
    """
    related = [
        field
        for field in department._meta.related_objects
        if field.name != "invitations" and not field.one_to_one
    ]
    kept = (field.related_model._base_manager.filter(**{field.field.name: department}) for field in related)
    waiting = department.invitations.filter(accepted_at=None, withdrawn_at=None)
    return not waiting.exists() and not any(found.exists() for found in kept)


def demo_accounts() -> QuerySet[Account]:
    """The sample's accounts, in the order of the roles' making."""
    return Account.objects.filter(email__endswith=f"@{DEMO_DOMAIN}", is_active=True).order_by("id")


def refused_attempts(reader: Actor, role: str) -> dict[str, int]:
    """How often accounts of a role tried what they may not do: act → attempts, most first. Raises Refused."""
    require(reader, Act.SEE_STATEMENTS)
    refused = AuditRow.objects.filter(role=role, outcome=AuditRow.Outcome.REFUSED)
    counted = refused.values_list("act").annotate(n=Count("number")).order_by("-n", "act")
    return dict(counted)
