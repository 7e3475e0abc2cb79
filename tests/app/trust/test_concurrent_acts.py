"""Two who act at the same moment: the log gets both rows, one after the other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection, transaction

from outlisten.app.trust.audit import record
from outlisten.app.trust.head import kept_head
from outlisten.app.trust.models import AuditRow
from outlisten.app.trust.verification import Verdict, verify

THREADS, EACH = 2, 20


def test_threads_that_record_at_once_leave_no_gap_and_no_fork(for_threads: None) -> None:
    together = Barrier(THREADS)

    def act(thread: int) -> None:
        together.wait(10)
        for n in range(EACH):
            with transaction.atomic():
                record("case.take", by=None, about=f"case:{thread}-{n}")
        connection.close()

    def look() -> tuple[list[int], Verdict]:
        numbers = list(AuditRow.objects.order_by("number").values_list("number", flat=True))
        found = verify()
        connection.close()
        return numbers, found

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(act, range(THREADS)))
        numbers, found = pool.submit(look).result()
    assert numbers == list(range(1, THREADS * EACH + 1))
    assert (found.problem, found.upto) == (None, kept_head())
