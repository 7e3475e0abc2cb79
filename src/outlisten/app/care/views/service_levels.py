"""Settings → Service levels: how soon a department answers, and when it is there."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from outlisten.app.care.actions.service_levels import set_service_level
from outlisten.app.care.forms import ServiceLevelForm
from outlisten.app.care.queries.levels import levels
from outlisten.app.care.times import level_of
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Act, require


@require_GET
def page(request: HttpRequest) -> HttpResponseBase:
    """The service levels of the departments one manages."""
    return render(request, "care/service_levels.html", {"levels": levels(request.user)})


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponseBase:
    """One department's target, opening hours and holidays."""
    require(request.user, Act.MANAGE_CARE)
    department = get_object_or_404(Department, key=key)
    require(request.user, Act.MANAGE_CARE, department, about=f"department:{department.pk}")
    form = ServiceLevelForm(request.POST or None, instance=level_of(department.pk))
    if request.method == "POST" and form.is_valid():
        try:
            set_service_level(form.instance, by=request.user)
        except ValidationError as problem:
            form.add_error(None, problem.messages)
        else:
            messages.success(
                request, _("The service level of %(name)s was saved.") % {"name": department.label}
            )
            return redirect("service_levels")
    context = {"form": form, "department": department}
    return render(request, "care/service_level.html", context, status=400 if form.is_bound else 200)
