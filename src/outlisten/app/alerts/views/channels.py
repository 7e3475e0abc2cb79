"""Channels: their form, a test, the log of what was delivered, and a message of it once more."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.alerts.actions import channels as actions
from outlisten.app.alerts.forms import ChannelForm
from outlisten.app.alerts.models import Channel, Delivery
from outlisten.app.alerts.queries import settings as queries
from outlisten.app.alerts.sending.channels import Unusable
from outlisten.app.alerts.views.feed import feed_path
from outlisten.app.alerts.views.offered import about
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Act, require
from outlisten.sinks.manifest import Manifest
from outlisten.sinks.registry import NoSink
from outlisten.sinks.registry import sink as sink_named
from outlisten.sources.problems import SourceProblem


@require_http_methods(["GET", "POST"])
@plainly
def add(request: HttpRequest, sink: str) -> HttpResponseBase:
    """The form of a new channel."""
    require(request.user, Act.MANAGE_ALERTS)
    return _form(request, _manifest(sink), None)


@require_http_methods(["GET", "POST"])
@plainly
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form of a channel that is there."""
    found = queries.channel(request.user, pk)
    return _form(request, _manifest(found.sink), found)


@require_POST
@plainly
def check(request: HttpRequest, sink: str) -> HttpResponseBase:
    """What the entries reach, with nothing sent."""
    return _checked(request, _manifest(sink), None)


@require_POST
@plainly
def check_change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same for a channel that is there: secrets left blank are its own."""
    found = queries.channel(request.user, pk)
    return _checked(request, _manifest(found.sink), found)


@require_GET
@plainly
def channel(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One channel and what was delivered."""
    return render(request, "alerts/channel.html", _context(queries.channel(request.user, pk)))


@require_GET
@plainly
def log(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The part of its page that changes while messages are delivered."""
    return render(request, "alerts/_log.html", _context(queries.channel(request.user, pk)))


@require_POST
@plainly
def test(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send a test message and say whether it arrived."""
    sent = actions.send_test(queries.channel(request.user, pk), by=request.user)
    if sent.state == Delivery.State.SENT:
        messages.success(request, _("The test message was delivered."))
    else:
        messages.error(request, sent.problem_said.get(locale(), ""))
    return redirect("channel", pk)


@require_POST
@plainly
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send nothing there any more."""
    found = queries.channel(request.user, pk)
    actions.remove_channel(found, by=request.user)
    messages.success(
        request, _("“%(name)s” was removed. Its log stays, its secrets are forgotten.") % {"name": found.name}
    )
    return redirect("alert_settings")


@require_POST
@plainly
def again(request: HttpRequest, pk: int, delivery: int) -> HttpResponseBase:
    """Send a message of the log once more."""
    actions.send_again(queries.delivery(request.user, pk, delivery), by=request.user)
    messages.success(request, _("It is sent once more."))
    return redirect("channel", pk)


def _form(request: HttpRequest, manifest: Manifest, found: Channel | None) -> HttpResponseBase:
    form = ChannelForm(manifest, request.POST or None, channel=found)
    if request.method == "POST" and form.is_valid():
        address = settings.ADDRESS or request.build_absolute_uri("/").rstrip("/")
        try:
            kept = actions.keep_channel(
                form.named, form.given(), kind=manifest.name, of=found, address=address, by=request.user
            )
        except SourceProblem as wrong:
            form.add_error(None, wrong.text(locale()))
        else:
            messages.success(
                request, _("“%(name)s” was saved. Send a test to see that it arrives.") % {"name": kept.name}
            )
            return redirect("channel", kept.pk)
    context = {"form": form, "about": about(manifest), "channel": found}
    return render(request, "alerts/channel_form.html", context, status=422 if form.errors else 200)


def _checked(request: HttpRequest, manifest: Manifest, found: Channel | None) -> HttpResponseBase:
    form = ChannelForm(manifest, request.POST, channel=found)
    form.is_valid()
    context: dict[str, object] = {}
    try:
        context["reached"] = actions.reach(form.given(), kind=manifest.name, of=found, by=request.user)
    except (SourceProblem, Unusable) as wrong:
        context["problem"] = wrong.text(locale())
    return render(request, "alerts/_checked.html", context)


def _context(found: Channel) -> dict[str, object]:
    here = locale()
    rows = [(row, row.problem_said.get(here) or row.problem_said.get("en", "")) for row in queries.log(found)]
    try:
        told = about(sink_named(found.sink).manifest())
    except NoSink:
        told = None
    feed = f"{found.address}{feed_path(found)}" if found.sink == "rss" else ""
    return {"channel": found, "rows": rows, "about": told, "feed": feed}


def _manifest(name: str) -> Manifest:
    try:
        return sink_named(name).manifest()
    except NoSink as missing:
        raise Http404 from missing
