"""Pages of decisions: list, one decision, recording, changing, reviewing."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.decisions.actions import decisions as actions
from outlisten.app.decisions.actions.reviews import review as record_review
from outlisten.app.decisions.clock import today
from outlisten.app.decisions.forms import DecisionForm, ReviewForm
from outlisten.app.decisions.menus import menus, read_wanted
from outlisten.app.decisions.models import Decision, DecisionChange, Outcome
from outlisten.app.decisions.queries import decisions as queries
from outlisten.app.decisions.queries.history import history
from outlisten.app.decisions.views.answers import back, said, undo_of
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, require
from outlisten.app.web.address_values import whole_number


@require_GET
def page(request: HttpRequest) -> HttpResponseBase:
    """The decisions, due reviews first."""
    wanted = read_wanted(request.GET)
    context = {
        "shown": queries.decisions(request.user, wanted), "wanted": wanted, "menus": menus(wanted),
        "counted": queries.counted(request.user), "today": today(),
    }  # fmt: skip
    return render(request, "decisions/list.html", context)


@require_GET
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One decision with what stands behind it, what came of it, and its history."""
    decision = queries.decision(request.user, pk)
    context = {
        "it": decision, "insights": decision.insights.select_related("pinned_by"), "today": today(),
        "outcomes": decision.outcomes.filter(withdrawn_at=None).select_related("insight", "claim", "reviewed_by"),
        "history": history(request.user, decision),
        "states": [state for state in Decision.State if state not in (decision.state, Decision.State.REVIEWED)],
        "due": decision.due(today()),
    }  # fmt: skip
    return render(request, "decisions/decision.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Record a decision; `insight` in the address ticks the insights it is made from."""
    require(request.user, Act.DECIDE)
    asked = map(whole_number, request.GET.getlist("insight"))
    initial = {"insights": [number for number in asked if number is not None]}
    if isinstance(request.user, Account):
        initial |= {"owner": request.user, "department": request.user.departments.first()}  # type: ignore[dict-item]
    form = DecisionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen, none = list(form.cleaned_data["insights"]), form.cleaned_data["from_none"]
        try:
            change = actions.add(form.instance, chosen, from_none=none, by=request.user)
        except ValidationError as problems:
            _tell(form, problems)
        else:
            said(request, _("The decision was recorded."), undo_url=undo_of(change))
            return redirect("decision", form.instance.pk)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a decision; its history keeps what it said."""
    require(request.user, Act.DECIDE, about=f"decision:{pk}")
    decision = queries.decision(request.user, pk)
    newest = actions.newest_change(decision)
    form = DecisionForm(request.POST or None, instance=decision, initial={"seen": newest.pk if newest else 0})
    told = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            change = actions.change(
                form.instance, list(given["insights"]), from_none=given["from_none"],
                seen=given["seen"] or 0, by=request.user,
            )  # fmt: skip
        except ValidationError as problems:
            told = history(request.user, decision)[:5]
            _tell(form, problems, newest=newest)
        else:
            said(request, _("The decision was saved."), undo_url=undo_of(change))
            return redirect("decision", pk)
    return _form_page(request, form, it=decision, history=told)


def _form_page(request: HttpRequest, form: DecisionForm, **more: object) -> HttpResponseBase:
    context = {"form": form, "some_insights": form.fields["insights"].queryset.exists(), **more}  # type: ignore[attr-defined]
    return render(request, "decisions/decision_form.html", context, status=400 if form.errors else 200)


def _tell(form: ModelForm, problems: ValidationError, newest: DecisionChange | None = None) -> None:  # type: ignore[type-arg]
    """Put the problems of an act where the form shows them; what was read now counts as seen."""
    named = problems.message_dict if hasattr(problems, "error_dict") else {None: problems.messages}
    for name, sentences in named.items():
        known = name if name in form.fields else None
        for sentence in sentences:
            form.add_error(known, sentence)
    if getattr(problems, "code", "") == "newer" and newest is not None and isinstance(form.data, QueryDict):
        read = form.data.copy()
        read["seen"] = str(newest.pk)
        form.data = read


@require_http_methods(["GET", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Record what came of a decision."""
    require(request.user, Act.DECIDE, about=f"decision:{pk}")
    decision = queries.decision(request.user, pk)
    form = ReviewForm(request.POST or None, instance=Outcome(decision=decision))
    if request.method == "POST" and form.is_valid():
        try:
            change = record_review(form.instance, by=request.user)
        except ValidationError as problems:
            _tell(form, problems)
        else:
            said(request, _("The outcome was recorded."), undo_url=undo_of(change))
            return redirect("decision", pk)
    context = {"form": form, "it": decision}
    return render(request, "decisions/review.html", context, status=400 if form.errors else 200)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a decision back, at once: it can be brought back."""
    change = actions.withdraw(queries.decision(request.user, pk), by=request.user)
    said(request, _("The decision was withdrawn; it stays readable."), undo_url=undo_of(change))
    return redirect("decision", pk)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Bring a withdrawn decision back."""
    change = actions.restore(queries.decision(request.user, pk), by=request.user)
    said(request, _("The decision is back."), undo_url=undo_of(change))
    return redirect("decision", pk)


@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back the newest change of a decision."""
    require(request.user, Act.DECIDE)
    change = get_object_or_404(DecisionChange, pk=pk)
    try:
        decision = actions.undo(change, by=request.user)
    except actions.CannotUndo as refusal:
        messages.error(request, str(refusal))
        return redirect("decision", change.decision_id)
    said(request, _("It was taken back."))
    return back(request, "decision", decision.pk)
