"""Settings → Sources: what is collected, adding a source, and how each fares."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.listening.views.refusals import plainly, problem
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Act, may, require
from outlisten.app.sources import actions, queries
from outlisten.app.sources.charted import brought
from outlisten.app.sources.forms import SourceForm
from outlisten.app.sources.heard import heard
from outlisten.app.sources.models import Source
from outlisten.app.sources.shown import KINDS, about, fares, rejection
from outlisten.sources.manifest import Manifest
from outlisten.sources.problems import SourceProblem
from outlisten.sources.registry import NoConnector, connector, manifests


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """The sources with how each fares, and what can be added."""
    offered = [
        (kind.text(locale()), [about(one) for one in manifests().values() if one.kind == name])
        for name, kind in KINDS
    ]
    context = {
        **_listed(request),
        "offered": [group for group in offered if group[1]],
        "may_change": may(request.user, Act.MANAGE_SOURCES),
    }
    return render(request, "sources/sources.html", context)


@require_GET
@plainly
def listed(request: HttpRequest) -> HttpResponseBase:
    """The part of the page that changes while sources are asked."""
    return render(request, "sources/_list.html", _listed(request))


def _listed(request: HttpRequest) -> dict[str, Any]:
    shown = [(one, fares(one.source)) for one in queries.overview(request.user)]
    return {"shown": shown, "heard": heard(request.user, request.GET.get("words", ""))}


@require_POST
@plainly
def listen_for(request: HttpRequest) -> HttpResponseBase:
    """One source a network that needs no account, for the words of a form."""
    words = request.POST.get("words", "").strip()
    if not words:
        return problem(request, _("Enter a brand or a word to listen for."))
    try:
        made = actions.listen_for(words, by=request.user)
    except SourceProblem as refused:
        return problem(request, refused.text(locale()))
    said = ngettext("%(n)d source listens now.", "%(n)d sources listen now.", len(made)) % {"n": len(made)}
    found = heard(request.user, words)
    if found is None:
        return problem(
            request, _("No network that needs no account is installed. Choose one under Settings → Sources.")
        )
    messages.success(request, said if made else _("Those words are listened for already."))
    return redirect(f"{reverse('sources')}?{found.query_string}")


@require_http_methods(["GET", "POST"])
@plainly
def add(request: HttpRequest, connector: str) -> HttpResponseBase:
    """The form of a new source; saved, it is asked at once."""
    require(request.user, Act.MANAGE_SOURCES)
    return _form(request, _manifest(connector), None)


@require_http_methods(["GET", "POST"])
@plainly
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form of a source that is there."""
    found = queries.source_to_change(request.user, pk)
    return _form(request, _manifest(found.connector), found)


@require_POST
@plainly
def test(request: HttpRequest, connector: str) -> HttpResponseBase:
    """What the entries bring, with nothing kept."""
    return _tested(request, _manifest(connector), None)


@require_POST
@plainly
def test_change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same for a source that is there: secrets left blank are its own."""
    found = queries.source_to_change(request.user, pk)
    return _tested(request, _manifest(found.connector), found)


@require_GET
@plainly
def source(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One source: how it fares, what it brought, its asks, what it could not use."""
    return render(request, "sources/source.html", _context(request, queries.source(request.user, pk)))


@require_GET
@plainly
def standing(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The part of its page that changes while it runs; a page that stayed open when it was removed goes to the list."""
    if request.headers.get("HX-Request") and not queries.sources(request.user).filter(pk=pk).exists():
        return HttpResponse(headers={"HX-Redirect": reverse("sources")})
    return render(request, "sources/_standing.html", _context(request, queries.source(request.user, pk)))


@require_POST
@plainly
def act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """Pause, resume, ask now, remove, fetch older posts, try rejected records again."""
    found = queries.source_to_change(request.user, pk)
    try:
        said = _done(request, found, act)
    except SourceProblem as refused:
        return problem(request, refused.text(locale()))
    messages.success(request, said)
    return redirect("sources") if act == "remove" else redirect("source", pk)


def _done(request: HttpRequest, found: Source, act: str) -> str:
    match act:
        case "pause":
            actions.pause(found, by=request.user)
            return _("Paused.")
        case "resume":
            actions.resume(found, by=request.user)
            return _("Resumed: it goes on from where it stood.")
        case "ask":
            actions.ask_now(found, by=request.user)
            return _("It is asked now.")
        case "remove":
            actions.remove(found, by=request.user)
            return _("“%(name)s” was removed. Its posts stay.") % {"name": found.name}
        case "history":
            since = parse_date(request.POST.get("since", "")) or (timezone.now() - timedelta(days=30)).date()
            actions.fetch_history(
                found, datetime(since.year, since.month, since.day, tzinfo=UTC), by=request.user
            )
            return _("Older posts are fetched in the background.")
        case "replay":
            good, still = actions.replay(found, by=request.user)
            return _("%(good)d became posts, %(still)d are still rejected.") % {"good": good, "still": still}
    raise Http404


def _form(request: HttpRequest, manifest: Manifest, found: Source | None) -> HttpResponseBase:
    form = SourceForm(manifest, request.POST or None, source=found)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep(form.wanted(), of=found, by=request.user)
        except SourceProblem as wrong:
            form.add_error(None, wrong.text(locale()))
        else:
            messages.success(request, _("“%(name)s” is asked now.") % {"name": kept.name})
            return redirect("source", kept.pk)
    status = 422 if form.errors else 200
    return render(
        request, "sources/form.html", {"form": form, "about": about(manifest), "source": found}, status=status
    )


def _tested(request: HttpRequest, manifest: Manifest, found: Source | None) -> HttpResponseBase:
    form = SourceForm(manifest, request.POST, source=found)
    form.is_valid()
    context: dict[str, Any] = {}
    try:
        context["welcome"] = actions.try_out(form.wanted(), of=found, by=request.user)
    except SourceProblem as wrong:
        context["problem"] = wrong.text(locale())
    return render(request, "sources/_tested.html", context)


def _context(request: HttpRequest, found: Source) -> dict[str, Any]:
    manifest = manifests().get(found.connector)
    return {
        "source": found, "fares": fares(found), "about": about(manifest) if manifest else None,
        "runs": queries.runs(found), "brought": brought(found, request.user),
        "rejected": [(rejection(row), row) for row in found.rejected_records.all()[:20]],
        "rejected_count": found.rejected_records.count(),
        "outages": found.outages.all()[:10],
        "send_to": _address_in(request, found) if manifest and manifest.pushed else "",
        "may_change": may(request.user, Act.MANAGE_SOURCES),
    }  # fmt: skip


def _address_in(request: HttpRequest, found: Source) -> str:
    """Where the source's sender sends to."""
    path = reverse("source_in", args=[found.pk])
    return f"{settings.ADDRESS}{path}" if settings.ADDRESS else request.build_absolute_uri(path)


def _manifest(name: str) -> Manifest:
    try:
        return connector(name).manifest()
    except NoConnector as missing:
        raise Http404 from missing
