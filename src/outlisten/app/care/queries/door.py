"""The one door to cases: nobody gets one from a queue they may not see, or learns that it is there."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.utils.functional import lazystr
from django.utils.translation import gettext as _

from outlisten.app.care.models import Case
from outlisten.app.people.models import Department
from outlisten.app.people.rules import Act, Actor, departments_for, require


class NoSuchCase(Http404):
    """There is no such case for this person: it does not exist, or it is in a queue that others cannot see."""

    def __init__(self, number: int | str) -> None:
        super().__init__(number)
        self.sentence = lazystr(_("There is no case {number} in your queues.").format(number=number))

    def __str__(self) -> str:
        return str(self.sentence)


def visible(actor: Actor) -> QuerySet[Case]:
    """The cases of the departments that this person may see. Raises Refused for a role without cases."""
    require(actor, Act.SEE_CASES)
    mine = departments_for(actor, Act.SEE_CASES)
    return Case.objects.all() if mine is None else Case.objects.filter(department__in=mine)


def case_for(actor: Actor, pk: int, act: Act = Act.SEE_CASES, *, lock: bool = False) -> Case:
    """The case, for somebody who may do `act` with it; `lock` holds it until the transaction ends.

    The role is asked first, so that a role that never may is refused alike for cases that exist and that do not.
    Raises Refused, and NoSuchCase for a case in a queue this person cannot see.
    """
    require(actor, act, about=f"case:{pk}")
    cases = visible(actor).select_related("department", "owner", "rule")
    found = (cases.select_for_update(of=("self",)) if lock else cases).filter(pk=pk).first()
    if found is None:
        raise NoSuchCase(pk)
    require(actor, act, found.department_id, about=found.about)
    return found


def case_of_post(actor: Actor, post: str) -> Case | None:
    """The case a post belongs to, for whom may see it; None also for a case that they may not see."""
    mine = departments_for(actor, Act.SEE_CASES)
    if mine is not None and not mine:
        return None
    return visible(actor).filter(posts__post=post).select_related("department").first()


def queues(actor: Actor) -> QuerySet[Department]:
    """The departments whose queues this person may see."""
    mine = departments_for(actor, Act.SEE_CASES)
    return Department.objects.all() if mine is None else Department.objects.filter(pk__in=mine)
