"""The page *Ten statements*: ten cards for the head of the company's Monday."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET

from outlisten.app.listening.queries.names import sample_limits
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require
from outlisten.app.people.signed_in import signed_in
from outlisten.app.web.statements.cards import card
from outlisten.app.web.statements.ten import TEN


@require_GET
def page(request: HttpRequest) -> HttpResponseBase:
    """The ten statements at once; what each is measured by is loaded card by card."""
    require(request.user, Act.SEE_STATEMENTS)
    return render(request, "web/statements/page.html", {"ten": TEN, "limits": sample_limits()})


@require_GET
@plainly
def measured(request: HttpRequest, number: int) -> HttpResponseBase:
    """What one statement is measured by."""
    found = card(signed_in(request), number)
    if found is None:
        raise Http404
    return render(request, "web/statements/_card.html", {"card": found})
