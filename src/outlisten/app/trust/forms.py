"""Forms of this room."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from outlisten.app.trust.models import RetentionRule


class RetentionForm(forms.ModelForm):  # type: ignore[type-arg]
    """Which posts, and how many days."""

    class Meta:
        model = RetentionRule
        fields = ("covers", "name", "days")
        labels: ClassVar = {"name": _("Platform or source"), "days": _("Days to keep")}
        help_texts: ClassVar = {
            "name": _("For a platform such as weibo, or a source: the name of the file or connector."),
            "days": _(
                "Counted from when a post was written. Leave it empty to keep the posts without limit."
            ),
        }
        widgets: ClassVar = {"name": forms.TextInput({"list": "suggested", "autocomplete": "off"})}

    def clean(self) -> dict[str, Any]:
        """A platform or a source is named; the other kinds have no name."""
        cleaned = super().clean() or {}
        covers = RetentionRule.Covers
        if cleaned.get("covers") in (covers.ALL, covers.MESSAGES):
            cleaned["name"] = ""
        elif not (cleaned.get("name") or "").strip():
            self.add_error("name", _("Say which platform or source the rule is for."))
        return cleaned


class FindForm(forms.Form):
    """Who is looked for."""

    who = forms.CharField(
        label=_("Handle, id or name; or the link of a post"),
        max_length=400,
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    platform = forms.CharField(
        label=_("Platform"), max_length=60, required=False, help_text=_("Leave it empty to look on all of them."),
        widget=forms.TextInput({"list": "platforms", "autocomplete": "off"}),
    )  # fmt: skip
