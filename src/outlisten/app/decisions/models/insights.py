"""Insights: figures and posts that somebody found worth keeping, as they stood on a day."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Insight(models.Model):
    """A figure or a post, kept with the question behind it, what it said then, and who kept it.

    Nothing is deleted: what is no longer wanted is archived. The words of a post stay in the store of posts; an
    insight holds its number alone.
    """

    class Kind(models.TextChoices):
        FIGURE = "figure", _("figure")
        POST = "post", _("post")

    kind = models.CharField(_("Kind"), max_length=8, choices=Kind, default=Kind.FIGURE)
    title = models.CharField(_("Title"), max_length=160)
    note = models.TextField(_("Note"), max_length=2000, blank=True)

    # What was said, with its number and interval, in the language of whoever pinned it.
    sentence = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    measure = models.CharField(max_length=20, blank=True)  # what can be asked again: posts, headline, beside
    subject = models.CharField(max_length=80, blank=True)  # whose figure it is, where a page shows several
    value = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    post_id = models.CharField(max_length=16, blank=True)

    # What was asked: the whole address of the page, and what it meant on that day.
    address = models.TextField(blank=True)
    query = models.TextField(_("Query"), blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    as_of = models.DateField()

    pinned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="insights"
    )
    pinned_at = models.DateTimeField(default=timezone.now)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pinned_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["post_id"], name="insight_post")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="figure", post_id="") | (Q(kind="post") & ~Q(post_id="")),
                name="insight_post_has_its_number",
            ),
            models.CheckConstraint(
                condition=Q(low=None, high=None)
                | Q(low__isnull=False, high__isnull=False, low__lte=models.F("high")),
                name="insight_interval",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def archived(self) -> bool:
        """Whether it was put away."""
        return self.archived_at is not None
