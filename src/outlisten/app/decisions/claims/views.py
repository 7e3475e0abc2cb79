"""Pages of the claims lab: all claims, one claim, writing one down, freezing and testing it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.decisions.claims import actions, queries
from outlisten.app.decisions.claims.forms import ClaimForm
from outlisten.app.decisions.claims.shown import (
    figures,
    lead,
    measure,
    posts_links,
    shown,
    size_promised,
)
from outlisten.app.decisions.models import Claim
from outlisten.app.listening.clock import as_of
from outlisten.app.listening.queries.names import volume_limits, workspace
from outlisten.app.listening.store import posts
from outlisten.app.listening.views.refusals import plainly
from outlisten.app.people.rules import Act, require
from outlisten.app.web.address_values import whole_number
from outlisten.app.web.theme import theme_of


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """Every claim that was ever registered."""
    entries = queries.entries(request.user)
    rows = [
        (entry, measure(entry.content) if entry.content else "", size_promised(entry.content) if entry.content else "",
         shown(entry.counts, entry.content) if entry.counts and entry.content else None)
        for entry in entries
    ]  # fmt: skip
    return render(request, "decisions/claims/list.html", {"rows": rows, **_today()})


@require_GET
@plainly
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One claim: what was promised, what was found, and everything needed to doubt it."""
    claim = queries.claim(request.user, pk)
    entry = queries.entry_of(claim)
    content = entry.content
    told = shown(entry.counts, content) if entry.counts and content else None
    context = {
        "entry": entry, "claim": claim, "content": content, "told": told, **_today(),
        "lead": lead(content, told) if content else "",
        "measured": measure(content) if content else "",
        "figures": figures(told, theme_of(request), request.user) if told else [],
        "links": posts_links(content) if content else [],
        "tests": [shown(test, content) for test in claim.tests.all()] if content else [],
        "limits": volume_limits(),
    }  # fmt: skip
    return render(request, "decisions/claims/claim.html", context)


@require_http_methods(["GET", "POST"])
@plainly
def new(request: HttpRequest) -> HttpResponseBase:
    """Write a promise down; `instead` in the address names the frozen claim that it stands instead of."""
    require(request.user, Act.MAKE_CLAIM)
    instead = whole_number(request.GET.get("instead", ""))
    old = queries.claim(request.user, instead) if instead is not None else None
    return _edit(request, _copy(old) if old and old.frozen else Claim())


@require_http_methods(["GET", "POST"])
@plainly
def edit(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Change a draft."""
    require(request.user, Act.MAKE_CLAIM, about=f"claim:{pk}")
    claim = queries.claim(request.user, pk)
    if claim.frozen:
        messages.error(
            request, _("This claim is frozen. A changed promise is a new claim that names this one.")
        )
        return redirect("claim", pk)
    return _edit(request, claim)


@require_POST
@plainly
def freeze(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Make a claim unchangeable."""
    return _act(request, pk, actions.freeze, _("The claim is frozen. From now on nobody can change it."))


@require_POST
@plainly
def test(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Test a claim; the result is kept whatever it is."""
    return _act(request, pk, actions.test, _("The claim was tested, and the result is kept."))


def _act(request: HttpRequest, pk: int, act: object, done: str) -> HttpResponseBase:
    claim = queries.claim(request.user, pk)
    try:
        act(claim, by=request.user)  # type: ignore[operator]
    except ValidationError as problem:
        messages.error(request, " ".join(problem.messages))
    else:
        messages.success(request, done)
    return redirect("claim", pk)


def _edit(request: HttpRequest, claim: Claim) -> HttpResponseBase:
    form = ClaimForm(request.POST or None, instance=claim)
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.write_down(form.instance, by=request.user)
        except ValidationError as problems:
            _tell(form, problems)
        else:
            messages.success(request, _("The claim was written down. Freeze it before the promise begins."))
            return redirect("claim", kept.pk)
    status = 400 if form.is_bound else 200
    return render(request, "decisions/claims/form.html", {"form": form, "claim": claim}, status=status)


def _tell(form: ClaimForm, problems: ValidationError) -> None:
    """Put each problem beside the field it is about."""
    by_field = problems.message_dict if hasattr(problems, "error_dict") else {"__all__": problems.messages}
    for name, said in by_field.items():
        field = {"size": "amount"}.get(name, name)
        form.add_error(field if field in form.fields else None, said)


def _copy(old: Claim) -> Claim:
    """A draft that says what a frozen claim said, and names it."""
    kept = (
        "text",
        "promised_by",
        "promiser",
        "metric",
        "subject",
        "comparisons",
        "size",
        "relative",
        "start",
        "until",
    )
    return Claim(replaces=old, **{name: getattr(old, name) for name in kept})


def _today() -> dict[str, object]:
    now = as_of(workspace(), posts())
    return {"today": now.today, "as_of": now}
