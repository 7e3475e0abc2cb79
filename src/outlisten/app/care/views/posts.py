"""What care adds to a post: make it a case, draft an answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from outlisten.app.care.actions.by_hand import Opened, open_by_hand
from outlisten.app.care.actions.words import save_draft
from outlisten.app.care.forms import OpenForm
from outlisten.app.care.models import Need
from outlisten.app.listening.views.refusals import plainly


@require_POST
@plainly
def open_case(request: HttpRequest, post: str) -> HttpResponseBase:
    """Make a post a case; from a list a message says so, from the page of the post one is taken to the case."""
    form = OpenForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    need = Need(given["need"]) if given.get("need") else None
    opened = open_by_hand(post, by=request.user, department=given.get("department"), need=need)
    said = _said(opened)
    if request.headers.get("HX-Request"):
        context = {"toast": said, "case": opened.case, "post": post}
        return render(request, "care/_opened.html", context)
    messages.success(request, said)
    return redirect("case", opened.case.pk) if opened.case else redirect("post", post)


@require_POST
@plainly
def draft(request: HttpRequest, post: str) -> HttpResponseBase:
    """Keep what one would answer; blank removes it."""
    kept = save_draft(post, request.POST.get("text", ""), by=request.user)
    said = (
        _("The draft was kept; colleagues who answer see it with your name.")
        if kept
        else _("The draft was removed.")
    )
    if request.headers.get("HX-Request"):
        return render(request, "care/_toast_only.html", {"toast": said})
    messages.success(request, said)
    return redirect(reverse("post", args=[post]) + "#answer")


def _said(opened: Opened) -> str:
    """The same sentence whether a case that one may not see was there before or is new."""
    if opened.case is None:
        return _("It was passed on to the colleagues who look after it.")
    if not opened.fresh:
        return _("This is case %(number)d already.") % {"number": opened.case.pk}
    place = {"number": opened.case.pk, "department": opened.case.department.label}
    return _("Case %(number)d was opened for %(department)s.") % place
