"""Settings → Alerts: rules, digests and channels; a rule with what it would have found."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.alerts.actions import rules as actions
from outlisten.app.alerts.forms import RuleForm
from outlisten.app.alerts.judging.asked import Unanswerable
from outlisten.app.alerts.judging.trial import trial
from outlisten.app.alerts.models import AlertRule, Kind
from outlisten.app.alerts.pictured import picture_of_rule
from outlisten.app.alerts.queries import settings as queries
from outlisten.app.alerts.standing import standing
from outlisten.app.alerts.views.offered import offered
from outlisten.app.listening.models import Topic
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, may, require
from outlisten.app.web.theme import theme_of


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """Everything that goes out, on one page."""
    manages = may(request.user, Act.MANAGE_ALERTS)
    context = {
        "rules": [(rule, standing(rule)) for rule in queries.rules(request.user)],
        "digests": queries.digests(request.user),
        "channels": queries.channels(request.user) if manages else [],
        "offered": offered() if manages else [],
        "manages": manages,
        "topics": Topic.objects.exists(),
    }
    return render(request, "alerts/settings.html", context)


@require_http_methods(["GET", "POST"])
@plainly
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A new or an existing rule."""
    require(request.user, Act.MANAGE_ALERTS)
    rule = queries.rule(request.user, pk) if pk is not None else AlertRule(topic=_wanted(request))
    form = RuleForm(request.POST or None, instance=rule)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_rule(form.instance, list(form.cleaned_data["channels"]), by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("“%(name)s” was saved.") % {"name": kept.name})
            return redirect("alert_rule", kept.pk)
    status = 422 if form.is_bound else 200
    context = {
        "form": form,
        "rule": rule,
        "standing": standing(rule) if rule.pk else None,
        "counts": rule.counts,
    }
    return render(request, "alerts/rule.html", context, status=status)


@require_GET
@plainly
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The last seven days of what it watches, for rules that count."""
    rule = queries.rule(request.user, pk)
    if not rule.counts:
        raise Http404
    try:
        figure = picture_of_rule(rule, request.user, theme_of(request))
    except Unanswerable:
        figure = None
    return render(request, "alerts/_picture.html", {"figure": figure})


@require_GET
@plainly
def tried(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What it would have found in the last four weeks."""
    rule = queries.rule(request.user, pk)
    context: dict[str, object] = {"rule": rule}
    try:
        found = trial(rule)
    except Unanswerable:
        context["standing"] = standing(rule)
    else:
        context["trial"] = found
        context["fired"] = [
            (one, f"{reverse('listen')}?{urlencode({'q': one.evidence, 'voice': 'all', 'period': 'all'})}")
            for one in reversed(found.fired)
        ]
        context["share"] = rule.kind == Kind.COMPLAINTS
    return render(request, "alerts/_trial.html", context)


@require_POST
@plainly
def act(request: HttpRequest, pk: int, act: str) -> HttpResponseBase:
    """Switch it on or off, or remove it."""
    rule = queries.rule(request.user, pk)
    if act in ("on", "off"):
        actions.switch(rule, on=act == "on", by=request.user)
        messages.success(
            request, _("It watches.") if act == "on" else _("It watches no more until it is switched on.")
        )
        return redirect("alert_rule", pk)
    if act != "remove":
        raise Http404
    actions.remove(rule, by=request.user)
    messages.success(request, _("“%(name)s” was removed. What it found stays.") % {"name": rule.name})
    return redirect("alert_settings")


def _wanted(request: HttpRequest) -> Topic | None:
    """The topic that a link asks to be watched."""
    named = request.GET.get("topic", "")
    return Topic.objects.filter(pk=int(named)).first() if named.isdecimal() else None
