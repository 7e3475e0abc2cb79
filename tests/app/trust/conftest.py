"""An audit log with some acts in it, and the hands of somebody who can write to the database."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from outlisten.app.people.models import Account
from outlisten.app.trust.audit import record

ACTS = ("case.take", "case.note", "decision.add", "export", "person.find")
Write = Callable[[int], None]


@pytest.fixture
def write(account: Callable[..., Account], django_capture_on_commit_callbacks: Any) -> Write:
    """Writes so many rows, each committed by itself, so that the head is kept."""
    owner = account(name="王小明")

    def write_rows(count: int) -> None:
        for n in range(count):
            with django_capture_on_commit_callbacks(execute=True):
                record(ACTS[n % len(ACTS)], by=owner, about=f"case:{n}", posts=n, note="说明 note")

    return write_rows


def sql(statement: str, *values: object) -> None:
    """What somebody with access to the database alone can do."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
