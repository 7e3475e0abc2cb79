"""What may be done to accounts: set-up, one-time links, preferences."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse

from outlisten.app.people import links
from outlisten.app.people.models import Account, OneTimeLink
from outlisten.app.people.queries import owner
from outlisten.app.people.rules import Act, require

DEMO_EMAIL = "demo@localhost"


class LinkUsed(Exception):
    """The one-time link was used, has expired or never was."""


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a person likes to read; a blank zone means the workspace's."""

    name: str
    language: str
    theme: str
    zone: str


def set_up_link(base: str) -> str | None:
    """The address where the owner is created, below `base` (http://127.0.0.1:8000); None once there is an
    owner.

    It works once within 24 hours; asking again makes a fresh one and ends the one before.
    """
    if owner():
        return None
    return base.rstrip("/") + reverse("set_up", args=[links.make_set_up_link()])


def create_owner(token: str, *, email: str, name: str, password: str, language: str) -> Account:
    """Use the set-up link up and create the owner with it. Raises LinkUsed."""
    with transaction.atomic():
        if not links.claim(token, OneTimeLink.Purpose.SET_UP) or owner():
            raise LinkUsed
        return Account.objects.create_user(
            email, password, name=name, language=language, role=Account.Role.OWNER
        )


def add_account(*, email: str, name: str, role: str, language: str, by: Account | None) -> Account:
    """A new account without a password: a sign-in link lets its person in.

    `by` is None only before there is an owner; the account then is the owner's, whatever the role. Raises
    Refused, and ValidationError for an address that is none or has an account, and for an unknown role.
    """
    if by is None and owner() is None:
        role = Account.Role.OWNER
    else:
        require(by or AnonymousUser(), Act.MANAGE_ACCOUNTS)
    account = Account(email=email.strip().lower(), name=name.strip(), role=role, language=language)
    account.set_unusable_password()
    account.full_clean(exclude=["password"])
    account.save()
    return account


def forget_password(account: Account, *, by: Account | None) -> None:
    """End the password of an account: only a sign-in link lets its person in, who then chooses a new one.

    The second step, if there is one, stays. Raises Refused.
    """
    require(by or AnonymousUser(), Act.MANAGE_ACCOUNTS)
    account.set_unusable_password()
    account.save(update_fields=["password"])


def sign_in_link(base: str, account: Account) -> str:
    """An address that signs this account in: once, within 24 hours, opened on this machine."""
    return base.rstrip("/") + reverse("one_time_sign_in", args=[links.make_sign_in_link(account)])


def demo_sign_in_link(base: str, *, name: str = "Demo", language: str = Account.Language.ENGLISH) -> str:
    """An address that signs in as the owner of a throw-away home, made here if there is none. It has no
    password."""
    account = owner() or Account.objects.create_user(
        DEMO_EMAIL, name=name, language=language, role=Account.Role.OWNER
    )
    return sign_in_link(base, account)


def change_preferences(account: Account, wanted: Preferences) -> None:
    """Keep how this person likes to read."""
    account.name, account.language = wanted.name, wanted.language
    account.theme, account.zone = wanted.theme, wanted.zone
    account.save(update_fields=["name", "language", "theme", "zone"])


def choose_language(account: Account, language: str) -> None:
    """Keep the language of the pages for this person."""
    account.language = language
    account.save(update_fields=["language"])


def choose_theme(account: Account, theme: str) -> None:
    """Keep light, dark or as the system for this person."""
    account.theme = theme
    account.save(update_fields=["theme"])
