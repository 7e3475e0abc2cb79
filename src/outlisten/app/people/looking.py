"""Who really looks, while the sample's owner looks through a demo account's eyes."""

from __future__ import annotations

from django.http import HttpRequest

from outlisten.app.people.models import Account

LOOKING = "people.looking"  # in the session: the owner's account


def looker(request: HttpRequest) -> Account | None:
    """The owner behind this session; None when people are who they seem."""
    pk = request.session.get(LOOKING)
    return Account.objects.filter(pk=pk, is_active=True).first() if pk else None
