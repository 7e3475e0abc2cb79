"""A case: one customer's conversation that somebody here looks after."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from outlisten.app.care.models.rules import Need, Rule
from outlisten.app.people.models import Department


class Case(models.Model):
    """One customer's conversation in a department's queue.

    `conversation` names platform, thread and customer, so that a later post of theirs joins. The few opening words
    and the customer's name are kept for the queue, which must not wait for the store; `personal_data.py` answers for
    them.
    """

    class State(models.TextChoices):
        NEW = "new", _("new")
        OPEN = "open", _("in work")
        WAITING_CUSTOMER = "waiting_customer", _("waiting for the customer")
        WAITING_US = "waiting_us", _("waiting for us")
        SOLVED = "solved", _("solved")
        REOPENED = "reopened", _("reopened")

    class Urgency(models.IntegerChoices):
        NORMAL = 0, _("normal")
        SOON = 1, _("soon")
        URGENT = 2, _("urgent")

    class ClockFrom(models.TextChoices):
        POST = "post", _("when the customer wrote")
        OPENING = "opening", _("when the case was opened")

    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="cases")
    platform = models.CharField(max_length=60)
    conversation = models.CharField(max_length=64, unique=True)  # SHA-256, hexadecimal
    customer = models.CharField(max_length=64)  # SHA-256 of platform and account, hexadecimal
    customer_name = models.CharField(max_length=120, blank=True)
    opening_words = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=12, blank=True)  # of the first post, as it was read

    need = models.CharField(max_length=10, choices=Need)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.NORMAL)
    urgency_reasons = models.JSONField(default=list, blank=True)  # keys of urgency.REASONS
    state = models.CharField(max_length=16, choices=State, default=State.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases"
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    rule = models.ForeignKey(Rule, on_delete=models.SET_NULL, null=True, blank=True, related_name="cases")

    clock_from = models.CharField(max_length=8, choices=ClockFrom)
    waits_since = models.DateTimeField()  # when the first-answer clock started
    unanswered_since = models.DateTimeField(null=True)  # the oldest word of the customer without an answer
    due_at = models.DateTimeField(null=True)  # when that answer is due; none while the clock stands still
    first_due_at = models.DateTimeField(null=True)  # when the first answer was due, pauses included
    first_answered_at = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)  # of the whole case: an undo that comes too late is told

    class Meta:
        ordering: ClassVar = ["-urgency", "due_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["department", "state"], name="case_queue"),
            models.Index(fields=["customer"], name="case_customer"),
            models.Index(fields=["owner", "state"], name="case_owner"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="solved", solved_at__isnull=False)
                | (~Q(state="solved") & Q(solved_at__isnull=True)),
                name="solved_case_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def about(self) -> str:
        """How the audit log names it."""
        return f"case:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether there is still something to do."""
        return self.state != self.State.SOLVED


class CasePost(models.Model):
    """A post of the customer that belongs to a case. A post belongs to one case at most."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="posts")
    post = models.CharField(max_length=16, unique=True)
    written_at = models.DateTimeField(null=True)
    joined_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["written_at", "id"]

    def __str__(self) -> str:
        return self.post


class Entry(models.Model):
    """One line of a case's history, for staff only: what was done, by whom, with the note that goes with it."""

    class Kind(models.TextChoices):
        OPENED = "opened", _("opened the case")
        JOINED = "joined", _("wrote again")
        TOOK = "took", _("took the case")
        LET_GO = "let_go", _("let the case go")
        HANDED = "handed", _("handed the case over")
        NOTED = "noted", _("noted")
        PROMISED = "promised", _("promised the customer")
        SETTLED = "settled", _("settled a promise")
        ANSWERED = "answered", _("answered")
        WAITING = "waiting", _("waits for the customer")
        SOLVED = "solved", _("solved the case")
        REOPENED = "reopened", _("reopened the case")
        THANKED = "thanked", _("thanked")
        ASKED = "asked", _("asked for this case too")
        UNDONE = "undone", _("took the last step back")

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(max_length=10, choices=Kind)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    text = models.TextField(blank=True)
    details = models.JSONField(default=dict, blank=True)  # ids and our own words

    class Meta:
        ordering: ClassVar = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.case_id}"


class Pause(models.Model):
    """A stretch in which the clock stood still, because the customer's word was awaited."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["started_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at__isnull=True), name="one_pause_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"pause of case {self.case_id}"


class Presence(models.Model):
    """Somebody has a case open on the screen; a page that is closed is forgotten within a minute."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="presences")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "account"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.account_id} at case {self.case_id}"
