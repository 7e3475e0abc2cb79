"""Pages of insights: the list, one insight then and now, pinning, archiving."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.decisions.actions import insights as actions
from outlisten.app.decisions.asked import bound, page_named
from outlisten.app.decisions.forms import PinForm
from outlisten.app.decisions.models import Insight
from outlisten.app.decisions.pinnable import CannotPin, Pinnable, unsealed
from outlisten.app.decisions.queries import again as asking
from outlisten.app.decisions.queries import insights as queries
from outlisten.app.decisions.titles import title_of_post
from outlisten.app.decisions.views.answers import back, said
from outlisten.app.listening.long_queries import whole_or_none
from outlisten.app.listening.queries.post import post
from outlisten.app.listening.views.refusals import plainly, problem
from outlisten.app.people.rules import Act, require
from outlisten.app.web.address_values import short_text


@require_GET
@plainly
def page(request: HttpRequest) -> HttpResponseBase:
    """The insights, newest first."""
    search, archived = short_text(request.GET.get("q", ""), 200), "archived" in request.GET
    found = queries.insights(request.user, search=search, archived=archived)
    shown = list(found[: queries.MOST])
    kept = queries.pinned_posts(request.user, shown)
    context = {
        "shown": [(insight, kept.get(insight.post_id)) for insight in shown],
        "more": len(shown) == queries.MOST,
        "search": search,
        "archived": archived,
    }
    return render(request, "decisions/insights.html", context)


@require_http_methods(["GET", "POST"])
@plainly
def one(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One insight: what it said then; what it says now is loaded after. A POST keeps its title and note."""
    insight = queries.insight(request.user, pk)
    form = PinForm(request.POST or None, initial={"title": insight.title, "note": insight.note})
    if request.method == "POST" and form.is_valid():
        actions.annotate(insight, **form.cleaned_data, by=request.user)
        said(request, _("The note was saved."))
        return redirect("insight", pk)
    context = {
        "it": insight,
        "form": form,
        "line": queries.pinned_posts(request.user, [insight]).get(insight.post_id),
        "then_url": bound(insight.address, insight.since, insight.until),
        "page_name": page_named(insight.address),
        "decisions": insight.decisions.filter(withdrawn_at=None),
    }
    return render(request, "decisions/insight.html", context, status=400 if form.errors else 200)


@require_GET
@plainly
def now(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the insight's question says today."""
    insight = queries.insight(request.user, pk)
    return render(request, "decisions/_now.html", {"answers": asking.again(request.user, insight)})


@require_http_methods(["GET", "POST"])
@plainly
def pin(request: HttpRequest) -> HttpResponseBase:
    """The small form that pins a figure (`figure`, sealed) or a post (`post`, with `q` it was found with)."""
    require(request.user, Act.PIN_INSIGHT)
    asked = request.POST if request.method == "POST" else request.GET
    try:
        figure = unsealed(asked["figure"]) if "figure" in asked else None
    except CannotPin as refusal:
        return problem(request, str(refusal))
    found = None if figure else post(request.user, asked.get("post", ""))
    title = figure.title if figure else title_of_post(found or {})
    form = PinForm(request.POST or None, initial={"title": title[:160]})
    if request.method == "POST" and form.is_valid():
        insight = _keep(request, form, figure)
        if insight is not None:
            return _pinned(request, insight)
    context: dict[str, Any] = {
        "form": form,
        "figure": figure,
        "token": asked.get("figure", ""),
        "post": found,
    }
    context |= {"q": asked.get("q", ""), "part": bool(request.headers.get("HX-Request"))}
    name = "decisions/_pin_form.html" if context["part"] else "decisions/pin.html"
    return render(request, name, context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, form: PinForm, figure: Pinnable | None) -> Insight | None:
    """The insight kept; None with the form's problems when it cannot be."""
    try:
        if figure:
            return actions.pin_figure(figure, **form.cleaned_data, by=request.user)
        asked = request.POST
        query = whole_or_none(asked.get("q", ""))
        return actions.pin_post(asked.get("post", ""), **form.cleaned_data, query=query, by=request.user)
    except ValidationError as problems:
        form.add_error(None, ValidationError(problems.messages))
        return None


def _pinned(request: HttpRequest, insight: Insight) -> HttpResponseBase:
    """To a decision when that was wanted; else a message, in the place for htmx."""
    decide = reverse("decision_new") + f"?insight={insight.pk}" if "decide" in request.POST else ""
    if not request.headers.get("HX-Request"):
        said(request, _("The insight was pinned."), undo_url=reverse("insight_archive", args=[insight.pk]))
        return redirect(decide) if decide else redirect("insight", insight.pk)
    if decide:
        return HttpResponse(headers={"HX-Redirect": decide})
    response = render(request, "decisions/_pinned.html", {"insight": insight})
    response.headers["HX-Trigger"] = "pinned"
    return response


@require_POST
def archive(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Put an insight away, at once: it can be brought back."""
    insight = queries.insight(request.user, pk)
    actions.archive(insight, by=request.user)
    said(request, _("The insight was archived."), undo_url=reverse("insight_restore", args=[pk]))
    return back(request, "insights")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Bring an archived insight back."""
    insight = queries.insight(request.user, pk)
    actions.restore(insight, by=request.user)
    said(request, _("The insight is back."), undo_url=reverse("insight_archive", args=[pk]))
    return back(request, "insights")
