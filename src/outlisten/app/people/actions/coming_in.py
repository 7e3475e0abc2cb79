"""Getting in without a password: the owner's set-up link, sign-in links, the demo's."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse

from outlisten.app.people import links
from outlisten.app.people.models import Account, OneTimeLink
from outlisten.app.people.queries import owner
from outlisten.app.trust.audit import record

DEMO_EMAIL = "demo@localhost"


class LinkUsed(Exception):
    """The one-time link was used, has expired or never was."""


def set_up_link(base: str) -> str | None:
    """The address where the owner is created, below `base` (http://127.0.0.1:8000); None once there is an
    owner.

    It works once within 24 hours; asking again makes a fresh one and ends the one before.
    """
    if owner():
        return None
    return base.rstrip("/") + reverse("set_up", args=[links.make_set_up_link()])


@transaction.atomic
def create_owner(token: str, *, email: str, name: str, password: str, language: str) -> Account:
    """Use the set-up link up and create the owner with it. Raises LinkUsed."""
    if not links.claim(token, OneTimeLink.Purpose.SET_UP) or owner():
        raise LinkUsed
    return _made_owner(email, password, name=name, language=language)


def sign_in_link(base: str, account: Account) -> str:
    """An address that signs this account in: once, within 24 hours, opened on this machine."""
    return base.rstrip("/") + reverse("one_time_sign_in", args=[links.make_sign_in_link(account)])


@transaction.atomic
def demo_sign_in_link(base: str, *, name: str = "Demo", language: str = Account.Language.ENGLISH) -> str:
    """An address that signs in as the owner of a throw-away home, made here if there is none. It has no
    password."""
    return sign_in_link(base, owner() or _made_owner(DEMO_EMAIL, None, name=name, language=language))


def _made_owner(email: str, password: str | None, *, name: str, language: str) -> Account:
    account = Account.objects.create_user(
        email, password, name=name, language=language, role=Account.Role.OWNER
    )
    record("account.add", by=account, about=f"account:{account.pk}", role=account.role)
    return account
