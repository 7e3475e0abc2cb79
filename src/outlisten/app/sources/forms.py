"""A source's form, made from its connector's manifest."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from outlisten.app.listening.wording import locale
from outlisten.app.sources.actions import Wanted
from outlisten.app.sources.models import Source
from outlisten.sources.manifest import Manifest
from outlisten.sources.options import Option


class SourceForm(forms.Form):
    """The connector's options and a name. Secrets are written, never shown: a blank one keeps the one that is there."""

    def __init__(
        self, manifest: Manifest, data: QueryDict | None = None, *, source: Source | None = None
    ) -> None:
        before: dict[str, Any] = {**source.options, "name": source.name} if source else {}
        super().__init__(data, initial=before, prefix="o")
        self._manifest = manifest
        for option in manifest.options:
            self.fields[option.name] = field_of(option, kept=bool(source and source.sealed))
        self.fields["name"] = forms.CharField(
            label=_("Name in lists"), required=False, max_length=120, help_text=_("Left empty, one is made.")
        )

    def wanted(self) -> Wanted:
        """What was entered; call it after `is_valid`."""
        given = {option.name: _sent(self.cleaned_data.get(option.name)) for option in self._manifest.options}
        return Wanted(self._manifest.name, given, str(self.cleaned_data.get("name") or ""))


def _sent(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def field_of(option: Option, *, kept: bool) -> forms.Field:
    """The input an option asks for, which says where it may stay empty; what it must hold is checked by the option itself,
    in one place."""
    field = _input(option, kept=kept)
    field.may_stay_empty = not (option.needed or option.default or option.kind in {"choice", "yes"})  # type: ignore[attr-defined]
    return field


def _input(option: Option, *, kept: bool) -> forms.Field:
    here = locale()
    said: dict[str, Any] = {
        "label": option.title.text(here), "required": False,
        "help_text": option.hint.text(here) if option.hint else "",
    }  # fmt: skip
    attrs = {"placeholder": option.example, "autocomplete": "off"}
    match option.kind:
        case "choice":
            choices = [(name, title.text(here)) for name, title in option.choices]
            return forms.ChoiceField(choices=choices, initial=option.default, **said)
        case "yes":
            return forms.BooleanField(initial=option.default == "yes", **said)
        case "words":
            said["help_text"] = said["help_text"] or _("Several: one a line.")
            return forms.CharField(
                widget=forms.Textarea(attrs={**attrs, "rows": 2}), initial=option.default, **said
            )
        case "secret":
            said["help_text"] = _("Kept as it is unless you enter another.") if kept else said["help_text"]
            secret = {"autocomplete": "new-password", "spellcheck": "false"}
            return forms.CharField(widget=forms.PasswordInput(attrs=secret), **said)
    return forms.CharField(widget=forms.TextInput(attrs=attrs), initial=option.default, **said)
