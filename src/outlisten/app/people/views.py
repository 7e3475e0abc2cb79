"""Signing in by link, and the switches in the header."""

from __future__ import annotations

from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import authenticate, login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from outlisten.app.people import actions
from outlisten.app.people.models import Account

THEME_COOKIE = "outlisten_theme"
YEAR = 365 * 86_400


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


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch the language of the pages, for good when signed in."""
    language = request.POST.get("language", "")
    response = redirect(_back(request))
    if language not in Account.Language.values:
        return response
    if isinstance(request.user, Account):
        actions.choose_language(request.user, language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


@login_not_required
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Switch between light, dark and the system's theme, for good when signed in."""
    theme = request.POST.get("theme", "")
    response = redirect(_back(request))
    if theme not in Account.Theme.values:
        return response
    if isinstance(request.user, Account):
        actions.choose_theme(request.user, theme)
    response.set_cookie(THEME_COOKIE, theme, YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax")
    return response


def _back(request: HttpRequest) -> str:
    """The page the form was sent from, when it is one of ours."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
