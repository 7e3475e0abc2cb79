"""Settings of listening: lists of accounts and sites."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.listening.actions import names as actions
from outlisten.app.listening.actions.lists import exported
from outlisten.app.listening.forms import ListForm
from outlisten.app.listening.list_entries import read_entries
from outlisten.app.listening.models import SavedList
from outlisten.app.listening.queries import names as queries
from outlisten.app.listening.views.names import back
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, require

MOST_SHOWN = 12  # of either kind, below the box


@require_GET
def page(request: HttpRequest) -> HttpResponseBase:
    """All lists."""
    require(request.user, Act.SEARCH)
    return render(request, "listening/lists.html", {"lists": queries.saved_lists()})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A new or an existing list."""
    require(request.user, Act.EDIT_TOPICS)
    owner = request.user if isinstance(request.user, Account) else None
    kept = queries.saved_list(pk) if pk else SavedList(owner=owner)
    form = ListForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        try:
            token = actions.keep(form.instance, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            said = _("“%(name)s” was saved.") if pk else _("“%(name)s” was added.")
            return back(request, said % {"name": form.instance.name}, token, "lists")
    status = 400 if form.is_bound else 200
    return render(request, "listening/list.html", {"form": form, "thing": kept}, status=status)


@require_POST
def check(request: HttpRequest) -> HttpResponseBase:
    """What the box says while one types or pastes: which lines are accounts, and which are sites."""
    require(request.user, Act.EDIT_TOPICS)
    text = request.POST.get("entries", "")
    try:
        read = read_entries(text) if text.strip() else None
    except ValidationError as problem:
        return render(request, "listening/_list_check.html", {"problem": " ".join(problem.messages)})
    return render(request, "listening/_list_check.html", {"read": read, "most": f":{MOST_SHOWN}"})


@require_GET
def text(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The list as a text file, one a line."""
    kept = queries.saved_list(pk)
    response = HttpResponse(exported(kept, by=request.user), content_type="text/plain; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="outlisten-list-{pk}.txt"'
    return response
