"""What people fill in: a pin, a decision, its review."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outlisten.app.decisions.clock import today
from outlisten.app.decisions.models import Claim, Decision, Insight, Outcome
from outlisten.app.people.acts import MAY, Act
from outlisten.app.people.models import Account

REVIEW_AFTER = timedelta(days=30)
OFFERED = 60  # insights one can tick; older ones are found by beginning from their page
DAY = {"type": "date", "min": "1990-01-01", "max": "2100-01-01"}


class PinForm(forms.Form):
    """The title and the note of an insight."""

    title = forms.CharField(label=_("Title"), max_length=160)
    note = forms.CharField(
        label=_("Note"), max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("What you conclude from it, in your own words."),
    )  # fmt: skip


class _Insights(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.title)


class DecisionForm(forms.ModelForm):  # type: ignore[type-arg]
    """A decision with the insights behind it, or the word that none stands behind it."""

    insights = _Insights(
        queryset=Insight.objects.none(), required=False, label=_("Insights behind it"),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    from_none = forms.BooleanField(
        label=_("No insight stands behind it"), required=False,
        help_text=_("Said openly, it is counted as such on the page of the ten statements."),
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Decision
        fields = (
            "text", "why", "insights", "level", "horizon", "state", "owner", "department", "expected",
            "expected_amount", "expected_by", "review_on",
        )  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "text": forms.Textarea({"rows": 2}), "why": forms.Textarea({"rows": 3}),
            "expected_by": forms.DateInput(DAY, format="%Y-%m-%d"),
            "review_on": forms.DateInput(DAY, format="%Y-%m-%d"),
        }  # fmt: skip
        help_texts: ClassVar = {
            "text": _("One sentence, for example: Answer reports of double charges within four hours."),
            "expected": _("What should change, for example: fewer people complain of waiting."),
            "expected_amount": _("For example: −20 % against the quarter before."),
            "review_on": _("The day on which somebody looks what came of it. Today reminds of it."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        decision = self.instance
        chosen = list(self.initial.get("insights") or []) if decision.pk is None else decision.insights.all()
        keys = [one if isinstance(one, int) else one.pk for one in chosen]
        newest = Insight.objects.filter(archived_at=None).values_list("pk", flat=True)[:OFFERED]
        offered: Any = self.fields["insights"]
        offered.queryset = Insight.objects.filter(Q(pk__in=list(newest)) | Q(pk__in=keys))
        readers = Account.objects.filter(is_active=True, role__in=MAY[Act.SEE_DECISIONS])
        owner: Any = self.fields["owner"]
        owner.queryset = readers | Account.objects.filter(pk=decision.owner_id or 0)
        owner.empty_label = self.fields["department"].empty_label = _("none")  # type: ignore[attr-defined]
        owner.required = self.fields["review_on"].required = True
        if decision.pk is None:
            self.initial.setdefault("review_on", today() + REVIEW_AFTER)
            states = [choice for choice in Decision.State.choices if choice[0] != Decision.State.REVIEWED]
            self.fields["state"] = forms.ChoiceField(
                choices=states, label=_("State"), initial=Decision.State.DECIDED
            )
        else:
            del self.fields["state"]  # it moves by its own buttons
            self.initial["from_none"] = not keys


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]
    """What came of a decision."""

    class Meta:
        model = Outcome
        fields = ("text", "verdict", "insight", "claim", "value", "low", "high", "unit")
        widgets: ClassVar[dict[str, Any]] = {
            "text": forms.Textarea({"rows": 3}),
            "verdict": forms.RadioSelect,
        }
        help_texts: ClassVar = {
            "insight": _("A pinned figure, where one shows what came of it."),
            "claim": _("A claim that has ended and was tested."),
            "unit": _("For example: %, minutes, complaints a week."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["insight"]
        offered.queryset = Insight.objects.filter(archived_at=None, kind=Insight.Kind.FIGURE)
        offered.empty_label = _("none")
        tested: Any = self.fields["claim"]
        tested.queryset = Claim.objects.concluded()
        tested.empty_label = _("none")
        verdict: Any = self.fields["verdict"]
        verdict.choices = Outcome.Verdict.choices
