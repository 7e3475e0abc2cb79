"""Queries with a name: the brands that pages compare, and the topics worth keeping."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from outlisten.query.folding import fold


class Brand(models.Model):
    """A company or product we compare: our own or a competitor, found by its query."""

    class Side(models.TextChoices):
        OWN = "own", _("ours")
        COMPETITOR = "competitor", _("competitor")

    name = models.CharField(_("Name"), max_length=80)
    side = models.CharField(_("Whose"), max_length=10, choices=Side, default=Side.COMPETITOR)
    query = models.TextField(_("Query"))
    group = models.CharField(_("Group"), max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(default=0)  # the order of the names, and of their colours

    class Meta:
        ordering: ClassVar = ["group", "position", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name"], name="brand_name_once")]

    def __str__(self) -> str:
        return self.name


class Topic(models.Model):
    """A saved query."""

    name = models.CharField(_("Name"), max_length=80)
    query = models.TextField(_("Query"))
    description = models.CharField(_("Description"), max_length=240, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="topics"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["name"], name="topic_name_once")]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Refuse a name that `query:` could not tell from another topic's."""
        super().clean()
        others = Topic.objects.exclude(pk=self.pk).values_list("name", flat=True)
        if self.name and fold(self.name) in map(fold, others):
            raise ValidationError({"name": _("There is a topic of this name already; choose another name.")})
