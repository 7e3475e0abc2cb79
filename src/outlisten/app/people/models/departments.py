"""Departments: the parts of the company, each with a queue of its own."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import translation
from django.utils.translation import gettext_lazy as _


class Department(models.Model):
    """A part of the company with a queue of its own: one of the usual eight, or one that was added."""

    class Usual(models.TextChoices):
        SUPPORT = "support", _("Support")
        PRODUCT = "product", _("Product")
        SALES = "sales", _("Sales")
        PR = "pr", _("Public relations")
        LEGAL = "legal", _("Legal")
        HR = "hr", _("Human resources")
        OPERATIONS = "operations", _("Operations")
        MARKETING = "marketing", _("Marketing")

    key = models.SlugField(_("Key"), max_length=40, unique=True)  # how the command line names it
    name = models.CharField(_("Name"), max_length=80, blank=True)  # blank: the usual name, in each language
    position = models.PositiveSmallIntegerField(default=100)

    class Meta:
        ordering: ClassVar = ["position", "key"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """Its name in the reader's language."""
        return self.name or self.usual_name or self.key

    @property
    def usual_name(self) -> str:
        """The usual name of one of the eight in the reader's language; blank for one of one's own."""
        return str(self.Usual(self.key).label) if self.key in self.Usual.values else ""

    @property
    def every_label(self) -> set[str]:
        """Every name under which somebody may know it: its own, else the usual one in each language."""
        if self.name:
            return {self.name}
        labels = set()
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                labels.add(self.label)
        return labels
