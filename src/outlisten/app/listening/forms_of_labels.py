"""What a person says of one post, as a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from outlisten.app.listening.labels import value_label
from outlisten.app.listening.teaching.tasks import LABELS, Task

NONE = "none"


class LabelsForm(forms.Form):
    """One field a task; what is left open is not said. For intents *none of these* is an answer."""

    sentiment = forms.ChoiceField(label=_("Tone"), required=False)
    intent = forms.MultipleChoiceField(
        label=_("Intents"), required=False, widget=forms.CheckboxSelectMultiple
    )
    emotion = forms.ChoiceField(label=_("Emotion"), required=False)
    promotion = forms.ChoiceField(label=_("Promotional"), required=False)

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for task in Task.values:
            field = self.fields[task]
            assert isinstance(field, forms.ChoiceField)
            offered = [(label, value_label(task, label)) for label in LABELS[task]]
            if task == Task.INTENT:
                field.choices = [*offered, (NONE, _("none of these"))]
            else:
                field.choices = [("", _("I say nothing")), *offered]

    @staticmethod
    def of(labels: Mapping[str, Sequence[str]]) -> LabelsForm:
        """The form as a person left it."""
        initial: dict[str, object] = {
            task: (list(said) or [NONE]) if task == Task.INTENT else said[0] for task, said in labels.items()
        }
        return LabelsForm(initial=initial)

    def said(self, before: Mapping[str, Sequence[str]]) -> dict[str, list[str] | None]:
        """Labels by task where they are others than before; None takes a label away."""
        given = {task: self._given(task) for task in Task.values}
        return {
            task: labels
            for task, labels in given.items()
            if labels != (sorted(before[task]) if task in before else None)
        }

    def _given(self, task: str) -> list[str] | None:
        value = self.cleaned_data[task]
        if task != Task.INTENT:
            return [value] if value else None
        return sorted(set(value) - {NONE}) if value else None
