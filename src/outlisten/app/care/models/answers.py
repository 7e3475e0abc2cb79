"""What is said to customers, what is promised to them, and the thanks that come back."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from outlisten.app.care.models.cases import Case


class Answer(models.Model):
    """One answer to a customer, with the name of the employee who gave it, as it was on that day."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    name = models.CharField(max_length=80)  # as the customer read it
    employee = models.BooleanField()  # whether the writer worked here, not at an agency
    text = models.TextField()
    post = models.CharField(max_length=16)  # the post that was answered
    way = models.CharField(max_length=20)  # a key of answering.WAYS
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["by", "at"], name="answer_by")]

    def __str__(self) -> str:
        return f"answer {self.pk} in case {self.case_id}"


class Draft(models.Model):
    """An answer that somebody prepared for a post; one a person and post. An agency may write one."""

    post = models.CharField(max_length=16)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    text = models.TextField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-changed_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "by"], name="one_draft_each")]

    def __str__(self) -> str:
        return f"draft {self.pk}"


class Promise(models.Model):
    """A dated word to a customer. `kept` is none until it is settled; past its day it is overdue."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="promises")
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="promises"
    )
    made_at = models.DateTimeField()
    kept = models.BooleanField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kept__isnull=True, settled_at__isnull=True)
                | Q(kept__isnull=False, settled_at__isnull=False),
                name="settled_promise_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"promise {self.pk} in case {self.case_id}"


class Thanks(models.Model):
    """A customer's post that thanks for an answer, and the person who earned it."""

    post = models.CharField(max_length=16, unique=True)
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="thanks")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="thanks"
    )
    at = models.DateTimeField(null=True)  # when it was written
    found_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-found_at"]

    def __str__(self) -> str:
        return f"thanks {self.pk}"
