"""The first page of an installation: the owner chooses how to sign in and what the workspace is called."""

from __future__ import annotations

from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from outlisten.app.listening.actions.workspace import change_workspace
from outlisten.app.listening.queries.names import workspace
from outlisten.app.people import actions, links
from outlisten.app.people.forms import SetUpForm
from outlisten.app.people.models import Account, OneTimeLink


@login_not_required
@never_cache
@sensitive_post_parameters("password")
def page(request: HttpRequest, token: str) -> HttpResponse:
    """The form while the link is good; sending it uses the link up and signs the owner in."""
    if not links.open_link(token, OneTimeLink.Purpose.SET_UP):
        return _used(request)
    form = SetUpForm(request.POST or None, initial={"language": get_language()})
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/set_up.html", {"form": form}, status=422 if form.errors else 200)
    try:
        owner = _set_up(token, form)
    except actions.LinkUsed:
        return _used(request)
    login(request, owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("today")


def _set_up(token: str, form: SetUpForm) -> Account:
    given = form.cleaned_data
    owner = actions.create_owner(
        token,
        email=given["email"],
        name=given["name"],
        password=given["password"],
        language=given["language"],
    )
    ours = workspace()
    ours.name, ours.zone, ours.language = given["workspace"], given["zone"], given["language"]
    change_workspace(ours, by=owner)
    return owner


def _used(request: HttpRequest) -> HttpResponse:
    return render(request, "people/link_refused.html", {"reason": "set-up"}, status=410)
