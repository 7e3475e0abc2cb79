"""Forms of signing in: allauth's, in our words, and set-up."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm, SetPasswordForm
from django import forms
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.forms.fields import (
    PASSWORD_HELP,
    name_field,
    password_field,
    password_fits,
    zone_field,
)
from outlisten.app.people.models import Account


class Plain(forms.Form):
    """allauth's forms without placeholders, which only repeat the labels, and with our help text for
    passwords."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.help_text = PASSWORD_HELP if name == "password1" else ""


class SignInForm(Plain, LoginForm):  # type: ignore[misc]
    """E-mail and password."""


class PasswordChangeForm(Plain, ChangePasswordForm):  # type: ignore[misc]
    """The present password and a new one."""


class PasswordSetForm(Plain, SetPasswordForm):  # type: ignore[misc]
    """A first password, for somebody who came in by a link."""


class PasswordResetForm(Plain, ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, after following the link of a reset e-mail."""


class SetUpForm(forms.Form):
    """The owner and the workspace, asked once."""

    name = name_field()
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = password_field()
    workspace = forms.CharField(
        label=_("Name of the workspace"), max_length=80, help_text=_("Usually the company's name.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=Account.Language.choices)
    zone = zone_field()

    def clean(self) -> dict[str, Any]:
        """Hold the password against the rules, knowing the name and address it must not repeat."""
        cleaned = super().clean() or {}
        password_fits(self, Account(email=cleaned.get("email", ""), name=cleaned.get("name", "")))
        return cleaned


class AcceptForm(forms.Form):
    """What somebody who is invited chooses: how they are called, and a password."""

    name = name_field()
    password = password_field()

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self) -> dict[str, Any]:
        """Hold the password against the rules, knowing the name and address it must not repeat."""
        cleaned = super().clean() or {}
        password_fits(self, Account(email=self.email, name=cleaned.get("name", "")))
        return cleaned
