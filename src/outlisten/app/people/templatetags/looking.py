"""In the sample: whose eyes one looks through, and through whose one may."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest

from outlisten.app.people.looking import looker
from outlisten.app.people.models import Account
from outlisten.app.people.queries import demo_accounts
from outlisten.app.people.rules import Act, may

register = template.Library()


@register.simple_tag(takes_context=True)
def looking_owner(context: dict[str, Any]) -> Account | None:
    """The owner behind the account that this page is shown to, when it is not their own."""
    request: HttpRequest = context["request"]
    return looker(request)


@register.simple_tag(takes_context=True)
def eyes(context: dict[str, Any]) -> list[Account]:
    """The sample's accounts that this reader may look through, without the present one; else none."""
    from outlisten.app.listening.queries.names import workspace

    request: HttpRequest = context["request"]
    me = looker(request) or request.user
    if not may(me, Act.LOOK_AS) or not workspace().sample:
        return []
    return [account for account in demo_accounts() if account.pk != request.user.pk]
