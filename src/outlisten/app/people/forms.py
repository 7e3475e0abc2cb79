"""Forms about oneself: set-up, sign-in, preferences."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ChangePasswordForm, LoginForm, ResetPasswordKeyForm, SetPasswordForm
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.actions import Preferences
from outlisten.app.people.models import Account
from outlisten.app.people.zones import zone_names

PASSWORD_HELP = _("At least 10 characters; a short sentence is easy to remember and hard to guess.")


def zone_field(*, blank: str | Promise = "") -> forms.ChoiceField:
    """A choice of time zones; `blank` names what an empty choice means."""
    places: list[tuple[str, str | Promise]] = [(name, name.replace("_", " ")) for name in zone_names()]
    choices = [("", blank), *places] if blank else places
    return forms.ChoiceField(label=_("Time zone"), choices=choices, required=not blank)


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

    name = forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput({"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    workspace = forms.CharField(
        label=_("Name of the workspace"), max_length=80, help_text=_("Usually the company's name.")
    )
    language = forms.ChoiceField(label=_("Language"), choices=Account.Language.choices)
    zone = zone_field()

    def clean(self) -> dict[str, Any]:
        """Hold the password against the rules, knowing the name and address it must not repeat."""
        cleaned = super().clean() or {}
        if "password" in cleaned:
            person = Account(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
            try:
                validate_password(cleaned["password"], person)
            except forms.ValidationError as problem:
                self.add_error("password", problem)
        return cleaned


class PreferencesForm(forms.Form):
    """How a person likes to read."""

    name = forms.CharField(label=_("Name"), max_length=80, help_text=_("As colleagues and customers see it."))
    language = forms.ChoiceField(label=_("Language"), choices=Account.Language.choices)
    theme = forms.ChoiceField(label=_("Theme"), choices=Account.Theme.choices)
    zone = zone_field(blank=_("The workspace's"))

    @classmethod
    def of(cls, account: Account, data: Any = None) -> PreferencesForm:
        """The form filled with what the account has now."""
        fields = ("name", "language", "theme", "zone")
        return cls(data, initial={field: getattr(account, field) for field in fields})

    def wanted(self) -> Preferences:
        """What was chosen."""
        return Preferences(**self.cleaned_data)
