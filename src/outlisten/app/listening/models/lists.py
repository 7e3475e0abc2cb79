"""Lists of accounts and sites, used in queries by their names."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from outlisten.app.listening.list_entries import Entries, read_entries, written
from outlisten.query.folding import fold
from outlisten.query.printing import quoted


class SavedList(models.Model):
    """Accounts and sites under a name: `list:NAME` finds what they write. Both are kept one a line."""

    name = models.CharField(_("Name"), max_length=80)
    accounts = models.TextField(_("Accounts"), blank=True)
    sites = models.TextField(_("Sites"), blank=True)
    description = models.CharField(_("Description"), max_length=240, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="saved_lists"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name"], name="saved_list_name_once")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a name that `list:` could not tell from another list's."""
        super().clean()
        others = SavedList.objects.exclude(pk=self.pk).values_list("name", flat=True)
        if self.name and fold(self.name) in map(fold, others):
            raise ValidationError({"name": _("There is a list of this name already; choose another name.")})

    @property
    def query(self) -> str:
        """The query that finds what is written there."""
        return f"list:{quoted(self.name)}"

    @property
    def account_names(self) -> list[str]:
        return self.accounts.splitlines()

    @property
    def site_names(self) -> list[str]:
        return self.sites.splitlines()

    @property
    def entries(self) -> str:
        """All of it as text, one a line, that `fill` reads as the same."""
        return written(self.account_names, self.site_names)

    def fill(self, text: str) -> Entries:
        """Hold what these lines say instead. Raises ValidationError."""
        read = read_entries(text)
        self.accounts, self.sites = "\n".join(read.accounts), "\n".join(read.sites)
        return read
