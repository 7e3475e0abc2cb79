"""Checking the audit log: walks every row and says what does not fit, where, and up to which row it vouches.

What a keyed chain shows: a row changed, put in, taken out or moved by whoever lacks the key. That the newest rows were
not cut off is shown by a head alone: the one kept in the home, or one that was sent elsewhere.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, OperationalError, transaction

from outlisten.app.people.rules import Act
from outlisten.app.trust.audit import digest, record
from outlisten.app.trust.findings import Finding, Kind
from outlisten.app.trust.head import Head, kept_head
from outlisten.app.trust.home_reader import Asker, allowed
from outlisten.app.trust.models import AuditHead, AuditRow

ROWS_AT_ONCE = 2_000
# More places than these tell a reader nothing new.
MOST_FINDINGS = 50
LARGEST = 2**63 - 1
# While rows are missing or others, a row more would stand where theirs stood and hide from where on.
UNFIT_TO_GROW = {Kind.CUT_OFF, Kind.FOREIGN_KEPT, Kind.FOREIGN_SENT, Kind.OWN_HEAD}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk over the log found: `upto` is the newest row that is vouched for, with everything before it.

    `findings` are what is wrong; `remarks` are what a reader must know although nothing is wrong.
    """

    rows: int
    upto: Head
    findings: tuple[Finding, ...] = ()
    remarks: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.findings

    @property
    def problem(self) -> str | None:
        """What is wrong, in the reader's language; None when nothing is."""
        return " ".join(finding.sentence for finding in self.findings) or None


def check(*, by: Asker, sent: Head | None = None) -> Verdict:
    """Verify the log and write down that it was done, unless rows are missing at its end or it is another log.

    `sent` is a head that was sent elsewhere. Raises Refused.
    """
    allowed(by, Act.SEE_AUDIT)
    found = verify(sent)
    if any(finding.kind in UNFIT_TO_GROW for finding in found.findings):
        return found
    first = found.findings[0].kind.value if found.findings else None
    try:
        with transaction.atomic():
            record("audit.verify", by=by, ok=found.ok, rows=found.upto.count, problem=first)
    except IntegrityError:  # a log whose head was tampered with takes no further row; the answer matters more
        pass
    return found


def misfit_of_kept_head() -> Finding | None:
    """What the kept head alone shows to be wrong, without a walk: rows missing at the end, or another log."""
    kept = kept_head()
    if kept is None:
        return None
    newest = AuditRow.objects.filter(number__lte=LARGEST).values_list("number", flat=True).first() or 0
    if newest < kept.count:
        return Finding(Kind.CUT_OFF, int(newest) + 1, kept.count)
    if AuditRow.objects.filter(number=kept.count, digest=kept.digest).exists():
        return None
    return Finding(Kind.FOREIGN_KEPT, kept.count, kept.count)


def verify(sent: Head | None = None) -> Verdict:
    """Walk the whole log, in pieces, and compare it with the kept head and with `sent`. Changes nothing."""
    # In this order: what is written meanwhile makes the later of them longer, which is no finding.
    kept = kept_head()
    own = _own_head()
    key = settings.HOME.kept_audit_key()
    if key is None:
        count = AuditRow.objects.count()
        return Verdict(count, Head(0, ""), (Finding(Kind.NO_KEY),) if count else ())
    walk = _Walk(key, {Kind.OWN_HEAD: own, Kind.KEPT: kept, Kind.SENT: sent})
    for number, row in _stored():
        walk.take(number, row)
    return walk.verdict()


def _own_head() -> Head | None:
    """What the database says is its newest row; None where it says nothing that could be one."""
    try:
        newest = AuditHead.objects.first()
    except OperationalError as problem:
        if not _undecodable(problem):
            raise
        return None
    return Head(newest.number, newest.digest) if newest and isinstance(newest.number, int) else None


class _Walk:
    """The state while going from row to row."""

    def __init__(self, key: str, heads: dict[Kind, Head | None]) -> None:
        self._key = key
        self._heads = {kind: head for kind, head in heads.items() if head is not None and head.count}
        self._seen: dict[int, str] = {}
        self._wanted = {head.count for head in self._heads.values()}
        self._findings: list[Finding] = []
        self._last, self._before, self._rows, self._misfits = 0, "", 0, 0
        self._sound = Head(0, "")

    def take(self, number: int, row: AuditRow | None) -> None:
        """Look at the next row; None stands for one that cannot even be read."""
        gap = number > self._last + 1
        if gap:
            self._found(Kind.MISSING, self._last + 1, number - 1)
        # After a gap nobody knows what this row was chained to; the missing ones are the finding.
        if row is None or number <= self._last or not (gap or self._fits(row)):
            self._misfits += 1
            self._found(Kind.CHANGED, number, number)
        self._rows += 1
        self._last, self._before = number, row.digest if row else ""
        if number in self._wanted:
            self._seen[number] = self._before
        if not self._findings:
            self._sound = Head(number, self._before)

    def _fits(self, row: AuditRow) -> bool:
        try:
            return hmac.compare_digest(digest(row, self._before, key=self._key), str(row.digest))
        except (AttributeError, TypeError, ValueError):  # a value of a kind that no act ever wrote
            return False

    def _found(self, kind: Kind, first: int, last: int) -> None:
        """Note a finding; neighbours of a kind are one."""
        before = self._findings[-1] if self._findings else None
        if before is not None and before.kind == kind and before.last == first - 1:
            self._findings[-1] = Finding(kind, before.first, last)
        elif len(self._findings) < MOST_FINDINGS:
            self._findings.append(Finding(kind, first, last))

    def verdict(self) -> Verdict:
        """What was found, held against the heads."""
        if self._rows and self._misfits == self._rows:
            return Verdict(self._rows, Head(0, ""), (Finding(Kind.WRONG_KEY, 1, self._rows),))
        findings = (*self._findings, *self._against_heads())
        foreign = any(finding.kind in (Kind.FOREIGN_KEPT, Kind.FOREIGN_SENT) for finding in findings)
        # A head of another log says that rows were exchanged, not from where on: nothing is vouched for.
        return Verdict(self._rows, Head(0, "") if foreign else self._sound, findings, tuple(self._remarks()))

    def _against_heads(self) -> Iterator[Finding]:
        """What the heads know that the rows do not show; the widest claim first, each missing row told once."""
        told = self._last
        for kind, head in sorted(self._heads.items(), key=lambda item: -item[1].count):
            if head.count > self._last:
                if told == self._last:
                    yield Finding(Kind.CUT_OFF, self._last + 1, head.count)
                told = max(told, head.count)
            elif self._seen.get(head.count) != head.digest:
                yield Finding(FOREIGN[kind], head.count, head.count)
        if self._rows and Kind.KEPT not in self._heads:
            yield Finding(Kind.NO_HEAD)
        if self._rows and Kind.OWN_HEAD not in self._heads:
            yield Finding(Kind.OWN_HEAD, self._last, self._last)

    def _remarks(self) -> Iterator[Finding]:
        kept = self._heads.get(Kind.KEPT)
        if kept is not None and kept.count < self._last:
            yield Finding(Kind.HEAD_BEHIND, kept.count, self._last)


FOREIGN = {Kind.KEPT: Kind.FOREIGN_KEPT, Kind.SENT: Kind.FOREIGN_SENT, Kind.OWN_HEAD: Kind.OWN_HEAD}


def _stored() -> Iterator[tuple[int, AuditRow | None]]:
    """Every row by number, oldest first; a row whose values cannot be read comes as None, and those whose number is
    none as one such row at the end."""
    after, odd = None, AuditRow.objects.filter(number__gt=LARGEST).exists()
    while True:
        later = AuditRow.objects.filter(number__lte=LARGEST).order_by("number")
        if after is not None:
            later = later.filter(number__gt=after)
        numbers = list(later.values_list("number", flat=True)[:ROWS_AT_ONCE])
        whole = [number for number in numbers if isinstance(number, int)]
        odd = odd or len(whole) < len(numbers)
        if not whole:
            break
        yield from _read(whole)
        after = whole[-1]
    if odd:
        yield (after or 0) + 1, None


def _read(numbers: Sequence[int]) -> Iterator[tuple[int, AuditRow | None]]:
    rows = AuditRow.objects.filter(number__gte=numbers[0], number__lte=numbers[-1])
    try:
        found = {row.number: row for row in rows}
    except (TypeError, ValueError, OperationalError) as problem:  # such as details that are no JSON any more
        if isinstance(problem, OperationalError) and not _undecodable(problem):
            raise
        if len(numbers) == 1:
            yield numbers[0], None
            return
        middle = len(numbers) // 2
        yield from _read(numbers[:middle])
        yield from _read(numbers[middle:])
        return
    yield from ((number, found.get(number)) for number in numbers)


def _undecodable(problem: OperationalError) -> bool:
    """Whether SQLite found bytes that are no text; everything else it cannot do says nothing about the log."""
    return "decode" in str(problem).lower()
