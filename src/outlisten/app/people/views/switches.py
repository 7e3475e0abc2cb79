"""The switches of the header: language, theme, and in the sample whose eyes one looks through."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from outlisten.app.people import actions
from outlisten.app.people.actions import demo
from outlisten.app.people.looking import LOOKING, looker
from outlisten.app.people.models import Account
from outlisten.app.people.signed_in import signed_in

THEME_COOKIE = "outlisten_theme"
YEAR = 365 * 86_400
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


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


@require_POST
def look_as(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in as one of the sample's accounts; the session remembers whose eyes these were."""
    me = looker(request) or signed_in(request)
    account = get_object_or_404(Account, pk=pk)
    demo.look_as(account, by=me)
    login(request, account, backend=BACKEND)
    request.session[LOOKING] = me.pk
    return redirect("today")


@require_POST
def look_back(request: HttpRequest) -> HttpResponse:
    """Be oneself again."""
    me = looker(request)
    if me is not None:
        demo.look_back(me, looked_as=request.user)
        login(request, me, backend=BACKEND)
    return redirect("today")


def _back(request: HttpRequest) -> str:
    """The page the form was sent from, when it is one of ours."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"
