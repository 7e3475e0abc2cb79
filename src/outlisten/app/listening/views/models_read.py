"""Settings → Models: which models read the posts, and reading them again with today's."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from outlisten.app.listening.actions import rereading as actions
from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.drift_shown import drift_shown
from outlisten.app.listening.queries.drift import drift_watch
from outlisten.app.listening.queries.models_read import models_read
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.web.theme import theme_of
from outlisten.posts.store import TimeRange

# The days that the store can hold.
DAYS = (MinValueValidator(date(1970, 1, 2)), MaxValueValidator(date(2105, 12, 31)))


class RangeForm(forms.Form):
    """Days in the workspace's zone, both included; without any, all posts, undated ones too."""

    since = forms.DateField(required=False, validators=DAYS)
    until = forms.DateField(required=False, validators=DAYS)

    def window(self) -> TimeRange:
        """The range of the two days; for a form that is valid."""
        zone = zone_of(workspace())
        since, until = (self.cleaned_data[name] for name in ("since", "until"))
        start = datetime.combine(since, time.min, zone) if since else None
        end = datetime.combine(until + timedelta(days=1), time.min, zone) if until else None
        return TimeRange(start, end)


@require_GET
@plainly
def part(request: HttpRequest) -> HttpResponseBase:
    """The models that read the posts, and how far a re-reading is."""
    return render(request, "listening/models/_read.html", {"it": models_read(request.user)})


@require_GET
@plainly
def drift(request: HttpRequest) -> HttpResponseBase:
    """Whether today's posts are still like those that the models' chances rest on."""
    found = drift_watch(request.user)
    return render(request, "listening/models/_drift.html", drift_shown(found, theme_of(request)))


@require_POST
@plainly
def start(request: HttpRequest) -> HttpResponseBase:
    """Read posts again with today's models."""
    form = RangeForm(request.POST)
    try:
        if not form.is_valid():
            raise ValidationError(_("Write both days as 2026-11-30, or leave them blank."))
        window = form.window()
        if window.start and window.end and window.start >= window.end:
            raise ValidationError(_("The first day is after the last."))
        actions.reread_with_models(window, by=request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    return redirect("settings_models")


@require_POST
@plainly
def deepen(request: HttpRequest) -> HttpResponseBase:
    """Read thoroughly what matters, or not."""
    actions.switch_deepening(request.POST.get("on") == "1", by=request.user)
    return redirect("settings_models")


@require_POST
@plainly
def pause(request: HttpRequest) -> HttpResponseBase:
    """Let it rest."""
    actions.pause(by=request.user)
    return redirect("settings_models")


@require_POST
@plainly
def resume(request: HttpRequest) -> HttpResponseBase:
    """Go on where it stopped."""
    actions.resume(by=request.user)
    return redirect("settings_models")
