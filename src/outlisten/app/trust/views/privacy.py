"""Requests of people: find, show, hand over, erase; the receipts."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpRequest, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.listening.rows import line
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require
from outlisten.app.trust.forms import FindForm
from outlisten.app.trust.privacy import receipts
from outlisten.app.trust.privacy.erasing import erase as erase_person
from outlisten.app.trust.privacy.finding import author_of, find, person
from outlisten.app.trust.privacy.holdings import Holdings
from outlisten.app.trust.privacy.packages import package


@require_http_methods(["GET", "POST"])
@never_cache
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """The search, its answer, the requests answered so far, and how many people are not collected.

    The search is posted: a name must not stand in an address or a log.
    """
    form = FindForm(request.POST or None)
    found = None
    if form.is_valid():
        found = find(form.cleaned_data["who"], form.cleaned_data["platform"], by=request.user)
    context = {
        "form": form, "found": found, "requests": receipts.requests(by=request.user),
        "refused": receipts.refused_authors(by=request.user),
    }  # fmt: skip
    return render(request, "trust/privacy.html", context, status=422 if form.errors else 200)


@require_GET
@never_cache
@plainly
def who(request: HttpRequest, token: str) -> HttpResponseBase:
    """What is held of one author, place by place."""
    return _person(request, token)


def _person(request: HttpRequest, token: str, problem: str = "") -> HttpResponseBase:
    require(request.user, Act.ANSWER_PRIVACY)
    author = author_of(token)
    held = Holdings(person(author.account))
    context = {
        "author": author, "held": held, "token": token, "lines": [line(post, None) for post in held.newest],
        "not_reached": receipts.not_reached(), "problem": problem,
    }  # fmt: skip
    return render(request, "trust/person.html", context, status=422 if problem else 200)


@require_POST
@plainly
def export(request: HttpRequest, token: str) -> HttpResponseBase:
    """Everything held of the author as a ZIP file."""
    require(request.user, Act.ANSWER_PRIVACY)
    made, file = package(person(author_of(token).account), by=request.user)
    return FileResponse(
        file, as_attachment=True, filename=f"outlisten-request-{made.pk}.zip", content_type="application/zip"
    )


@require_POST
@plainly
def erase(request: HttpRequest, token: str) -> HttpResponseBase:
    """Erase the author, once the handle was typed; leads to the receipt."""
    require(request.user, Act.ANSWER_PRIVACY)
    who = person(author_of(token).account)
    try:
        made = erase_person(who, typed=request.POST.get("typed", ""), by=request.user)
    except ValidationError as problem:
        return _person(request, token, " ".join(problem.messages))
    return redirect("privacy_request", made.pk)


@require_GET
@never_cache
@plainly
def request_page(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One request: the receipt of an erasure, or what an export held."""
    found = receipts.request(pk, by=request.user)
    erased = found.kind == found.Kind.ERASE
    context = {
        "it": found, "erased": erased, "not_reached": receipts.not_reached(),
        "unchanged": not erased or found.done_at is None or receipts.unchanged(found),
    }  # fmt: skip
    return render(request, "trust/request.html", context)


@require_GET
@never_cache
@plainly
def receipt(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The receipt as a file."""
    found = receipts.request(pk, by=request.user)
    response = JsonResponse(receipts.receipt(found), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response.headers["Content-Disposition"] = f'attachment; filename="outlisten-receipt-{pk}.json"'
    return response
