"""Signing in by a one-time link, as Django's authentication sees it."""

from __future__ import annotations

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from outlisten.app.people import links
from outlisten.app.people.models import Account, OneTimeLink


class OneTimeLinkBackend(BaseBackend):
    """Gives the account of a sign-in link and uses the link up."""

    def authenticate(  # type: ignore[override]
        self, request: HttpRequest | None, one_time_token: str | None = None
    ) -> Account | None:
        """The link's account, or None when the link is used, expired, unknown, or its account is closed."""
        link = links.claim(one_time_token, OneTimeLink.Purpose.SIGN_IN) if one_time_token else None
        return link.account if link and link.account and link.account.is_active else None

    def get_user(self, user_id: int) -> Account | None:
        """The account of a session."""
        return Account.objects.filter(pk=user_id, is_active=True).first()
