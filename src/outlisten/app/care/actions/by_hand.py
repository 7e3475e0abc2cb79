"""Opening a case by hand, from a post somebody reads."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from outlisten.app.care.actions.step import person
from outlisten.app.care.intake import receive
from outlisten.app.care.keys import conversation_key
from outlisten.app.care.models import Case, CasePost, Entry, Need
from outlisten.app.care.needs import likely_need
from outlisten.app.care.opening import Opening, open_case
from outlisten.app.care.queries.door import visible
from outlisten.app.listening.models import Workspace
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.queries.post import post as post_for
from outlisten.app.people.models import Account, Department
from outlisten.app.people.rules import Act, Actor, may, require
from outlisten.app.trust.audit import pseudonym, record
from outlisten.app.web.live import publish


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of it. `case` is None where this person may not see it, whether it was there before or not."""

    case: Case | None
    fresh: bool = False


@transaction.atomic
def open_by_hand(
    post: str, *, by: Actor, department: Department | None = None, need: Need | None = None
) -> Opened:
    """Make a post a case: of the given department, else of one's own first, else of support.

    A post that is in a case stays there; who may not see that case learns nothing of it, and those who look after it
    read that somebody asked. Raises Refused; 404 for an unknown post.
    """
    require(by, Act.OPEN_CASE, about=pseudonym("post", post))
    found = post_for(by, post)
    known = _known(post, conversation_key(found))
    if known is None:
        chosen = department or _first_department(person(by))
        archived = workspace().as_of == Workspace.AsOf.NEWEST
        wanted = Opening(chosen.pk, need or likely_need(found), archived=archived)
        try:
            with transaction.atomic():
                case = open_case(found, wanted, by=person(by), now=timezone.now())
        except IntegrityError:  # another opened it at the same moment
            return open_by_hand(post, by=by, department=department, need=need)
        transaction.on_commit(lambda: publish("care", {}))
        return Opened(case if _sees(by, case) else None, fresh=True)
    if not known.posts.filter(post=post).exists():
        receive(found, None)
    if not _sees(by, known):
        _say_somebody_asked(known, person(by))
        return Opened(None)
    return Opened(known)


def _known(post: str, conversation: str) -> Case | None:
    held = CasePost.objects.filter(post=post).select_related("case").first()
    return held.case if held else Case.objects.filter(conversation=conversation).first()


def _sees(by: Actor, case: Case) -> bool:
    return may(by, Act.SEE_CASES) and visible(by).filter(pk=case.pk).exists()


def _first_department(account: Account) -> Department:
    mine = Department.objects.filter(pk__in=account.department_ids).first()
    return mine or Department.objects.get(key=Department.Usual.SUPPORT)


def _say_somebody_asked(case: Case, by: Account) -> None:
    Entry.objects.create(case=case, kind=Entry.Kind.ASKED, at=timezone.now(), by=by)
    record("case.ask", by=by, about=case.about)
