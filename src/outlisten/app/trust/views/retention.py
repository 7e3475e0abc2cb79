"""How long posts are kept: the rules, what each would remove, switching them on, holding."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from outlisten.app.listening.store import whole
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.forms import RetentionForm
from outlisten.app.trust.models import RetentionRule
from outlisten.app.trust.retention import actions
from outlisten.app.trust.retention.ages import age, ages, archive_day, today
from outlisten.app.trust.retention.sweep import run as sweep_now
from outlisten.insights.figures_in_words import count_in_words
from outlisten.posts.store import Budget

SUGGESTED = 20


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """Every rule with how old what it covers is."""
    given = {name: request.GET[name] for name in ("covers", "name", "days") if name in request.GET}
    form = RetentionForm(initial=given)
    return _page(request, form)


@require_POST
@plainly
def add(request: HttpRequest) -> HttpResponseBase:
    """Draft a rule, then show what it would remove."""
    require(request.user, Act.SET_RETENTION)
    form = RetentionForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    rule = actions.draft(form.save(commit=False), by=request.user)
    return redirect("retention_rule", rule.pk)


def _page(request: HttpRequest, form: RetentionForm, status: int = 200) -> HttpResponseBase:
    context = {
        "ages": ages(by=request.user),
        "form": form,
        "suggested": _names(),
        "archive": archive_day(),
    }
    return render(request, "trust/retention.html", context, status=status)


def _names() -> list[str]:
    """Platforms and sources there are posts of, to choose from while typing."""
    found = whole().facets(None, ["platform"], top=SUGGESTED, budget=Budget(seconds=3.0))
    return [str(value) for value in found["platform"].table["value"].to_pylist() if value]


@require_GET
@plainly
def rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One rule and what it would remove."""
    require(request.user, Act.SET_RETENTION)
    found = get_object_or_404(RetentionRule, pk=pk)
    shown = age(found, list(RetentionRule.objects.all()), today())
    return render(request, "trust/retention_rule.html", {"age": shown, "rule": found})


@require_POST
@plainly
def change(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Switch on or off, hold, end the hold, or remove."""
    found, do = get_object_or_404(RetentionRule, pk=pk), request.POST.get("do", "")
    try:
        said = _done(found, do, request.POST.get("reason", "").strip(), request.user)
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
        return redirect("retention_rule", pk)
    if said:
        messages.success(request, said)
    return redirect("retention") if do == "remove" else redirect("retention_rule", pk)


def _done(found: RetentionRule, do: str, reason: str, by: Actor) -> str:
    """Do it; what follows from it in a sentence. Raises Refused, ValidationError."""
    wider = _("Its posts follow the next wider rule, which removes none of them before a day has passed.")
    match do:
        case "remove":
            actions.remove(found, by=by)
            return _("The rule was removed. %(wider)s") % {"wider": wider}
        case "off":
            actions.switch(found, False, by=by)
            return _("The rule is out of force. %(wider)s") % {"wider": wider}
        case "release":
            actions.hold(found, "", by=by)
            return _("The hold has ended. %(wider)s") % {"wider": wider}
        case "on":
            actions.switch(found, True, by=by)
            return _(
                "The rule is in force. The first sweep is in a day; switch it off before then to keep everything."
            )
        case "hold":
            if not reason:
                raise ValidationError(_("A legal hold needs a reason."))
            actions.hold(found, reason, by=by)
    return ""


@require_POST
@plainly
def run(request: HttpRequest) -> HttpResponseBase:
    """Sweep now."""
    gone = sum(swept.posts for swept in sweep_now(by=request.user))
    said = ngettext("%(n)s post was removed.", "%(n)s posts were removed.", gone) % {
        "n": count_in_words(gone)
    }
    messages.success(request, said if gone else _("Nothing was older than promised."))
    return redirect("retention")
