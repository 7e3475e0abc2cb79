"""Digests: their form, what the next one would say, and the issues that were written."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.alerts.actions import rules as actions
from outlisten.app.alerts.digesting.issue import issue_of
from outlisten.app.alerts.forms import DigestForm
from outlisten.app.alerts.models import Digest
from outlisten.app.alerts.queries import settings as queries
from outlisten.app.alerts.sending.telling import language_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require


@require_http_methods(["GET", "POST"])
@plainly
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A new or an existing digest."""
    require(request.user, Act.MANAGE_ALERTS)
    digest = queries.digest(request.user, pk) if pk is not None else Digest()
    form = DigestForm(request.POST or None, instance=digest)
    if request.method == "POST" and form.is_valid():
        topics, channels = (list(form.cleaned_data[name]) for name in ("topics", "channels"))
        try:
            kept = actions.keep_digest(form.instance, topics, channels, by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("“%(name)s” was saved.") % {"name": kept.name})
            return redirect("digest", kept.pk)
    issues = digest.issues.all()[:20] if digest.pk else []
    context = {"form": form, "digest": digest, "issues": issues}
    return render(request, "alerts/digest.html", context, status=422 if form.is_bound else 200)


@require_GET
@plainly
def issue(request: HttpRequest, digest: int, pk: int) -> HttpResponseBase:
    """One issue as it was written."""
    found = queries.issue(request.user, digest, pk)
    context = {
        "title": found.title,
        "sections": queries.readable(request.user, found.digest, found.sections),
        "digest": found.digest,
        "language": found.language,
    }
    return render(request, "alerts/issue.html", context)


@require_http_methods(["GET", "POST"])
@plainly
def act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """Show what it would say now; switch it on or off, or remove it."""
    digest = queries.digest(request.user, pk)
    if act == "now" and request.method == "GET":
        return _now(request, digest)
    return _changed(request, digest, act)


@require_POST
def _changed(request: HttpRequest, digest: Digest, act: str) -> HttpResponseBase:
    if act in ("on", "off"):
        actions.switch(digest, on=act == "on", by=request.user)
        messages.success(
            request,
            _("It is written again.") if act == "on" else _("It is not written until it is switched on."),
        )
        return redirect("digest", digest.pk)
    if act != "remove":
        raise Http404
    actions.remove(digest, by=request.user)
    messages.success(request, _("“%(name)s” was removed. Its issues stay.") % {"name": digest.name})
    return redirect("alert_settings")


def _now(request: HttpRequest, digest: Digest) -> HttpResponseBase:
    language = language_of(digest.language, workspace())
    with translation.override(language):
        title, sections = issue_of(digest, timezone.now())
    told = queries.readable(request.user, digest, [section.as_json() for section in sections])
    context = {
        "title": title,
        "sections": told,
        "digest": digest,
        "language": language,
        "not_sent": True,
    }
    return render(request, "alerts/issue.html", context)
