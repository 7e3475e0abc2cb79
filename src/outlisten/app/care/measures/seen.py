"""What Care's measures count: the cases a reader may see; and where they lead."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.care.models import Answer, Case, Need
from outlisten.app.care.queries.door import visible
from outlisten.app.care.queries.figures import LATELY
from outlisten.app.people.rules import Act, Actor, may, require
from outlisten.app.web.measure import Measure, Step


def seen(reader: Actor) -> QuerySet[Case] | None:
    """The cases behind the figures: those this reader may see, or None for a role without cases."""
    require(reader, Act.SEE_STATEMENTS)
    if not may(reader, Act.SEE_CASES):
        return None
    return Case.objects.filter(pk__in=visible(reader).exclude(need=Need.THANKS).values("pk"))


def lately_answered(cases: QuerySet[Case]) -> QuerySet[Answer]:
    return Answer.objects.filter(case__in=cases, at__gte=timezone.now() - LATELY)


def not_shown(name: str) -> Measure:
    return Measure(
        name, missing=_("Your role does not show cases; ask an owner, administrator, lead or responder.")
    )


def nothing_yet(name: str, missing: str) -> Measure:
    return Measure(name, missing=missing, next_step=queue())


def queue() -> Step:
    return Step(_("Go to the queue"), reverse("care"))


def solved_cases() -> Step:
    return Step(_("solved cases"), reverse("care") + "?show=solved")
