"""How a person likes to read, and what they say of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction

from outlisten.app.people.models import Account
from outlisten.app.trust.audit import record


@dataclass(frozen=True, slots=True)
class Preferences:
    """How a person likes to read; a blank zone means the workspace's, a blank background that it is not told."""

    name: str
    language: str
    theme: str
    zone: str
    background: str = ""


@transaction.atomic
def change_preferences(account: Account, wanted: Preferences) -> None:
    """Keep how this person likes to read."""
    told = account.background != wanted.background
    account.name, account.language = wanted.name, wanted.language
    account.theme, account.zone = wanted.theme, wanted.zone
    account.background = wanted.background
    account.save(update_fields=["name", "language", "theme", "zone", "background"])
    if told:  # the mix of backgrounds is measured; the rest is taste
        record("account.background", by=account, about=f"account:{account.pk}", background=wanted.background)


def choose_language(account: Account, language: str) -> None:
    """Keep the language of the pages for this person."""
    account.language = language
    account.save(update_fields=["language"])


def choose_theme(account: Account, theme: str) -> None:
    """Keep light, dark or as the system for this person."""
    account.theme = theme
    account.save(update_fields=["theme"])
