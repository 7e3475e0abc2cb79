"""One-time links: made, looked up and claimed. The token is shown once and never stored."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from outlisten.app.people.models import Account, OneTimeLink

SET_UP_LASTS = timedelta(hours=24)
SIGN_IN_LASTS = timedelta(hours=24)


def make_set_up_link() -> str:
    """The token of a fresh set-up link; earlier unused ones stop working."""
    OneTimeLink.objects.filter(purpose=OneTimeLink.Purpose.SET_UP, used_at=None).delete()
    return _make(OneTimeLink.Purpose.SET_UP, None, SET_UP_LASTS)


def make_sign_in_link(account: Account) -> str:
    """The token of a link that signs this account in once, from this machine only."""
    return _make(OneTimeLink.Purpose.SIGN_IN, account, SIGN_IN_LASTS)


def open_link(token: str, purpose: OneTimeLink.Purpose) -> OneTimeLink | None:
    """The link of this token while it can be used; looking does not use it up."""
    link = OneTimeLink.objects.filter(digest=digest_of(token), purpose=purpose).first()
    return link if link and link.is_open() else None


def claim(token: str, purpose: OneTimeLink.Purpose) -> OneTimeLink | None:
    """Use the link up and get it; None when it was used, has expired or never was. Of two at once, one gets
    it."""
    now = timezone.now()
    claimed = OneTimeLink.objects.filter(
        digest=digest_of(token), purpose=purpose, used_at=None, expires_at__gt=now
    ).update(used_at=now)
    return OneTimeLink.objects.select_related("account").get(digest=digest_of(token)) if claimed else None


def fresh_token() -> tuple[str, str]:
    """A token nobody can guess, and the digest to keep of it."""
    token = secrets.token_urlsafe(32)
    return token, digest_of(token)


def digest_of(token: str) -> str:
    """What is kept of a token: its SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _make(purpose: OneTimeLink.Purpose, account: Account | None, lasts: timedelta) -> str:
    token, digest = fresh_token()
    OneTimeLink.objects.create(
        digest=digest, purpose=purpose, account=account, expires_at=timezone.now() + lasts
    )
    return token
