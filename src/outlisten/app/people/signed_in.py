"""The account behind a request, for views that only signed-in people reach."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from outlisten.app.people.models import Account


def signed_in(request: HttpRequest) -> Account:
    """The account. Raises PermissionDenied when nobody is signed in."""
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user
