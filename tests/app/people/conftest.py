"""What tests about people share: a guest to invite, and the sample's workspace."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from outlisten.app.listening.models import Workspace
from outlisten.app.people.actions.invitations import Guest, Handed, invite
from outlisten.app.people.models import Account, Department

BASE = "https://listen.example.org/"


@pytest.fixture
def owner(account: Callable[..., Account]) -> Account:
    return account("owner")


@pytest.fixture
def invited(owner: Account) -> Callable[..., Handed]:
    """Invites somebody: `invited(role="lead", departments=("sales",))`."""

    def ask(*, departments: tuple[str, ...] = ("support",), **given: str) -> Handed:
        fields = {
            "email": "lin@example.org",
            "name": "林一",
            "role": "responder",
            "language": "zh-hans",
            **given,
        }
        places = tuple(Department.objects.filter(key__in=departments))
        return invite(Guest(**fields, departments=places), base=BASE, by=owner)

    return ask


@pytest.fixture
def sample(db: None) -> Workspace:
    """A workspace that holds the bundled sample."""
    return Workspace.objects.create(pk=1, name="Sample", sample=True)
