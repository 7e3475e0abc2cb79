"""Writing the audit log: every act that was done or refused, each row chained to the one before by a keyed hash.

The row is written in the transaction of the act, so neither exists without the other. The chain is an HMAC-SHA256 whose
key is a file of the home: whoever can write to the database alone can neither change, add, remove nor reorder a row
without `verification.py` finding it. (Schneier and Kelsey, Secure Audit Logs, ACM TISSEC 2 (1999) 159-176.)
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from outlisten.app.people.models import Account
from outlisten.app.people.rules import Actor, Refused
from outlisten.app.trust.head import Head, keep_head, kept_head
from outlisten.app.trust.models import AuditHead, AuditRow

Detail = str | int | bool | None
_channel: ContextVar[str] = ContextVar("audit_channel", default=AuditRow.Channel.SYSTEM)


@contextmanager
def through(channel: AuditRow.Channel) -> Iterator[None]:
    """Acts inside this block come from a page, a command, or the system itself."""
    before = _channel.set(channel)
    try:
        yield
    finally:
        _channel.reset(before)


@transaction.atomic
def record(
    act: str, *, by: Actor | None, about: str = "", outcome: str = AuditRow.Outcome.DONE, **details: Detail
) -> AuditRow:
    """Write one row, inside the transaction of the act itself.

    `act` is the name of the deed (`case.take`), `about` what it was done to (`case:12`). Details are ids, counts and
    words of ours, never what a person wrote: pass those through `pseudonym`.
    """
    if outcome not in AuditRow.Outcome.values:
        raise ValueError(f"an act is done or refused, not {outcome}: name another detail")
    head = AuditHead.objects.select_for_update().get_or_create(pk=1)[0]
    known = by if isinstance(by, Account) else None
    row = AuditRow(
        number=head.number + 1, at=timezone.now(), actor=known.pk if known else None, role=known.role if known else "",
        channel=_channel.get(), act=act, about=about, outcome=outcome, details=details,
    )  # fmt: skip
    before, row.digest = head.digest, digest(row, head.digest)
    row.save(force_insert=True)
    head.number, head.digest = row.number, row.digest
    head.save()
    # The act is done: a head that cannot be kept is told by `audit verify`, not to whoever acted.
    transaction.on_commit(lambda: _keep_head(row, before), robust=True)
    return row


def _keep_head(row: AuditRow, before: str) -> None:
    """Move the kept head on, unless it belongs to a log that this one does not continue: then it is the evidence."""
    kept = kept_head()
    if kept is None or (kept.count, kept.digest) == (row.number - 1, before) or _holds(kept):
        keep_head(row.number, row.digest)


def _holds(head: Head) -> bool:
    return AuditRow.objects.filter(number=head.count, digest=head.digest).exists()


def record_refusal(refused: Refused) -> None:
    """Write down what was refused. Called where a refusal leaves a channel: the act's own transaction is undone."""
    record(refused.act.value, by=refused.actor, about=refused.about, outcome=AuditRow.Outcome.REFUSED)


def digest(row: AuditRow, before: str, *, key: str | None = None) -> str:
    """The keyed hash of a row after the one whose digest is `before` (blank for the first); by the home's key."""
    return _keyed(
        json.dumps([before, *fields(row)], sort_keys=True, ensure_ascii=False, separators=(",", ":")), key
    )


def fields(row: AuditRow) -> list[int | str | Mapping[str, Detail] | None]:
    """What the hash covers: everything but the hash, the moment in UTC with microseconds."""
    at: datetime = row.at.astimezone(UTC)
    return [
        row.number, at.isoformat(timespec="microseconds"), row.actor, row.role, row.channel, row.act, row.about,
        row.outcome, row.details,
    ]  # fmt: skip


def pseudonym(kind: str, name: str, *, key: str | None = None) -> str:
    """A keyed hash by which the same person or post can be found again, and nobody can be read: `person:3f…`.

    Whoever makes many at once reads the key once and passes it.
    """
    return f"{kind}:{_keyed(json.dumps([kind, name], ensure_ascii=False), key)[:24]}"


def sealed(text: str) -> str:
    """The keyed hash that shows later that a document of ours was not changed."""
    return _keyed(text)


def _keyed(text: str, key: str | None = None) -> str:
    secret = key or settings.HOME.audit_key()
    return hmac.new(secret.encode(), text.encode("utf-8", "surrogatepass"), "sha256").hexdigest()
