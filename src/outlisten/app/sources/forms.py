"""Forms made from manifests: the entries of a source or a channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from outlisten.app.listening.wording import locale
from outlisten.app.sources.actions import Wanted
from outlisten.app.sources.entries import LONGEST_NAME
from outlisten.app.sources.models import Source
from outlisten.sources.manifest import Manifest
from outlisten.sources.options import Option


class EntryForm(forms.Form):
    """A manifest's options and a name. Secrets are written, never shown: a blank one keeps the one that is there."""

    def __init__(
        self, options: Sequence[Option], data: QueryDict | None, before: Mapping[str, object], *, kept: bool
    ) -> None:
        super().__init__(data, initial=dict(before), prefix="o")
        self._names = [option.name for option in options]
        for option in options:
            self.fields[option.name] = _field(option, kept=kept)
        self.fields["name"] = forms.CharField(
            label=_("Name in lists"),
            required=False,
            max_length=LONGEST_NAME,
            help_text=_("Left empty, one is made."),
        )

    def given(self) -> dict[str, str]:
        """What was entered, as text; call it after `is_valid`."""
        return {name: _sent(self.cleaned_data.get(name)) for name in self._names}

    @property
    def named(self) -> str:
        """The name that was entered; blank for none."""
        return str(self.cleaned_data.get("name") or "")


class SourceForm(EntryForm):
    """The options of a connector."""

    def __init__(
        self, manifest: Manifest, data: QueryDict | None = None, *, source: Source | None = None
    ) -> None:
        before = {**source.options, "name": source.name} if source else {}
        super().__init__(manifest.options, data, before, kept=bool(source and source.sealed))
        self._connector = manifest.name

    def wanted(self) -> Wanted:
        """What was entered; call it after `is_valid`."""
        return Wanted(self._connector, self.given(), self.named)


def _sent(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value or "")


def _field(option: Option, *, kept: bool) -> forms.Field:
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
