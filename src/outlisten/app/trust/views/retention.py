"""How long posts are kept: the rules, what each would remove, switching them on, holding."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from outlisten.app.listening.store import whole
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require
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
    """Switch on or off, hold, change the days, or remove."""
    require(request.user, Act.SET_RETENTION)
    found, do = get_object_or_404(RetentionRule, pk=pk), request.POST.get("do", "")
    if do == "remove":
        actions.remove(found, by=request.user)
        messages.success(request, _("The rule was removed. Its posts follow the next wider rule."))
        return redirect("retention")
    if do in ("on", "off"):
        actions.switch(found, do == "on", by=request.user)
        said = _(
            "The rule is in force. The first sweep is in a day; switch it off before then to keep everything."
        )
        messages.success(request, said if do == "on" else _("The rule is out of force."))
    elif do in ("hold", "release"):
        return _hold(request, found, request.POST.get("reason", "").strip() if do == "hold" else "", do)
    return redirect("retention_rule", pk)


def _hold(request: HttpRequest, found: RetentionRule, reason: str, do: str) -> HttpResponseBase:
    if do == "hold" and not reason:
        messages.error(request, _("A legal hold needs a reason."))
    else:
        actions.hold(found, reason, by=request.user)
    return redirect("retention_rule", found.pk)


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
