"""What people asked of us: requests answered, and authors who are not to be collected again."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PrivacyRequest(models.Model):
    """One export or erasure. Holds a pseudonym and counts alone: it is also the receipt."""

    class Kind(models.TextChoices):
        EXPORT = "export", _("export")
        ERASE = "erase", _("erasure")

    kind = models.CharField(max_length=8, choices=Kind)
    person = models.CharField(max_length=80)  # keyed hash of platform and account
    platform = models.CharField(max_length=60)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)  # none: a crash stopped it, it is finished later
    counts = models.JSONField(default=dict)  # place → how many
    left = models.JSONField(default=list, blank=True)  # ids of posts still to be erased; empty once done
    physical = models.BooleanField(default=True)  # the posts' files were rewritten, not only hidden
    digest = models.CharField(max_length=64, blank=True)  # keyed hash over the finished receipt

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk} {self.kind}"


class RefusedAuthor(models.Model):
    """Somebody whose posts are not to be kept again, known by keyed hashes of their account alone."""

    mark = models.CharField(max_length=80, unique=True)
    request = models.ForeignKey(PrivacyRequest, on_delete=models.CASCADE, related_name="marks")

    def __str__(self) -> str:
        return self.mark
