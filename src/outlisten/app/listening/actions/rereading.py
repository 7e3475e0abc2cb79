"""Asking for kept posts to be read again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from outlisten.app.listening.models import Rereading
from outlisten.app.listening.rereading import wake
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Actor


def reread(queries: Iterable[str], *, by: Actor) -> list[Rereading]:
    """A row for each query, inside the transaction of the act that made it necessary; the worker is woken after it."""
    who = by if isinstance(by, Account) else None
    rows = [Rereading.objects.create(query=query, started_by=who) for query in queries]
    if rows:
        transaction.on_commit(wake)
    return rows
