"""The builder below a query box."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from outlisten.app.listening.queries.building import built
from outlisten.app.listening.views.refusals import plainly


@require_POST
@plainly
def build(request: HttpRequest) -> HttpResponseBase:
    """The builder after one act on its query. Nothing is stored: the text is what counts."""
    return render(
        request, "listening/building/_picture.html", {"picture": built(request.user, request.POST.dict())}
    )
