"""Tags of care: time that is left, and what care adds to a post."""

from __future__ import annotations

from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from outlisten.app.care.durations import hours_minutes, time_left
from outlisten.app.care.models import Need, ServiceLevel
from outlisten.app.care.queries.door import case_of_post
from outlisten.app.care.queries.drafts import drafts_for
from outlisten.app.care.urgency import reasons_in_words
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Act, may

register = template.Library()


register.filter("time_left", time_left)
register.filter("hours_minutes", hours_minutes)


@register.filter
def reasons(keys: list[str]) -> list[str]:
    """Why a case is urgent, in words."""
    return reasons_in_words(keys)


@register.inclusion_tag("care/_on_post.html", takes_context=True)
def care_on_post(context: dict[str, Any], post: str) -> dict[str, Any]:
    """The case of a post, the way to make it one, and drafts of answers, each for whom may see and do it."""
    request: HttpRequest = context["request"]
    who = request.user
    mine, others = drafts_for(who, post) if isinstance(who, Account) else (None, [])
    return {
        "post": post, "request": request, "csrf_token": context.get("csrf_token"), "may": context["may"],
        "case": case_of_post(who, post) if may(who, Act.SEE_CASES) else None, "mine": mine,
        "others": others,
        "departments": Department.objects.all() if may(who, Act.OPEN_CASE) else [], "needs": Need.choices,
    }  # fmt: skip


@register.filter
def week_in_words(level: ServiceLevel) -> str:
    """Opening hours, days of the same hours together: “Mon–Fri 09:00–18:00”."""
    runs: list[tuple[int, int, list[str]]] = []
    for day in range(7):
        hours = level.week.get(str(day))
        if hours and runs and runs[-1][2] == hours and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day, hours)
        elif hours:
            runs.append((day, day, hours))
    said = (f"{_days(first, last)} {opens}–{closes}" for first, last, (opens, closes) in runs)
    return _(", ").join(said)


def _days(first: int, last: int) -> str:
    if first == last:
        return str(WEEKDAYS_ABBR[first])
    return f"{WEEKDAYS_ABBR[first]}–{WEEKDAYS_ABBR[last]}"
