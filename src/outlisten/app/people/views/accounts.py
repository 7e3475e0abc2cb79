"""Settings → People: who has an account, who is asked in, and who may do what."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.people import queries
from outlisten.app.people.actions import accounts as actions
from outlisten.app.people.actions.undoing import CannotUndo
from outlisten.app.people.forms import ChangeForm
from outlisten.app.people.models import Account
from outlisten.app.people.role_table import GROUPS, lines
from outlisten.app.people.rules import Act, Role, may


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Everybody with a role, departments and state, and those who are asked in."""
    people = list(queries.accounts(by=request.user))
    context = {
        "people": people,
        "invitations": list(queries.invitations(by=request.user)),
        "open_accounts": sum(person.is_active for person in people),
        **_role_table(),
    }
    return render(request, "people/people.html", context)


@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """The table role × act in words, for everybody."""
    return render(request, "people/roles.html", _role_table())


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: another role, other departments, background."""
    person = queries.account(pk, by=request.user)
    form = ChangeForm.of(person, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = {"role": person.role, **form.cleaned_data}
        try:
            token = actions.change_account(person, **given, by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return _done(request, _("The account of {name} was changed."), person, token)
    context = {"form": form, "person": person, "hands_over": _can_be_owner(request, person)}
    return render(request, "people/person.html", context, status=422 if form.errors else 200)


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """End somebody's access."""
    return _open_or_close(request, pk, actions.close_account, _("The account of {name} was closed."))


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody in again."""
    return _open_or_close(request, pk, actions.reopen_account, _("The account of {name} is open again."))


def _open_or_close(request: HttpRequest, pk: int, act: Callable[..., str], said: str) -> HttpResponse:
    person = queries.account(pk, by=request.user)
    try:
        token = act(person, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("person", pk)
    return _done(request, said, person, token)


@require_POST
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Make somebody else the owner: done only when their name was typed, for it cannot be undone."""
    person = queries.account(pk, by=request.user)
    try:
        if request.POST.get("typed", "").strip() != person.name.strip():
            raise ValidationError(_("The name was not typed as it is written. Nothing was changed."))
        actions.hand_over(person, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("person", pk)
    messages.success(
        request, _("{name} owns the workspace now; you are an administrator.").format(name=person.name)
    )
    return redirect("people")


@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take back a change to an account."""
    try:
        person = actions.undo_change(token, by=request.user)
    except CannotUndo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The account of {name} is as it was.").format(name=person.name))
    return redirect("people")


def _role_table() -> dict[str, object]:
    return {"roles": list(Role), "groups": [(name, lines(acts)) for name, acts in GROUPS]}


def _can_be_owner(request: HttpRequest, person: Account) -> bool:
    return may(request.user, Act.HAND_OVER) and person.role != Role.OWNER and person.is_active


def _done(request: HttpRequest, said: str, person: Account, token: str) -> HttpResponse:
    messages.success(request, said.format(name=person.name), extra_tags=reverse("person_undo", args=[token]))
    return redirect("people")
