"""Signing in by a link that the command line printed."""

from __future__ import annotations

from ipaddress import ip_address

from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from outlisten.app.people import actions
from outlisten.app.people.models import Account


@login_not_required
@never_cache
@require_GET
def one_time_sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link that the command line printed; only from this machine."""
    if not from_this_machine(request):
        return render(request, "people/link_refused.html", {"reason": "elsewhere"}, status=403)
    account = authenticate(request, one_time_token=token)
    if account is None:
        return render(request, "people/link_refused.html", {"reason": "used"}, status=410)
    login(request, account)
    new = isinstance(account, Account) and not account.has_usable_password()
    return redirect("account_set_password" if new and account.email != actions.DEMO_EMAIL else "today")


def from_this_machine(request: HttpRequest) -> bool:
    """Whether the request came over loopback, with no proxy in between that would make every visitor look
    local."""
    if request.headers.get("X-Forwarded-For") or request.headers.get("Forwarded"):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
