"""Erasing one author everywhere, so that nothing readable stays and nothing comes back.

First everything that one transaction can hold: the request, the refusal, the rooms. Then the posts, which the store
removes by itself; the request remembers their ids until that is done, so a crash in between is made up for.
"""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.listening.store import pipeline, whole
from outlisten.app.people.models import Account as Colleague
from outlisten.app.people.rules import Act
from outlisten.app.trust import persons
from outlisten.app.trust.audit import record
from outlisten.app.trust.home_reader import Asker, allowed
from outlisten.app.trust.models import PrivacyRequest
from outlisten.app.trust.persons import Person
from outlisten.app.trust.privacy import refusals, rejected_rows
from outlisten.app.trust.privacy.finding import person_pseudonym, shown
from outlisten.app.trust.privacy.receipts import seal
from outlisten.posts.store import Account
from outlisten.query.folding import fold


def erase(person: Person, *, typed: str, by: Asker) -> PrivacyRequest:
    """Erase everything of this person and refuse them from now on; the answer is the receipt.

    `typed` repeats the handle (or the name, or the id). Raises Refused, ValidationError when it does not fit, and
    StoreError, after which the request is finished by the daily sweep.
    """
    allowed(by, Act.ANSWER_PRIVACY)
    if fold(typed.strip().removeprefix("@")) != fold(shown(person)):
        raise ValidationError(_("That is not the name shown above. Nothing was erased."))
    # While nothing is being kept: a batch that was under way is held against the new refusal, or is erased below.
    with pipeline().resting(), transaction.atomic():
        person = _with_every_post(person)
        request = _begin(person, by)
        refusals.remember(person, request)
        rooms, files = persons.erase(person), rejected_rows.erase(person)
        request.counts = {"files": files, **{f"room:{room}": rows for room, rows in rooms.items() if rows}}
        request.save()
    return finish(request, by=by)


def _with_every_post(person: Person) -> Person:
    """The person with the posts that came in since the page was shown."""
    account = Account(person.platform, person.author_id, person.handle, person.name)
    return replace(person, post_ids=person.post_ids.union(whole().posts_of(account)))


def _begin(person: Person, by: Asker) -> PrivacyRequest:
    return PrivacyRequest.objects.create(
        kind=PrivacyRequest.Kind.ERASE, person=person_pseudonym(person), platform=person.platform,
        by=by if isinstance(by, Colleague) else None, asked_at=timezone.now(), left=sorted(person.post_ids),
    )  # fmt: skip


def finish(request: PrivacyRequest, *, by: Asker = None) -> PrivacyRequest:
    """Remove the posts of a request and seal its receipt. Safe to repeat, and beside another that does the same."""
    ids = list(request.left)
    physical = whole().erase(ids=ids).physically_removed if ids else True
    with transaction.atomic():
        request = PrivacyRequest.objects.select_for_update().get(pk=request.pk)
        if request.done_at is not None:  # the daily sweep, or whoever asked, was a moment faster
            return request
        request.counts = {"posts": len(ids), **request.counts}
        request.left, request.physical, request.done_at = [], physical, timezone.now()
        seal(request)
        request.save()
        counts = {name.replace(":", "_"): count for name, count in request.counts.items()}
        record(
            "person.erase",
            by=by or request.by,
            about=f"request:{request.pk}",
            person=request.person,
            **counts,
        )
    return request


def finish_what_a_crash_left() -> int:
    """Finish every erasure that was begun and not ended; returns how many."""
    left = list(PrivacyRequest.objects.filter(kind=PrivacyRequest.Kind.ERASE, done_at=None).order_by("id"))
    for request in left:
        finish(request)
    return len(left)
