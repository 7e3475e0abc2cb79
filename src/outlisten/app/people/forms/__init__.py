"""Forms about people: signing in, one's own account, and looking after others'."""

from __future__ import annotations

from outlisten.app.people.forms.fields import PASSWORD_HELP, zone_field
from outlisten.app.people.forms.people import ChangeForm, DepartmentForm, InviteForm
from outlisten.app.people.forms.preferences import PreferencesForm
from outlisten.app.people.forms.signing_in import (
    AcceptForm,
    PasswordChangeForm,
    PasswordResetForm,
    PasswordSetForm,
    Plain,
    SetUpForm,
    SignInForm,
)

__all__ = [
    "PASSWORD_HELP",
    "AcceptForm",
    "ChangeForm",
    "DepartmentForm",
    "InviteForm",
    "PasswordChangeForm",
    "PasswordResetForm",
    "PasswordSetForm",
    "Plain",
    "PreferencesForm",
    "SetUpForm",
    "SignInForm",
    "zone_field",
]
