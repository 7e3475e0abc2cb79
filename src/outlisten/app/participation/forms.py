"""What people fill in: whose domains are whose, and a calendar."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.models import Department


class DomainsForm(forms.Form):
    """One domain a line."""

    ours = forms.CharField(
        label=_("Our domains"), required=False, widget=forms.Textarea({"rows": 3, "spellcheck": "false"}),
        help_text=_("What stands after the @ in our own addresses, one a line."),
    )  # fmt: skip
    customers = forms.CharField(
        label=_("Customers’ domains"), required=False, widget=forms.Textarea({"rows": 5, "spellcheck": "false"}),
        help_text=_("Of companies we sell to, one a line. Whoever is in neither list cannot be told."),
    )  # fmt: skip


class CalendarForm(forms.Form):
    """A calendar of one department."""

    file = forms.FileField(
        label=_("Calendar file (.ics)"), widget=forms.FileInput({"accept": ".ics,text/calendar"}),
        help_text=_("Outlook, Google Calendar, Apple Calendar and 飞书 export it."),
    )  # fmt: skip
    department = forms.ModelChoiceField(Department.objects.all(), label=_("Department"), empty_label=None)
    whose = forms.EmailField(
        label=_("Whose calendar"), required=False,
        help_text=_("Their e-mail address, to leave out what they declined. It is not kept. "
                    "Blank: the address in most of the meetings."),
    )  # fmt: skip
