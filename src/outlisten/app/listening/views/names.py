"""Settings of listening: brands, topics and the workspace."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.listening.actions import names as actions
from outlisten.app.listening.actions.workspace import change_workspace
from outlisten.app.listening.forms import BrandForm, TopicForm, WorkspaceForm
from outlisten.app.listening.long_queries import whole_or_none
from outlisten.app.listening.models import Brand, Topic
from outlisten.app.listening.queries import names as queries
from outlisten.app.listening.queries.listen import ask
from outlisten.app.listening.queries.too_broad import with_problems
from outlisten.app.listening.views.asked import given, said_of
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, require

# What takes back the last changes of this person, by a short key for the toast's button.
UNDO = "listening.undo"
UNDOABLE = 5
NameForm = BrandForm | TopicForm
UNDOING = {"names": "name_undo", "lists": "list_undo"}
GETTERS: dict[str, Callable[[int], actions.Kept]] = {
    "brand": queries.brand,
    "topic": queries.topic,
    "list": queries.saved_list,
}


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """All brands and topics."""
    require(request.user, Act.SEARCH)
    context = {"brands": with_problems(queries.brands()), "topics": with_problems(queries.topics())}
    return render(request, "listening/names.html", context)


@require_http_methods(["GET", "POST"])
@plainly
def check(request: HttpRequest) -> HttpResponseBase:
    """What a query box in a form says while one types; saved queries must look for something."""
    asked = QueryDict(mutable=True)
    asked.update({"q": given(request).get("query", ""), "period": "all"})
    question = ask(request.user, asked, saving=True)
    return render(request, "listening/_check.html", said_of(request, question))


@require_http_methods(["GET", "POST"])
@plainly
def edit_brand(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A new or an existing brand."""
    require(request.user, Act.EDIT_BRANDS)
    brand = queries.brand(pk) if pk else Brand()
    return _edit(request, BrandForm(request.POST or None, instance=brand))


@require_http_methods(["GET", "POST"])
@plainly
def edit_topic(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A new or an existing topic; `q` fills in the query, for *save as topic* on Listen."""
    require(request.user, Act.EDIT_TOPICS)
    owner = request.user if isinstance(request.user, Account) else None
    topic = queries.topic(pk) if pk else Topic(owner=owner, query=whole_or_none(request.GET.get("q", "")))
    return _edit(request, TopicForm(request.POST or None, instance=topic))


def _edit(request: HttpRequest, form: NameForm) -> HttpResponseBase:
    thing, fresh = form.instance, form.instance.pk is None
    if request.method == "POST" and form.is_valid():
        try:
            token = actions.keep(thing, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            said = _("“%(name)s” was added.") if fresh else _("“%(name)s” was saved.")
            return back(request, said % {"name": thing.name}, token)
    status = 400 if form.is_bound else 200
    context = {"form": form, "thing": thing, "kind": "brand" if isinstance(form, BrandForm) else "topic"}
    return render(request, "listening/name.html", context, status=status)


@require_POST
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponseBase:
    """Delete a brand, topic or list, at once: it can be undone."""
    if kind not in actions.KINDS:
        raise Http404
    thing = GETTERS[kind](pk)
    page = "lists" if kind == "list" else "names"
    try:
        token = actions.remove(thing, by=request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(page)
    return back(request, _("“%(name)s” was deleted.") % {"name": thing.name}, token, page)


@require_POST
def undo(request: HttpRequest, key: str, page: str = "names") -> HttpResponseBase:
    """Take back one of the last changes, and go to the page it was made on."""
    token = request.session.get(UNDO, {}).get(key, "")
    try:
        thing = actions.undo(token, by=request.user)
    except actions.CannotUndo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("“%(name)s” is as it was.") % {"name": thing} if thing else _("It was taken back.")
        )
    return redirect(page)


@require_http_methods(["GET", "POST"])
def edit_workspace(request: HttpRequest) -> HttpResponseBase:
    """The workspace's name, company, zone, as-of day and language."""
    require(request.user, Act.MANAGE_WORKSPACE)
    form = WorkspaceForm(request.POST or None, instance=queries.workspace())
    if request.method == "POST" and form.is_valid():
        change_workspace(form.instance, by=request.user)
        messages.success(request, _("The workspace was saved."))
        return redirect("names")
    status = 400 if form.is_bound else 200
    return render(request, "listening/workspace.html", {"form": form}, status=status)


def back(request: HttpRequest, said: str, token: str, page: str = "names") -> HttpResponseBase:
    """To the list, with what was done and the button that takes it back."""
    key = secrets.token_hex(4)
    latest = [*request.session.get(UNDO, {}).items(), (key, token)][-UNDOABLE:]
    request.session[UNDO] = dict(latest)
    messages.success(request, said, extra_tags=reverse(UNDOING[page], args=[key]))
    return redirect(page)
