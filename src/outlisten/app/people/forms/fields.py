"""Fields that several forms ask: a name, a password, a time zone, departments."""

from __future__ import annotations

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outlisten.app.people.models import Account, Department
from outlisten.app.people.zones import zone_names

PASSWORD_HELP = _("At least 10 characters; a short sentence is easy to remember and hard to guess.")


def name_field() -> forms.CharField:
    """One's own name."""
    return forms.CharField(
        label=_("Your name"), max_length=80, widget=forms.TextInput({"autocomplete": "name"})
    )


def password_field() -> forms.CharField:
    """A new password, typed once."""
    return forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=PASSWORD_HELP,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


def password_fits(form: forms.Form, person: Account) -> None:
    """Put what is wrong with the form's password, for this person, beside its field."""
    if "password" not in form.cleaned_data:
        return
    try:
        validate_password(form.cleaned_data["password"], person)
    except forms.ValidationError as problem:
        form.add_error("password", problem)


def zone_field(*, blank: str | Promise = "") -> forms.ChoiceField:
    """A choice of time zones; `blank` names what an empty choice means."""
    places: list[tuple[str, str | Promise]] = [(name, name.replace("_", " ")) for name in zone_names()]
    choices = [("", blank), *places] if blank else places
    return forms.ChoiceField(label=_("Time zone"), choices=choices, required=not blank)


def background_field() -> forms.ChoiceField:
    """The trade somebody learnt or came from; it need not be told."""
    return forms.ChoiceField(
        label=_("Background"),
        choices=[("", _("Not told")), *Account.Background.choices],
        required=False,
        help_text=_("What you did before, or learnt. Only the mix of a team is shown, never a person's."),
    )


class DepartmentsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """Departments to tick, in their order."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Departments"),
            queryset=Department.objects.all(),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    def label_from_instance(self, obj: object) -> str:
        """The department's name in the reader's language."""
        return str(obj)
