"""Today: what is new, in one sentence first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from outlisten.app.people.signed_in import signed_in
from outlisten.app.web.today import brand_facts, glance


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Where everybody lands after sign-in."""
    return render(request, "web/today/page.html", {"glance": glance(signed_in(request))})


@require_GET
def sentence(request: HttpRequest) -> HttpResponse:
    """The first sentence again, when posts have come in."""
    return render(request, "web/today/_sentence.html", {"glance": glance(signed_in(request))})


@require_GET
def brands(request: HttpRequest) -> HttpResponse:
    """What stands out, and the brands side by side."""
    whole, rows = brand_facts(signed_in(request))
    notes = {note.code: note for facts in [whole, *(row.facts for row in rows)] for note in facts.notes}
    remarkable = [row for row in rows if row.remarkable]
    context = {"whole": whole, "rows": rows, "remarkable": remarkable, "notes": notes.values()}
    return render(request, "web/today/_brands.html", context)
