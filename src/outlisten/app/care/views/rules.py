"""Rules: what each would have done, switching them on, opening cases from posts kept earlier."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.care.actions import rules as actions
from outlisten.app.care.forms import RuleForm
from outlisten.app.care.models import Rule
from outlisten.app.care.queries import rules as queries
from outlisten.app.listening.queries.listen import ask
from outlisten.app.listening.views.asked import given, said_of
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """The rules of the departments one manages, and those that are offered."""
    context = {"rules": queries.rules(request.user), "offers": list(enumerate(queries.offers(request.user)))}
    return render(request, "care/rules.html", context)


@require_http_methods(["GET", "POST"])
@plainly
def check(request: HttpRequest) -> HttpResponseBase:
    """What the query box of a rule says while one types."""
    asked = QueryDict(mutable=True)
    asked.update({"q": given(request).get("query", ""), "period": "all"})
    question = ask(request.user, asked)
    return render(request, "listening/_check.html", said_of(request, question))


@require_http_methods(["GET", "POST"])
@plainly
def edit(request: HttpRequest, pk: int | None = None) -> HttpResponseBase:
    """A new or an existing rule, with what it would have done."""
    require(request.user, Act.MANAGE_CARE)
    rule = queries.rule_for(request.user, pk) if pk else Rule()
    form = RuleForm(request.POST or None, instance=rule, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.keep_rule(form.instance, by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(request, _("“%(name)s” was saved.") % {"name": kept.name})
            return redirect("case_rule", kept.pk)
    since = _since(request)
    trial = queries.tried(request.user, rule, since) if pk and not form.is_bound else None
    context = {"form": form, "rule": rule, "trial": trial, "since": since, "most": queries.MOST}
    return render(request, "care/rule.html", context, status=400 if form.is_bound else 200)


@require_POST
def take_offer(request: HttpRequest) -> HttpResponseBase:
    """Take an offered rule up; it is off until it was looked at."""
    query, department = request.POST.get("query"), request.POST.get("department")
    for offer in queries.offers(request.user):
        if offer.query == query and str(offer.department_id) == department:
            return redirect("case_rule", actions.keep_rule(offer, by=request.user).pk)
    messages.error(request, _("This rule was taken up already."))
    return redirect("case_rules")


@require_POST
def switch_rule(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Switch a rule on or off."""
    rule = actions.switch(pk, on=request.POST.get("on") == "1", by=request.user)
    said = (
        _("“%(name)s” is on: posts that arrive from now on become cases.")
        if rule.on
        else _("“%(name)s” is off.")
    )
    messages.success(request, said % {"name": rule.name})
    return redirect("case_rules") if request.POST.get("from") == "list" else redirect("case_rule", pk)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Delete a rule; its cases stay."""
    actions.remove_rule(pk, by=request.user)
    messages.success(request, _("The rule was deleted; the cases it opened stay."))
    return redirect("case_rules")


@require_POST
@plainly
def apply(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Open cases from posts kept earlier."""
    opened = actions.apply_rule(pk, _since(request), by=request.user)
    said = ngettext("%(n)d case was opened.", "%(n)d cases were opened.", opened)
    messages.success(request, said % {"n": opened})
    return redirect("care" if opened else "case_rules")


def _since(request: HttpRequest) -> date | None:
    """The day of the address; blank is all posts, nothing the last month (in an archive: all)."""
    asked = (request.POST if request.method == "POST" else request.GET).get("since")
    if asked is None:
        return queries.last_month()
    try:
        return date.fromisoformat(asked) if asked else None
    except ValueError:
        return queries.last_month()
