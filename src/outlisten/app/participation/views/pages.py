"""Who takes part: talk balance, departments and backgrounds; domains and calendars."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from outlisten.app.listening.figures import Figure
from outlisten.app.listening.queries.names import calendar_limits
from outlisten.app.listening.wording import locale
from outlisten.app.participation import actions, wording
from outlisten.app.participation.calendars import BadCalendar
from outlisten.app.participation.calendars.limits import BYTES
from outlisten.app.participation.forms import CalendarForm, DomainsForm
from outlisten.app.participation.models import MailDomain
from outlisten.app.participation.queries.takes_part import takes_part
from outlisten.app.participation.queries.talk import Talk, talk
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Act, require
from outlisten.app.web.theme import theme_of
from outlisten.charts import spec
from outlisten.charts.talk_balance_chart import talk_balance


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    """How much of the talk is with customers, and who takes part this week."""
    hours, part = talk(request.user), takes_part(request.user)
    context = {
        "talk": hours,
        "talk_sentence": wording.talk_sentence(hours.whole),
        "figure": _figure(request, hours),
        "part": part,
        "part_sentence": wording.part_sentence(part),
        "departments": [*part.staffed, *([part.elsewhere] if part.elsewhere.people else [])],
        "backgrounds": [one for one in part.backgrounds if one.people],
        "limits": calendar_limits(),
        "concentration_sentence": wording.concentration_sentence(part.concentration),
    }
    return render(request, "participation/page.html", context)


def _figure(request: HttpRequest, hours: Talk) -> Figure | None:
    told = [(week, balance.share) for week, balance in hours.weeks if balance.share is not None]
    if len(told) < 2:
        return None
    chart = talk_balance(hours.weeks, locale(), theme_of(request))
    return Figure("talk-balance", spec(chart), wording.talk_sentence(hours.whole), size="is-low")


@require_http_methods(["GET", "POST"])
def calendars(request: HttpRequest) -> HttpResponse:
    """Bring in a calendar, and say whose domains are whose."""
    require(request.user, Act.IMPORT_CALENDAR)
    form = CalendarForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = actions.import_calendar(
                _bytes(form),
                form.cleaned_data["department"],
                by=request.user,
                whose=form.cleaned_data["whose"],
            )
        except (BadCalendar, ValidationError) as problem:
            form.add_error("file", problem.messages if isinstance(problem, ValidationError) else str(problem))
        else:
            messages.success(request, wording.import_sentence(report))
            return redirect("participation")
    return _calendars(request, form, DomainsForm(initial=_domains()))


def _bytes(form: CalendarForm) -> bytes:
    """The file, never more of it than may be read."""
    data: bytes = form.cleaned_data["file"].read(BYTES + 1)
    return data


@require_POST
def domains(request: HttpRequest) -> HttpResponse:
    """Keep the lists of domains."""
    require(request.user, Act.IMPORT_CALENDAR)
    form = DomainsForm(request.POST)
    if form.is_valid():
        try:
            actions.set_domains(
                form.cleaned_data["ours"].splitlines(),
                form.cleaned_data["customers"].splitlines(),
                by=request.user,
            )
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            messages.success(
                request, _("The domains were saved. Calendars brought in from now on are read with them.")
            )
            return redirect("participation_calendars")
    return _calendars(request, CalendarForm(), form)


@require_POST
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a department's minutes."""
    department = get_object_or_404(Department, pk=pk)
    gone = actions.forget_meetings(department, by=request.user)
    messages.success(
        request, _("%(n)d meetings of %(name)s were removed.") % {"n": gone, "name": department.label}
    )
    return redirect("participation_calendars")


def _domains() -> dict[str, str]:
    rows = list(MailDomain.objects.all())
    return {
        name: "\n".join(row.domain for row in rows if row.whose == whose)
        for name, whose in (("ours", MailDomain.Whose.OURS), ("customers", MailDomain.Whose.CUSTOMERS))
    }


def _calendars(request: HttpRequest, form: CalendarForm, lists: DomainsForm) -> HttpResponse:
    filled = Department.objects.filter(meetings__isnull=False).distinct()
    context = {"form": form, "lists": lists, "filled": filled}
    bad = bool(form.errors or lists.errors)
    return render(request, "participation/calendars.html", context, status=422 if bad else 200)
