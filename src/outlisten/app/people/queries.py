"""What may be read about accounts."""

from __future__ import annotations

from django.db.models import QuerySet

from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require


def owner() -> Account | None:
    """The one owner, or None before set-up."""
    return Account.objects.filter(role=Account.Role.OWNER).first()


def accounts(*, by: Actor) -> QuerySet[Account]:
    """Everybody who has an account, by name."""
    require(by, Act.MANAGE_ACCOUNTS)
    return Account.objects.all()
