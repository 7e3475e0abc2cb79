"""What people fill in when they write a promise down."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from outlisten.app.decisions.claims.content import kind_of
from outlisten.app.decisions.models import Claim
from outlisten.app.listening.queries.names import comparable
from outlisten.app.listening.wording import locale
from outlisten.insights.effects import BadSeries, read_size, written_size

DAY = {"type": "date", "min": "1990-01-01", "max": "2100-01-01"}


class ClaimForm(forms.ModelForm):  # type: ignore[type-arg]
    """A claim; the size is typed with its sign: -20% of what would have been, or -5 posts."""

    amount = forms.CharField(
        label=_("How much"), max_length=20, widget=forms.TextInput({"placeholder": "-20%", "inputmode": "text"}),
        help_text=_("With its sign: -20% is a fifth less than without it; -5 is five fewer a day or week, or five points "
                    "of a share. It is also the threshold of the test."),
    )  # fmt: skip
    subject = forms.ChoiceField(label=_("Of which brand or topic"))
    comparisons = forms.MultipleChoiceField(
        label=_("Comparisons"), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Brands or topics that move with it in ordinary times and that the promise does not touch: "
                    "competitors, for example. Without any, nothing else that happens at the same time can be told apart."),
    )  # fmt: skip

    class Meta:
        model = Claim
        fields = ("text", "promised_by", "promiser", "metric", "subject", "comparisons", "start", "until")
        widgets: ClassVar[dict[str, Any]] = {
            "text": forms.Textarea({"rows": 2}),
            "start": forms.DateInput(DAY, format="%Y-%m-%d"), "until": forms.DateInput(DAY, format="%Y-%m-%d"),
        }  # fmt: skip
        help_texts: ClassVar = {
            "text": _("In the words of whoever promises it."),
            "start": _("The day the effect begins. Freeze the claim before it."),
            "until": _("The last day that counts; the test waits for it."),
        }

    field_order = (
        "text",
        "promised_by",
        "promiser",
        "metric",
        "subject",
        "amount",
        "start",
        "until",
        "comparisons",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(one.key, one.name) for one in comparable()]
        self.fields["subject"].choices = [("", "–"), *named]  # type: ignore[attr-defined]
        self.fields["comparisons"].choices = named  # type: ignore[attr-defined]
        claim = self.instance
        if claim.size:
            self.fields["amount"].initial = written_size(
                claim.size, relative=claim.relative, kind=kind_of(claim.metric)
            )

    def clean(self) -> dict[str, Any]:
        """The typed amount as size and unit; what it means depends on the metric."""
        given = super().clean() or self.cleaned_data
        if "amount" in given and "metric" in given:
            try:
                self.instance.size, self.instance.relative = read_size(
                    given["amount"], kind_of(given["metric"])
                )
            except BadSeries as bad:
                self.add_error("amount", bad.text(locale()))
        return given
