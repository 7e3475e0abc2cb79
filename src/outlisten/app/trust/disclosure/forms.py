"""What people fill in when a writer is asked to mend a post."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.models import Account
from outlisten.app.trust.disclosure.queries import owners


class AskForm(forms.Form):
    """Who follows it up, and until when; both may be left to the usual."""

    owner = forms.ModelChoiceField(
        queryset=Account.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("This person cannot settle what the watch found.")},
    )
    due = forms.DateField(
        required=False,
        error_messages={"invalid": _("Write the day as 2026-05-01.")},
        input_formats=["%Y-%m-%d"],
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["owner"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = owners()
