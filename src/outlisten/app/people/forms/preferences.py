"""The form of one's own account."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.actions import Preferences
from outlisten.app.people.forms.fields import background_field, zone_field
from outlisten.app.people.models import Account


class PreferencesForm(forms.Form):
    """How a person likes to read."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As colleagues and customers see it."))
    language = forms.ChoiceField(label=_("Language"), choices=Account.Language.choices)
    theme = forms.ChoiceField(label=_("Theme"), choices=Account.Theme.choices)
    zone = zone_field(blank=_("The workspace's"))
    background = background_field()

    @classmethod
    def of(cls, account: Account, data: Any = None) -> PreferencesForm:
        """The form filled with what the account has now."""
        fields = ("name", "language", "theme", "zone", "background")
        return cls(data, initial={field: getattr(account, field) for field in fields})

    def wanted(self) -> Preferences:
        """What was chosen."""
        return Preferences(**self.cleaned_data)
