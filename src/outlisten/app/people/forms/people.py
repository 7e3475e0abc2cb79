"""Forms of those who look after accounts: invite, change, departments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.actions.invitations import Guest
from outlisten.app.people.forms.fields import DepartmentsField, background_field
from outlisten.app.people.models import Account

# The owner's role is handed over, not given.
GIVEN = [(role.value, role.label) for role in Account.Role if role != Account.Role.OWNER]


class InviteForm(forms.Form):
    """Who is to come, as what."""

    name = forms.CharField(label=_("Their name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("With this address the person will sign in.")
    )
    role = forms.ChoiceField(label=_("Role"), choices=GIVEN, initial=Account.Role.RESPONDER)
    departments = DepartmentsField()
    language = forms.ChoiceField(
        label=_("Language"), choices=Account.Language.choices, help_text=_("Of the invitation and the pages.")
    )

    def guest(self) -> Guest:
        """Whom the form describes."""
        given = self.cleaned_data
        return Guest(
            email=given["email"], name=given["name"], role=given["role"], language=given["language"],
            departments=tuple(given["departments"]),
        )  # fmt: skip


class ChangeForm(forms.Form):
    """Another role, other departments; the owner's role is not asked."""

    role = forms.ChoiceField(label=_("Role"), choices=GIVEN)
    departments = DepartmentsField()
    background = background_field()

    @classmethod
    def of(cls, account: Account, data: Any = None) -> ChangeForm:
        """The form filled with what the account has now."""
        now = {
            "role": account.role,
            "departments": account.departments.all(),
            "background": account.background,
        }
        form = cls(data, initial=now)
        form.fields["background"].help_text = _("What this person did before, or learnt; they can change it.")
        if account.role == Account.Role.OWNER:
            del form.fields["role"]
        return form


class DepartmentForm(forms.Form):
    """The name of a department."""

    name = forms.CharField(label=_("Name"), max_length=80, required=False)
