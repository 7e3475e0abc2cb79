"""What one does in a case: each act answers with the case as it is now, and a message that takes the act back."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from outlisten.app.care.actions import holding, states, words
from outlisten.app.care.actions.step import Done, NotNow
from outlisten.app.care.actions.undo import undo
from outlisten.app.care.forms import AnswerForm, HandOverForm, PromiseForm, first_problem
from outlisten.app.care.queries.door import NoSuchCase, case_for
from outlisten.app.care.views.pages import shown
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.actions.undoing import CannotUndo

# What takes back the last steps of this person, by a short key for the toast's button.
UNDO = "care.undo"
UNDOABLE = 5
Act = Callable[[HttpRequest, int], Done]


@require_POST
@plainly
def act(request: HttpRequest, pk: int, name: str) -> HttpResponseBase:
    """Do one of the acts below. What cannot be done now is said, and nothing is changed."""
    if name not in ACTS:
        raise Http404
    does, said = ACTS[name]
    return _answered(request, pk, lambda: does(request, pk), said)


@require_POST
@plainly
def settle(request: HttpRequest, pk: int, promise: int, outcome: str) -> HttpResponseBase:
    """Say that a promise was kept or broken."""
    if outcome not in ("kept", "broken"):
        raise Http404
    said = (
        gettext_lazy("The promise was kept.")
        if outcome == "kept"
        else gettext_lazy("The promise was broken.")
    )
    return _answered(
        request, pk, lambda: words.settle(pk, promise, kept=outcome == "kept", by=request.user), said
    )


@require_POST
def undo_step(request: HttpRequest, key: str) -> HttpResponseBase:
    """Take back one of one's last steps."""
    try:
        case = undo(request.session.get(UNDO, {}).get(key, ""), by=request.user)
    except CannotUndo as refusal:
        messages.error(request, str(refusal))
        return redirect("care")
    messages.success(request, _("It is as it was."))
    return redirect("case", case.pk)


def _take(request: HttpRequest, pk: int) -> Done:
    return holding.take(pk, by=request.user)


def _let_go(request: HttpRequest, pk: int) -> Done:
    return holding.let_go(pk, by=request.user)


def _hand_over(request: HttpRequest, pk: int) -> Done:
    form = HandOverForm(request.POST)
    if not form.is_valid():
        raise NotNow(first_problem(form))
    given = form.cleaned_data
    return holding.hand_over(
        pk, by=request.user, department=given["department"], to=given["colleague"], note=given["note"]
    )


def _note(request: HttpRequest, pk: int) -> Done:
    return words.note(pk, request.POST.get("text", ""), by=request.user)


def _promise(request: HttpRequest, pk: int) -> Done:
    case_for(request.user, pk)
    form = PromiseForm(request.POST)
    if not form.is_valid():
        raise NotNow(first_problem(form))
    return words.promise(pk, form.cleaned_data["text"], form.cleaned_data["due_on"], by=request.user)


def _answer(request: HttpRequest, pk: int) -> Done:
    form = AnswerForm(request.POST)
    form.is_valid()
    given = form.cleaned_data
    said = words.Said(
        given.get("text", ""), posted=given.get("posted", False), then=given.get("then") or None
    )
    return words.answer(pk, said, by=request.user)


def _wait(request: HttpRequest, pk: int) -> Done:
    return states.wait(pk, by=request.user)


def _solve(request: HttpRequest, pk: int) -> Done:
    return states.solve(pk, by=request.user)


def _reopen(request: HttpRequest, pk: int) -> Done:
    return states.reopen(pk, by=request.user)


ACTS: dict[str, tuple[Act, str | Promise]] = {
    "take": (_take, gettext_lazy("The case is yours.")),
    "let-go": (_let_go, gettext_lazy("You let the case go.")),
    "hand-over": (_hand_over, gettext_lazy("The case was handed over.")),
    "note": (_note, gettext_lazy("The note was kept.")),
    "promise": (_promise, gettext_lazy("The promise was written down.")),
    "answer": (_answer, gettext_lazy("The answer was recorded in your name.")),
    "wait": (_wait, gettext_lazy("The clock stands still until the customer writes.")),
    "solve": (_solve, gettext_lazy("The case is solved.")),
    "reopen": (_reopen, gettext_lazy("The case is open again.")),
}


def _answered(
    request: HttpRequest, pk: int, does: Callable[[], Done], said: str | Promise
) -> HttpResponseBase:
    """The case after the act; the list when it went where this person does not see it."""
    error, undo_url = "", ""
    try:
        undo_url = keep_undo(request, does().undo)
    except NotNow as refusal:
        error = str(refusal)
    if not request.headers.get("HX-Request"):
        return _page(request, pk, error or str(said), undo_url, bad=bool(error))
    try:
        context = shown(request, pk)
    except NoSuchCase:
        messages.success(request, str(said), extra_tags=undo_url)
        return HttpResponse(headers={"HX-Redirect": reverse("care")})
    told = {"toast": error or str(said), "toast_kind": "error" if error else "success", "undo_url": undo_url}
    return render(request, "care/_after.html", context | told, status=422 if error else 200)


def _page(request: HttpRequest, pk: int, said: str, undo_url: str, *, bad: bool) -> HttpResponseBase:
    (messages.error if bad else messages.success)(request, said, extra_tags=undo_url)
    try:
        case_for(request.user, pk)
    except NoSuchCase:
        return redirect("care")
    return redirect("case", pk)


def keep_undo(request: HttpRequest, token: str) -> str:
    """Remember what takes the step back; the address of the button, blank when nothing can."""
    if not token:
        return ""
    key = secrets.token_hex(4)
    latest = [*request.session.get(UNDO, {}).items(), (key, token)][-UNDOABLE:]
    request.session[UNDO] = dict(latest)
    return reverse("care_undo", args=[key])
