"""What people fill in: answers, promises, hand-overs, rules, service levels."""

from __future__ import annotations

from datetime import date, time
from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from outlisten.app.care.matching import check_query
from outlisten.app.care.models import Need, Rule, ServiceLevel
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Act, Actor, departments_for

THEN = [
    ("wait", _("then wait for the customer")),
    ("solve", _("then the case is solved")),
    ("stay", _("then it stays in work")),
]
QUERY_BOX = {
    "rows": 3, "class": "query-text", "spellcheck": "false", "autocapitalize": "off",
    "dir": "auto", "hx-get": reverse_lazy("case_rule_check"), "hx-trigger": "load, input changed delay:200ms",
    "hx-target": "#query-check", "hx-sync": "this:replace", "data-completions": reverse_lazy("listen_completions"),
}  # fmt: skip


def first_problem(form: forms.BaseForm) -> str:
    """The first sentence of what is wrong."""
    return str(next(iter(form.errors.values()))[0])


class AnswerForm(forms.Form):
    text = forms.CharField(required=False, strip=True)
    posted = forms.BooleanField(required=False)
    then = forms.ChoiceField(choices=THEN, required=False)


class PromiseForm(forms.Form):
    text = forms.CharField(required=False)
    due_on = forms.DateField(error_messages={
        "required": _("A promise needs its day."), "invalid": _("This is not a day; write it as 2026-03-09."),
    })  # fmt: skip


class HandOverForm(forms.Form):
    department = forms.ModelChoiceField(Department.objects.all(), required=False)
    colleague = forms.ModelChoiceField(Account.objects.filter(is_active=True), required=False)
    note = forms.CharField(required=False, max_length=4_000)


class OpenForm(forms.Form):
    department = forms.ModelChoiceField(Department.objects.all(), required=False)
    need = forms.ChoiceField(choices=Need, required=False)


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A rule of a department whose care this person manages."""

    class Meta:
        model = Rule
        fields = ("name", "department", "query", "addressed", "need", "position")
        widgets: ClassVar[dict[str, Any]] = {"query": forms.Textarea(QUERY_BOX)}
        labels: ClassVar = {"position": _("Order")}
        help_texts: ClassVar = {
            "query": _("Posts that this finds become cases, for example: refund OR 退款"),
            "addressed": _("To our brands or declared accounts. What we wrote ourselves is always left out."),
            "position": _("Where several rules find a post, the one with the lowest number opens the case."),
        }

    def __init__(self, *args: Any, by: Actor, **more: Any) -> None:
        super().__init__(*args, **more)
        mine = departments_for(by, Act.MANAGE_CARE)
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Department.objects.all() if mine is None else Department.objects.filter(pk__in=mine)
        field.empty_label = None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("query"):
            check_query(Rule(query=given["query"], addressed=given.get("addressed", True)))
        return given


class ServiceLevelForm(forms.ModelForm):  # type: ignore[type-arg]
    """Target, opening hours by weekday, holidays one a line."""

    hours = forms.DecimalField(
        label=_("First answer within (open hours)"), min_value=0.1, max_value=400, decimal_places=2,
        help_text=_("Hours while the department is open, such as 4 or 0.5."),
    )  # fmt: skip
    days_off = forms.CharField(
        label=_("Holidays"), required=False, widget=forms.Textarea({"rows": 4, "placeholder": "2026-10-01"}),
        help_text=_("One day a line, as 2026-10-01."),
    )  # fmt: skip

    class Meta:
        model = ServiceLevel
        fields = ("zone",)
        labels: ClassVar = {"zone": _("Time zone")}
        help_texts: ClassVar = {"zone": _("Such as Asia/Shanghai; empty: the workspace’s.")}

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        level: ServiceLevel = self.instance
        self.fields["hours"].initial = f"{level.target_minutes / 60:g}"
        self.fields["days_off"].initial = "\n".join(level.holidays)
        for day, name in WEEKDAYS.items():
            opens, closes = level.week.get(str(day), ["", ""])
            for part, at in (("opens", opens), ("closes", closes)):
                widget = forms.TimeInput({"type": "time", "aria-label": f"{name} {part}"}, format="%H:%M")
                field = forms.TimeField(label=name, required=False, initial=at, widget=widget)
                self.fields[f"{part}_{day}"] = field

    def days(self) -> list[tuple[Any, Any, Any]]:
        """(weekday, opening, closing) for the table of the form."""
        return [(name, self[f"opens_{day}"], self[f"closes_{day}"]) for day, name in WEEKDAYS.items()]

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"]).strip()
        if zone and zone not in available_timezones():
            raise ValidationError(
                _("There is no such time zone. Write it like Asia/Shanghai or Europe/Berlin.")
            )
        return zone

    def clean_days_off(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["days_off"].splitlines() if line.strip()]
        for line in lines:
            try:
                date.fromisoformat(line)
            except ValueError:
                raise ValidationError(
                    _("“%(line)s” is not a day; write it as 2026-10-01."), params={"line": line[:40]}
                ) from None
        return sorted(set(lines))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        week = {}
        for day, name in WEEKDAYS.items():
            opens, closes = given.get(f"opens_{day}"), given.get(f"closes_{day}")
            if opens is None and closes is None:
                continue
            if opens is None or closes is None or (closes != time(0) and closes <= opens):
                raise ValidationError(
                    _("%(day)s: opening comes before closing, or both stay empty."), params={"day": name}
                )
            week[str(day)] = [f"{opens:%H:%M}", f"{closes:%H:%M}"]
        self.instance.week = week
        if given.get("hours"):
            self.instance.target_minutes = round(given["hours"] * 60)
        self.instance.holidays = given.get("days_off") or []
        return given
