"""What people fill in about voices: accounts, many at once, campaigns, and corrections."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outlisten.app.listening.forms import QUERY_BOX
from outlisten.app.listening.models import Brand, Campaign, DeclaredAccount, Voice
from outlisten.app.listening.queries.listen import known_values

DAY = forms.DateInput({"type": "date", "min": "1990-01-01", "max": "2100-01-01"}, format="%Y-%m-%d")
NOBODYS = _("the company’s own")


class _OfBrand(forms.ModelForm):  # type: ignore[type-arg]
    """A declaration; whose brand it is may be left open, which stands for the company itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        brand = self.fields["brand"]
        if isinstance(brand, forms.ModelChoiceField):
            brand.queryset, brand.empty_label = Brand.objects.order_by("side", "name"), NOBODYS
        if "platform" in self.fields:
            self.fields["platform"].widget = forms.TextInput({"list": "platforms", "autocapitalize": "off"})

    @property
    def platforms(self) -> list[str]:
        """The platforms that posts are kept of, offered while one types."""
        return known_values("platform")


class AccountForm(_OfBrand):
    class Meta:
        model = DeclaredAccount
        fields = ("platform", "account", "voice", "brand", "since", "until", "markets", "note")
        widgets: ClassVar[dict[str, Any]] = {"since": DAY, "until": DAY}
        help_texts: ClassVar = {
            "platform": _("As the posts name it: x, weibo, xiaohongshu …"),
            "account": _("As the posts give it; with or without @."),
            "until": _("Empty while it still holds. Posts outside these days keep their own voice."),
            "markets": _("Where its posts are read, for example CN, US; for the disclosure rules."),
        }


class PasteForm(_OfBrand):
    """Many accounts that have everything but their name in common."""

    names = forms.CharField(
        label=_("Accounts, one a line"), widget=forms.Textarea({"rows": 8, "spellcheck": "false"})
    )

    class Meta:
        model = DeclaredAccount
        fields = ("platform", "voice", "brand", "since", "until", "markets", "note")
        widgets: ClassVar[dict[str, Any]] = {"since": DAY, "until": DAY}
        help_texts: ClassVar = {"platform": _("As the posts name it: x, weibo, xiaohongshu …")}

    field_order = ("platform", "names")

    def _post_clean(self) -> None:
        """The model is checked line by line when each account has its name."""
        for name, value in self.cleaned_data.items():
            if name != "names":
                setattr(self.instance, name, value)

    def clean_names(self) -> list[str]:
        text = str(self.cleaned_data["names"])
        for sign in ",，、;；\t":
            text = text.replace(sign, "\n")
        return [line.strip() for line in text.splitlines() if line.strip()]


class CampaignForm(_OfBrand):
    class Meta:
        model = Campaign
        fields = ("name", "query", "voice", "brand", "since", "until", "note")
        widgets: ClassVar[dict[str, Any]] = {"query": forms.Textarea(QUERY_BOX), "since": DAY, "until": DAY}
        help_texts: ClassVar = {
            "query": _("What its posts have in common, for example: #harbourweek OR link:example.org/week"),
            "until": _("Empty while it still runs."),
        }
        error_messages: ClassVar = {
            "name": {"unique": _("There is a campaign of this name already; choose another name.")}
        }


class CorrectionForm(forms.Form):
    """Whose voice one post is, and why."""

    voice = forms.ChoiceField(label=_("Whose voice it is"), choices=Voice.choices)
    reason = forms.CharField(label=_("Why"), max_length=240)

    def clean_reason(self) -> str:
        said = str(self.cleaned_data["reason"]).strip()
        if not said:
            raise ValidationError(_("Say why: the next person who reads this post will ask."))
        return said
