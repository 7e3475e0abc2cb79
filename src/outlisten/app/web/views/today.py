"""Today: what is new, in one sentence first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from outlisten.app.listening.filters import read_filters
from outlisten.app.listening.menus import short_voice_menu
from outlisten.app.listening.queries.models_read import left_for
from outlisten.app.listening.queries.names import sample_limits
from outlisten.app.people.signed_in import signed_in
from outlisten.app.sources.queries import listening
from outlisten.app.web.sample_story import doors
from outlisten.app.web.standing_out import notes_of, standing_out
from outlisten.app.web.today import glance, newest_words


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """Where everybody lands after sign-in."""
    filters = read_filters(request.GET)
    seen = glance(signed_in(request), filters)
    context = {
        "glance": seen,
        "newest": seen.newest,
        "listening": 0 if seen.now.kept else listening(request.user),
        "voices": short_voice_menu(filters),
        "asked": request.GET.urlencode(),
        "limits": sample_limits(),
        "older": left_for(request.user),
        "doors": doors(request.user),
    }
    return render(request, "web/today/page.html", context)


@require_GET
def sentence(request: HttpRequest) -> HttpResponse:
    """The first sentence again, when posts have come in."""
    return render(
        request, "web/today/_sentence.html", {"glance": glance(signed_in(request), read_filters(request.GET))}
    )


@require_GET
def newest(request: HttpRequest) -> HttpResponse:
    """The newest words of customers again, when posts have come in."""
    seen = newest_words(signed_in(request), read_filters(request.GET))
    return render(request, "web/today/_newest.html", {"newest": seen})


@require_GET
def brands(request: HttpRequest) -> HttpResponse:
    """What stands out, and the brands side by side."""
    rows = standing_out(signed_in(request), read_filters(request.GET))
    remarkable = [row for row in rows if row.stands_out]
    changes = any(row.facts.days for row in rows)
    context = {"rows": rows, "remarkable": remarkable, "changes": changes, "notes": notes_of(rows)}
    return render(request, "web/today/_brands.html", context)
