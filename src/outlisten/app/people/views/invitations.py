"""Asking people in, and the page on which they accept."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from outlisten.app.people import queries
from outlisten.app.people.actions import invitations as actions
from outlisten.app.people.actions.undoing import CannotUndo
from outlisten.app.people.forms import AcceptForm, InviteForm
from outlisten.app.people.models import Account, Invitation
from outlisten.app.people.rules import Act, require
from outlisten.app.people.views.switches import BACKEND

State = Invitation.State


@never_cache
@require_http_methods(["GET", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Who is to come, as what; then the link, shown once."""
    require(request.user, Act.MANAGE_ACCOUNTS)
    form = InviteForm(request.POST or None, initial={"language": get_language()})
    if request.method == "POST" and form.is_valid():
        try:
            handed = actions.invite(form.guest(), base=_base(request), by=request.user)
        except ValidationError as problem:
            form.add_error(None, " ".join(problem.messages))
        else:
            return _show(request, handed)
    return render(request, "people/invite.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@require_POST
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A fresh link for another seven days."""
    invitation = queries.invitation(pk, by=request.user)
    try:
        return _show(request, actions.send_again(invitation, base=_base(request), by=request.user))
    except actions.InvitationOver:
        return _too_late(request, invitation)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """End an invitation."""
    invitation = queries.invitation(pk, by=request.user)
    try:
        token = actions.withdraw(invitation, by=request.user)
    except actions.InvitationOver:
        return _too_late(request, invitation)
    said = _("The invitation of {name} was withdrawn.").format(name=invitation.name)
    messages.success(request, said, extra_tags=reverse("invitation_undo", args=[token]))
    return redirect("people")


@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Let a withdrawn invitation stand again."""
    try:
        invitation = actions.undo_withdrawal(token, by=request.user)
    except CannotUndo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation of {name} stands again.").format(name=invitation.name))
    return redirect("people")


@login_not_required
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """From any machine: choose a password, and be signed in. The page is in the language of the invitation."""
    invitation = queries.invitation_of_link(token)
    if invitation is None or invitation.state != State.OPEN:
        return _over(request, invitation)
    with translation.override(invitation.language if _first(request) else get_language()):
        form = AcceptForm(request.POST or None, email=invitation.email, initial={"name": invitation.name})
        if request.method != "POST" or not form.is_valid():
            return _ask(request, invitation, form)
        try:
            account = actions.accept(token, **form.cleaned_data)
        except actions.InvitationOver:
            return _over(request, queries.invitation_of_link(token))
        except ValidationError as problem:
            form.add_error(None, " ".join(problem.messages))
            return _ask(request, invitation, form)
    login(request, account, backend=BACKEND)
    return redirect("today")


def _first(request: HttpRequest) -> bool:
    """Whether the reader has not chosen a language here yet: then the invitation's is taken."""
    return settings.LANGUAGE_COOKIE_NAME not in request.COOKIES and not isinstance(request.user, Account)


def _ask(request: HttpRequest, invitation: Invitation, form: AcceptForm) -> HttpResponse:
    from outlisten.app.listening.queries.names import workspace

    context = {"invitation": invitation, "form": form, "workspace": workspace()}
    return render(request, "people/accept.html", context, status=422 if form.errors else 200)


def _over(request: HttpRequest, invitation: Invitation | None) -> HttpResponse:
    state = invitation.state if invitation else ""
    return render(
        request, "people/invitation_over.html", {"invitation": invitation, "state": state}, status=410
    )


def _show(request: HttpRequest, handed: actions.Handed) -> HttpResponse:
    local = request.get_host().rsplit(":", 1)[0] in ("localhost", "127.0.0.1", "[::1]")
    context = {"handed": handed, "only_here": local and not settings.ADDRESS}
    return render(request, "people/invited.html", context)


def _too_late(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    messages.error(
        request, _("{name} has come in already, or the invitation is gone.").format(name=invitation.name)
    )
    return redirect("people")


def _base(request: HttpRequest) -> str:
    return settings.ADDRESS or request.build_absolute_uri("/")
