"""What fired: the list, one alert with its reasons, and what a person says of it."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from outlisten.app.alerts.actions.rules import judge_alert
from outlisten.app.alerts.judging.asked import Unanswerable
from outlisten.app.alerts.models import Alert, Kind
from outlisten.app.alerts.pictured import picture_of_alert
from outlisten.app.alerts.queries import alerts as queries
from outlisten.app.alerts.queries.settings import rules
from outlisten.app.alerts.shown import shown
from outlisten.app.listening.rows import line
from outlisten.app.listening.store import posts
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require
from outlisten.app.web.theme import theme_of

A_PAGE = 25
QUOTED = 10


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """Every alert, newest first, and how well the alarm itself does."""
    found = Paginator(queries.alerts(request.user), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page_of": found, "shown": [shown(one) for one in found], "measured": queries.measured(request.user),
        "rules": rules(request.user).count(),
    }  # fmt: skip
    return render(request, "alerts/alerts.html", context)


@require_GET
@plainly
def going_on(request: HttpRequest) -> HttpResponseBase:
    """What Today says of alerts."""
    require(request.user, Act.SEARCH)
    return render(request, "alerts/_going_on.html")


@require_GET
@plainly
def alert(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One alert: what happened, why it fired, its posts, and which other rules found the same."""
    found = queries.alert(request.user, pk)
    kept = posts().some(found.posts[:QUOTED])
    context = {
        "one": shown(found), "alert": found, "verdicts": Alert.Verdict.choices,
        "newest": [line(kept[one], None) for one in found.posts if one in kept],
        "grouped": [shown(one) for one in queries.alerts(request.user).filter(group=found)],
    }  # fmt: skip
    return render(request, "alerts/alert.html", context)


@require_GET
@plainly
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Its picture, for rules that count."""
    found = queries.alert(request.user, pk)
    if found.kind not in (Kind.VOLUME, Kind.COMPLAINTS):
        raise Http404
    try:
        figure = picture_of_alert(found, request.user, theme_of(request))
    except Unanswerable:
        figure = None
    return render(request, "alerts/_picture.html", {"figure": figure})


@require_POST
@plainly
def verdict(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Keep what a person says of it."""
    found = queries.alert(request.user, pk)
    try:
        judge_alert(found, request.POST.get("verdict", ""), by=request.user)
    except ValueError:
        return HttpResponseBadRequest()
    messages.success(request, _("Noted. Alerts that were false are taken for usual from now on."))
    return redirect("alert", pk)
