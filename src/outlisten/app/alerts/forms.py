"""What people fill in: rules, digests, and a channel's entries."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from outlisten.app.alerts.models import AlertRule, Channel, Digest
from outlisten.app.sources.forms import EntryForm
from outlisten.sinks.manifest import Manifest

TIME = {"type": "time"}
BOXES = forms.CheckboxSelectMultiple


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A rule; what its kind does not ask for is left as it is."""

    class Meta:
        model = AlertRule
        fields = (
            "name", "kind", "topic", "every_weeks", "fewest", "channels", "quiet_from", "quiet_until", "cool_hours",
            "department", "language",
        )  # fmt: skip
        widgets: ClassVar[dict[str, Any]] = {
            "channels": BOXES(), "quiet_from": forms.TimeInput(TIME), "quiet_until": forms.TimeInput(TIME),
        }  # fmt: skip
        help_texts: ClassVar = {
            "topic": _("An urgent post may be one of any topic: then leave this empty."),
            "every_weeks": _(
                "How many false alarms you accept. More of them means that smaller things are told, and sooner."
            ),
            "fewest": _("Different people who write, so that one loud account sets nothing off."),
            "quiet_from": _(
                "Nothing is sent in these hours; what fired is sent together when they end. Empty: at any time."
            ),
            "cool_hours": _("After an alert is over, so long nothing new is told by this rule."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_channels(self)
        self.fields["fewest"].min_value = 1  # type: ignore[attr-defined]
        for name in ("kind", "every_weeks"):
            self.fields[name].choices = [one for one in self.fields[name].choices if one[0] != ""]  # type: ignore[attr-defined]

    def clean_fewest(self) -> int:
        """One person at least."""
        return max(int(self.cleaned_data["fewest"]), 1)


class DigestForm(forms.ModelForm):  # type: ignore[type-arg]
    """A digest."""

    hour = forms.TypedChoiceField(
        label=_("At"), coerce=int, choices=[(hour, f"{hour:02}:00") for hour in range(24)],
        help_text=_("In the workspace’s time zone."),
    )  # fmt: skip

    class Meta:
        model = Digest
        fields = ("name", "department", "topics", "rhythm", "weekday", "hour", "language", "channels")
        widgets: ClassVar[dict[str, Any]] = {"topics": BOXES(), "channels": BOXES()}
        help_texts: ClassVar = {
            "department": _(
                "It also tells what the department’s rules found and how many of its customers wait."
            ),
            "weekday": _("For one that is written every week."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_channels(self)
        self.fields["channels"].help_text = _("Without a channel it can only be read here.")


class ChannelForm(EntryForm):
    """The options of a sink."""

    def __init__(
        self, manifest: Manifest, data: QueryDict | None = None, *, channel: Channel | None = None
    ) -> None:
        before = {**channel.options, "name": channel.name} if channel else {}
        super().__init__(manifest.options, data, before, kept=bool(channel and channel.sealed))


def _offer_channels(form: forms.ModelForm) -> None:  # type: ignore[type-arg]
    field = form.fields["channels"]
    field.queryset = Channel.objects.filter(removed=False)  # type: ignore[attr-defined]
    field.help_text = _("Without a channel it stands on Today and in the list of alerts only.")
