"""Settings → Voices: declared accounts and campaigns."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.listening.actions import voices as actions
from outlisten.app.listening.actions.names import CannotUndo
from outlisten.app.listening.forms_of_voices import AccountForm, CampaignForm, PasteForm
from outlisten.app.listening.models import Campaign, DeclaredAccount
from outlisten.app.listening.queries import voices as queries
from outlisten.app.listening.undoing import keep_undo, kept_undo
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require
from outlisten.app.web.templatetags.shell import sentence_gap

Form = AccountForm | PasteForm | CampaignForm


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """The register, and how far posts are read again."""
    context = {
        "accounts": queries.accounts(request.user),
        "campaigns": queries.campaigns(request.user),
        "rereadings": queries.rereadings(),
    }
    return render(request, "listening/voices/page.html", context)


@require_GET
def progress(request: HttpRequest) -> HttpResponseBase:
    """How far posts are read again."""
    require(request.user, Act.SEARCH)
    return render(request, "listening/voices/_rereadings.html", {"rereadings": queries.rereadings()})


@require_http_methods(["GET", "POST"])
@plainly
def edit(request: HttpRequest, kind: str, pk: int | None = None) -> HttpResponseBase:
    """A new or an existing account or campaign."""
    require(request.user, Act.DECLARE_VOICES)
    thing = queries.declaration(request.user, kind, pk) if pk else None
    if kind == "account":
        form: Form = AccountForm(request.POST or None, instance=thing or DeclaredAccount())
    else:
        form = CampaignForm(request.POST or None, instance=thing or Campaign())
    if request.method == "POST" and form.is_valid():
        try:
            token = actions.declare(form.instance, by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return _back(request, _("“%(name)s” is declared.") % {"name": form.instance}, token)
    context = {"form": form, "thing": thing, "kind": kind}
    return render(request, "listening/voices/edit.html", context, status=400 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@plainly
def paste(request: HttpRequest) -> HttpResponseBase:
    """Many accounts at once."""
    require(request.user, Act.DECLARE_VOICES)
    form = PasteForm(request.POST or None, instance=DeclaredAccount())
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.declare_many(form.cleaned_data["names"], form.instance, by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            for name, why in made.refused:
                messages.error(request, f"{name}: {why}")
            return _back(request, _pasted(made), made.undo if made.declared else "")
    context = {"form": form, "thing": None, "kind": "paste"}
    return render(request, "listening/voices/edit.html", context, status=400 if form.is_bound else 200)


@require_POST
@plainly
def end(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """The declaration holds until today."""
    thing = queries.declaration(request.user, kind, pk)
    try:
        token = actions.end(thing, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("voices")
    return _back(request, _("“%(name)s” holds until today.") % {"name": thing}, token)


@require_POST
@plainly
def withdraw(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """Delete a declaration, at once: it can be undone."""
    thing = queries.declaration(request.user, kind, pk)
    token = actions.withdraw(thing, by=request.user)
    return _back(request, _("“%(name)s” is no longer declared.") % {"name": thing}, token)


@require_POST
@plainly
def undo(request: HttpRequest, key: str) -> HttpResponseBase:
    """Take back one of the last changes."""
    token = kept_undo(request, key)
    if token is None:
        raise Http404
    try:
        actions.undo(token, by=request.user)
    except CannotUndo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It was taken back."))
    return redirect("voices")


def _pasted(made: actions.Pasted) -> str:
    said = ngettext("%(n)d account is declared.", "%(n)d accounts are declared.", made.declared) % {
        "n": made.declared
    }
    if not made.known:
        return said
    known = ngettext("%(n)d was declared before.", "%(n)d were declared before.", len(made.known))
    return f"{said}{sentence_gap()}{known % {'n': len(made.known)}}"


def _back(request: HttpRequest, said: str, token: str) -> HttpResponseBase:
    """To the list, with what was done and the button that takes it back."""
    where = reverse("voice_undo", args=[keep_undo(request, token)]) if token else ""
    messages.success(request, said, extra_tags=where)
    return redirect("voices")
