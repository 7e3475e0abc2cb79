"""Departments: the parts of the company, each with a queue of its own."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
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
        usual = self.Usual(self.key).label if self.key in self.Usual.values else self.key
        return self.name or str(usual)
