"""What people say that posts say: labels that win over the models' readings and that the models learn from."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LocalLabel(models.Model):
    """What one person says of one post for one task; each person has a label of their own.

    `labels` are the task's names: one, or any number for intents. `words` is a hash of the title and text that were
    read, so that a later edit is noticed.
    """

    class Task(models.TextChoices):
        SENTIMENT = "sentiment", _("tone")
        INTENT = "intent", _("intents")
        EMOTION = "emotion", _("emotion")
        PROMOTION = "promotion", _("promotional or not")

    class Drawn(models.TextChoices):
        """How the post came to be labelled: only those drawn at random say how often the models err here."""

        RANDOM = "random", _("drawn at random")
        UNCERTAIN = "uncertain", _("chosen because the models are unsure")
        OPENED = "opened", _("opened by a person")

    post_id = models.CharField(max_length=16)
    task = models.CharField(max_length=12, choices=Task)
    labels = models.JSONField(default=list)
    words = models.CharField(max_length=16)
    drawn = models.CharField(max_length=10, choices=Drawn, default=Drawn.OPENED)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["post_id", "task", "by"], name="local_label_once_each")
        ]
        indexes: ClassVar = [models.Index(fields=["task", "drawn"], name="local_label_drawn")]

    def __str__(self) -> str:
        return f"{self.post_id}: {self.task}"


class LocalModel(models.Model):
    """What was learned from local labels for the posts of one language: one version a row, at most one in use."""

    task = models.CharField(max_length=12, choices=LocalLabel.Task)
    lang = models.CharField(max_length=8)
    model = models.CharField(max_length=120)  # what it stands on: id and version
    learned = models.JSONField()  # language.local.LocalReading
    figures = models.JSONField()  # before and after, cross-validated
    used = models.BooleanField(default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "lang"], condition=models.Q(used=True), name="local_model_one_in_use"
            )
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.lang} {self.pk}"
