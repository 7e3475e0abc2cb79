"""Settling what the watch found: every act by somebody who may, with its audit row."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record
from outlisten.app.trust.disclosure.again import check_all
from outlisten.app.trust.models import JudgedPost

State = JudgedPost.State
# Long enough for a partner to answer, short enough that the post still has readers.
DAYS_TO_MEND = 7
NOTE_LENGTH = 240


@transaction.atomic
def ask_to_mend(pk: int, *, by: Actor, owner: Account | None = None, due: date | None = None) -> JudgedPost:
    """Note that the writer was asked; `owner` follows it up (who acts, by default) until `due` (in a week)."""
    judged = _found(pk, by, State.OPEN, State.ASKED)
    judged.owner = owner or (by if isinstance(by, Account) else None)
    judged.due = due or usual_due_day()
    if judged.due < timezone.localdate():
        raise ValidationError({"due": _("This day is over. Choose today or a later one.")})
    judged.state = State.ASKED
    judged.save(update_fields=["state", "owner", "due"])
    record("disclosure.ask", by=by, about=_about(judged), owner=judged.owner_id, due=judged.due.isoformat())
    return judged


def usual_due_day() -> date:
    """In a week."""
    return timezone.localdate() + timedelta(days=DAYS_TO_MEND)


@transaction.atomic
def accept(pk: int, reason: str, *, by: Actor) -> JudgedPost:
    """Leave the post as it is, with the reason; a reason is asked for."""
    return _settle(pk, State.ACCEPTED, reason, by)


@transaction.atomic
def call_mistaken(pk: int, reason: str, *, by: Actor) -> JudgedPost:
    """The watch was wrong; the post no longer counts as found. A reason helps to mend the watch, and is asked for."""
    return _settle(pk, State.MISTAKEN, reason, by)


@transaction.atomic
def reopen(pk: int, *, by: Actor) -> JudgedPost:
    """Take back what was settled or asked: the finding is open as before."""
    judged = _found(pk, by, State.ASKED, State.ACCEPTED, State.MISTAKEN)
    judged.state, judged.note, judged.settled_at, judged.due = State.OPEN, "", None, None
    judged.save(update_fields=["state", "note", "settled_at", "due"])
    record("disclosure.reopen", by=by, about=_about(judged))
    return judged


def check_again(*, by: Actor) -> tuple[int, int]:
    """Judge every kept post of declared accounts afresh: how many were judged, how many newly show signs."""
    require(by, Act.MEND_DISCLOSURE)
    judged, found = check_all()
    record("disclosure.check", by=by, judged=judged, found=found)
    return judged, found


def _settle(pk: int, state: State, reason: str, by: Actor) -> JudgedPost:
    judged = _found(pk, by, State.OPEN, State.ASKED)
    judged.note = reason.strip()
    if not judged.note:
        raise ValidationError({"note": _("Give a reason: it is what others will look for later.")})
    if len(judged.note) > NOTE_LENGTH:
        raise ValidationError({"note": _("Keep the reason within 240 characters.")})
    judged.state, judged.settled_at = state, timezone.now()
    judged.save(update_fields=["state", "note", "settled_at"])
    record(f"disclosure.{'accept' if state == State.ACCEPTED else 'mistaken'}", by=by, about=_about(judged))
    return judged


def _found(pk: int, by: Actor, *states: State) -> JudgedPost:
    """A finding in one of these states. Raises Refused, 404, and ValidationError where somebody settled it meanwhile."""
    require(by, Act.MEND_DISCLOSURE, about=f"disclosure:{pk}")
    judged = get_object_or_404(JudgedPost.objects.select_for_update(), pk=pk)
    if judged.state not in states:
        raise ValidationError(
            _("This post is %(state)s by now; nothing was changed.") % {"state": judged.get_state_display()}
        )
    return judged


def _about(judged: JudgedPost) -> str:
    return f"disclosure:{judged.pk}"
