"""What is kept about people: departments, accounts, one-time links, invitations."""

from __future__ import annotations

from outlisten.app.people.models.accounts import Account, Accounts
from outlisten.app.people.models.departments import Department
from outlisten.app.people.models.invitations import Invitation
from outlisten.app.people.models.links import OneTimeLink

__all__ = ["Account", "Accounts", "Department", "Invitation", "OneTimeLink"]
