"""Settings → Departments: add, rename, remove."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from outlisten.app.people import queries
from outlisten.app.people.actions import departments as actions
from outlisten.app.people.actions.undoing import CannotUndo
from outlisten.app.people.forms import DepartmentForm
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Act, require


@require_http_methods(["GET", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """All departments, and a field for another."""
    require(request.user, Act.MANAGE_ACCOUNTS)
    form = DepartmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_department(form.cleaned_data["name"], by=request.user)
        except ValidationError as problem:
            form.add_error("name", " ".join(problem.messages))
        else:
            messages.success(request, _("“{name}” was added.").format(name=made.label))
            return redirect("departments")
    rows = [(place, people, queries.is_empty(place)) for place, people in queries.departments()]
    context = {"departments": rows, "form": form}
    return render(request, "people/departments.html", context, status=422 if form.errors else 200)


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    """Call it something else."""
    require(request.user, Act.MANAGE_ACCOUNTS)
    department = queries.department(pk)
    try:
        token = actions.rename_department(department, request.POST.get("name", ""), by=request.user)
    except ValidationError as problem:
        return _refused(request, problem)
    return _done(request, _("It is called “{name}” now."), department, token)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an empty one, at once: it can be undone."""
    require(request.user, Act.MANAGE_ACCOUNTS)
    department = queries.department(pk)
    try:
        token = actions.remove_department(department, by=request.user)
    except ValidationError as problem:
        return _refused(request, problem)
    return _done(request, _("“{name}” was removed."), department, token)


@require_POST
def undo(request: HttpRequest, token: str) -> HttpResponse:
    """Take back a new name or a removal."""
    try:
        department = actions.undo_department(token, by=request.user)
    except CannotUndo as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("“{name}” is as it was.").format(name=department.label))
    return redirect("departments")


def _refused(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    messages.error(request, " ".join(problem.messages))
    return redirect("departments")


def _done(request: HttpRequest, said: str, department: Department, token: str) -> HttpResponse:
    address = reverse("department_undo", args=[token])
    messages.success(request, said.format(name=department.label), extra_tags=address)
    return redirect("departments")
