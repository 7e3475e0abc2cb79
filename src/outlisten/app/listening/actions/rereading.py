"""Asking for kept posts to be read again."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from outlisten.app.listening import deepening
from outlisten.app.listening.models import Rereading
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.rereading import wake
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record
from outlisten.posts.store import ALL_TIME, TimeRange

State = Rereading.State


def reread(queries: Iterable[str], *, by: Actor) -> list[Rereading]:
    """A row for each query, inside the transaction of the act that made it necessary; the worker is woken after it."""
    who = by if isinstance(by, Account) else None
    rows = [Rereading.objects.create(query=query, started_by=who) for query in queries]
    if rows:
        transaction.on_commit(wake)
    return rows


def reread_with_models(window: TimeRange = ALL_TIME, *, by: Actor) -> Rereading:
    """Read the posts of a range again that others than today's models read; the worker is woken. Posts without a date
    are only in the range that is open at both ends. Raises Refused; ValidationError while another is under way."""
    require(by, Act.MANAGE_WORKSPACE)
    who = by if isinstance(by, Account) else None
    try:
        with transaction.atomic():
            row = Rereading.objects.create(
                kind=Rereading.Kind.MODELS, since=window.start, until=window.end, started_by=who
            )
            record("models.reread", by=by, **_days(window))
            transaction.on_commit(wake)
    except IntegrityError:
        raise ValidationError(
            _("Posts are being read again already. Wait for the end, or go on with what was paused.")
        ) from None
    return row


def pause(*, by: Actor) -> bool:
    """Let the re-reading with today's models rest until it is resumed; whether there was one to pause. Raises Refused."""
    require(by, Act.MANAGE_WORKSPACE)
    found = _of_models().filter(state__in=(State.WAITING, State.RUNNING))
    return bool(found.update(state=State.PAUSED, lease_until=None, holder=""))


def resume(*, by: Actor) -> bool:
    """Go on with what was paused, or with the last one if it failed; whether there was one. Raises Refused."""
    require(by, Act.MANAGE_WORKSPACE)
    last = _of_models().order_by("-id").values_list("pk", flat=True)[:1]
    stopped = _of_models().filter(pk__in=list(last), state__in=(State.PAUSED, State.FAILED))
    found = bool(stopped.update(state=State.WAITING, lease_until=None, holder="", problem=""))
    if found:
        transaction.on_commit(wake)
    return found


@transaction.atomic
def switch_deepening(on: bool, *, by: Actor) -> None:
    """Let the posts that matter be read by the deep model too, or not. What waits keeps waiting. Raises Refused."""
    require(by, Act.MANAGE_WORKSPACE)
    found = workspace()
    found.deepens = on
    found.save(update_fields=["deepens"])
    record("models.deepen", by=by, on=on)
    if on:
        transaction.on_commit(deepening.wake)


def _of_models() -> QuerySet[Rereading]:
    return Rereading.objects.filter(kind=Rereading.Kind.MODELS)


def _days(window: TimeRange) -> dict[str, str]:
    ends = {"since": window.start, "until": window.end}
    return {name: end.isoformat() for name, end in ends.items() if end is not None}
