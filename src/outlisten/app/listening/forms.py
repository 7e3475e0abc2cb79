"""What people fill in: brands, topics, the workspace, and how to read a file."""

from __future__ import annotations

from typing import Any, ClassVar
from zoneinfo import available_timezones

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from outlisten.app.listening.models import Brand, SavedList, Topic, Workspace
from outlisten.app.listening.saved_query import checked

# Live validation: the box asks what it means while one types, and the answer appears below it.
QUERY_BOX = {
    "rows": 3, "class": "query-text", "spellcheck": "false", "autocapitalize": "off",
    "dir": "auto",
    "hx-get": reverse_lazy("names_check"), "hx-trigger": "load, input changed delay:200ms",
    "hx-target": "#query-check", "hx-sync": "this:replace", "data-completions": reverse_lazy("listen_completions"),
}  # fmt: skip


LIST_BOX = {
    "rows": 12, "class": "query-text", "spellcheck": "false", "autocapitalize": "off", "dir": "auto",
    "hx-post": reverse_lazy("list_check"), "hx-trigger": "load, input changed delay:300ms",
    "hx-target": "#list-check", "hx-sync": "this:replace",
}  # fmt: skip


class _WithQuery(forms.ModelForm):  # type: ignore[type-arg]
    """A form whose field `query` must be a query that can be saved."""

    def clean_query(self) -> str:
        text = str(self.cleaned_data["query"]).strip()
        checked(text, self.name_in_queries())
        return text

    def name_in_queries(self) -> str | None:
        """What other queries call it; a query must not use itself."""
        return None


class TopicForm(_WithQuery):
    class Meta:
        model = Topic
        fields = ("name", "query", "description")
        widgets: ClassVar[dict[str, Any]] = {"query": forms.Textarea(QUERY_BOX)}
        error_messages: ClassVar = {
            "name": {"unique": _("There is a topic of this name already; choose another name.")}
        }

    def name_in_queries(self) -> str | None:
        return self.cleaned_data.get("name")


class BrandForm(_WithQuery):
    class Meta:
        model = Brand
        fields = ("name", "side", "query", "group")
        widgets: ClassVar[dict[str, Any]] = {"query": forms.Textarea(QUERY_BOX)}
        error_messages: ClassVar = {
            "name": {"unique": _("There is a brand of this name already; choose another name.")}
        }
        help_texts: ClassVar = {
            "group": _("Brands of one group are compared with each other, for example “credit bureaus”."),
            "query": _("Which posts are about it, for example: to:Equifax OR Equifax"),
        }


class ListForm(forms.ModelForm):  # type: ignore[type-arg]
    entries = forms.CharField(
        label=_("Accounts and sites"),
        widget=forms.Textarea(LIST_BOX),
        help_text=_("One a line: a name, handle or number of an account, or the domain of a site. "
                    "Put @ before an account that looks like a domain."),
    )  # fmt: skip
    field_order = ("name", "entries", "description")

    class Meta:
        model = SavedList
        fields = ("name", "description")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["entries"].initial = self.instance.entries

    def clean_entries(self) -> str:
        text = str(self.cleaned_data["entries"])
        self.instance.fill(text)
        return text


class WorkspaceForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Workspace
        fields = ("name", "company", "zone", "as_of", "language")
        help_texts: ClassVar = {
            "zone": _("Days begin at midnight here, for example Asia/Shanghai."),
            "as_of": _("Periods such as “last 90 days” count back from this day. "
                       "In an archive or a sample, take the newest post."),
        }  # fmt: skip

    def clean_zone(self) -> str:
        zone = str(self.cleaned_data["zone"]).strip()
        if zone not in available_timezones():
            raise ValidationError(
                _("“%(zone)s” is not a time zone; write for example Asia/Shanghai or Europe/Berlin."),
                params={"zone": zone},
            )
        return zone
