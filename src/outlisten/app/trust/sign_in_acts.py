"""Who came in, who went out, and who was turned away: written down when Django and allauth say so."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.signals import user_logged_in as came_in
from django.contrib.auth.signals import user_logged_in as came_in_anyhow
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest

from outlisten.app.people.models import Account
from outlisten.app.trust.audit import pseudonym, record
from outlisten.app.trust.models import AuditRow

LINK = "outlisten.app.people.backends.OneTimeLinkBackend"


@receiver(came_in)
def signed_in(request: HttpRequest, user: Account, **_more: object) -> None:
    """By password, and by the second step where there is one."""
    record("account.sign_in", by=user, about=f"account:{user.pk}", link=False)


@receiver(came_in_anyhow)
def signed_in_by_link(user: Account, **_more: object) -> None:
    """By a one-time link, of which allauth knows nothing; what it knows, it tells itself."""
    if getattr(user, "backend", "") == LINK:
        record("account.sign_in", by=user, about=f"account:{user.pk}", link=True)


@receiver(user_logged_out)
def signed_out(user: Account | None, **_more: object) -> None:
    """By the person's own wish, or because the password changed."""
    if isinstance(user, Account):
        record("account.sign_out", by=user, about=f"account:{user.pk}")


@receiver(user_login_failed)
def turned_away(credentials: Mapping[str, object], **_more: object) -> None:
    """A password that does not fit, an address without an account, a link that was used. The address is a
    pseudonym: it may be a stranger's."""
    address = str(credentials.get("email") or credentials.get("username") or "").strip().lower()
    about = pseudonym("address", address) if address else ""
    record("account.sign_in", by=None, about=about, outcome=AuditRow.Outcome.REFUSED, link=not address)
