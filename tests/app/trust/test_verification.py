"""Verifying finds every kind of tampering that a key outside the database can show, and says where."""

from __future__ import annotations

import json
import random
from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from django.utils import translation
from tests.app.trust.conftest import Write, sql

from outlisten.app.people.models import Account
from outlisten.app.trust.audit import record
from outlisten.app.trust.findings import Kind
from outlisten.app.trust.head import Head, kept_head
from outlisten.app.trust.landing import verified_sentence
from outlisten.app.trust.models import AuditHead, AuditRow
from outlisten.app.trust.verification import check, verify

pytestmark = pytest.mark.django_db
ROWS = 40
Tamper = Callable[[int], None]
COLUMNS = "at, actor, role, channel, act, about, outcome, details, digest"


def change_a_field(row: int) -> None:
    sql("UPDATE trust_auditrow SET about = 'case:999' WHERE number = %s", row)


def change_who_it_was(row: int) -> None:
    sql("UPDATE trust_auditrow SET actor = NULL WHERE number = %s", row)


def change_when_it_was(row: int) -> None:
    sql("UPDATE trust_auditrow SET at = '2020-01-01 00:00:00+00' WHERE number = %s", row)


def change_the_details(row: int) -> None:
    sql("UPDATE trust_auditrow SET details = %s WHERE number = %s", json.dumps({"note": "别的"}), row)


def turn_a_refusal_into_a_deed(row: int) -> None:
    sql("UPDATE trust_auditrow SET outcome = 'refused' WHERE number = %s", row)


def delete_one(row: int) -> None:
    sql("DELETE FROM trust_auditrow WHERE number = %s", row)


def delete_one_and_close_the_gap(row: int) -> None:
    delete_one(row)
    for number in range(row + 1, ROWS + 1):  # one by one: a number must be free before it is taken
        sql("UPDATE trust_auditrow SET number = %s WHERE number = %s", number - 1, number)


def delete_the_newest(row: int) -> None:
    sql("DELETE FROM trust_auditrow WHERE number >= %s", row)


def roll_the_database_back(row: int) -> None:
    delete_the_newest(row)
    before = AuditRow.objects.filter(number=row - 1).values_list("digest", flat=True).first() or ""
    sql("UPDATE trust_audithead SET number = %s, digest = %s", row - 1, before)


def insert_a_forged_one(row: int) -> None:
    for number in range(ROWS, row - 1, -1):
        sql("UPDATE trust_auditrow SET number = %s WHERE number = %s", number + 1, number)
    sql(f"INSERT INTO trust_auditrow (number, {COLUMNS}) SELECT %s, {COLUMNS} FROM trust_auditrow "
        "WHERE number = %s", row, row + 1)  # fmt: skip


def add_a_forged_one_at_the_end(row: int) -> None:
    sql(f"INSERT INTO trust_auditrow (number, {COLUMNS}) SELECT %s, {COLUMNS} FROM trust_auditrow "
        "WHERE number = %s", ROWS + 1, row)  # fmt: skip


def swap_two(row: int) -> None:
    other = row + 1 if row < ROWS else row - 1
    for old, new in ((row, 9000), (other, row), (9000, other)):
        sql("UPDATE trust_auditrow SET number = %s WHERE number = %s", new, old)


def exchange_the_hash(row: int) -> None:
    sql("UPDATE trust_auditrow SET digest = %s WHERE number = %s", "0" * 64, row)


TAMPERINGS: tuple[Tamper, ...] = (
    change_a_field, change_who_it_was, change_when_it_was, change_the_details, turn_a_refusal_into_a_deed, delete_one,
    delete_one_and_close_the_gap, delete_the_newest, roll_the_database_back, insert_a_forged_one,
    add_a_forged_one_at_the_end, swap_two, exchange_the_hash,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda tamper: tamper.__name__)
def test_tampering_is_found_wherever_it_is(write: Write, tamper: Tamper, seed: int) -> None:
    write(ROWS)
    row = random.Random(f"{tamper.__name__}{seed}").choice([1, ROWS, *range(2, ROWS)])
    tamper(row)
    found = verify()
    assert not found.ok
    assert found.problem
    touched = ROWS if tamper is add_a_forged_one_at_the_end else row - 1
    assert found.upto.count <= touched
    assert max(finding.last for finding in found.findings) >= row or tamper is swap_two


@pytest.mark.parametrize("rows", [0, 1, 2, ROWS])
def test_an_untouched_log_passes_up_to_its_newest_row(write: Write, rows: int) -> None:
    write(rows)
    found = verify()
    newest = AuditRow.objects.first()
    assert (found.ok, found.problem, found.remarks) == (True, None, ())
    assert found.upto == (Head(newest.number, newest.digest) if newest else Head(0, ""))


def test_rows_of_many_pieces_are_one_chain(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outlisten.app.trust.verification.ROWS_AT_ONCE", 7)
    write(ROWS)
    assert verify().ok
    change_the_details(15)
    assert [(f.kind, f.first, f.last) for f in verify().findings] == [(Kind.CHANGED, 15, 15)]


def test_another_key_is_told_from_a_changed_row(write: Write) -> None:
    write(5)
    key = settings.HOME.path / "audit.key"
    key.chmod(0o600)
    key.write_text("another key", "ascii")
    assert [finding.kind for finding in verify().findings] == [Kind.WRONG_KEY]
    key.unlink()
    assert [finding.kind for finding in verify().findings] == [Kind.NO_KEY]
    assert not key.exists()


def test_a_lost_head_is_a_problem_until_the_next_act(write: Write) -> None:
    write(3)
    settings.HOME.audit_head.unlink()
    assert [finding.kind for finding in verify().findings] == [Kind.NO_HEAD]
    write(1)
    assert verify().ok


def test_rows_after_the_kept_head_are_chained_and_that_is_said(write: Write) -> None:
    write(3)
    record("case.take", by=None)  # as after a crash between keeping the row and keeping the head
    found = verify()
    assert (found.ok, found.upto.count) == (True, 4)
    assert [finding.kind for finding in found.remarks] == [Kind.HEAD_BEHIND]


def test_an_older_copy_that_was_written_on_is_still_found(write: Write) -> None:
    write(10)
    kept = kept_head()
    roll_the_database_back(6)
    write(20)
    assert kept_head() == kept
    assert [(f.kind, f.last) for f in verify().findings] == [(Kind.FOREIGN_KEPT, 10)]
    assert verify().upto.count == 0


def test_a_head_sent_elsewhere_shows_what_the_home_no_longer_can(write: Write) -> None:
    write(10)
    sent = kept_head()
    roll_the_database_back(6)
    settings.HOME.audit_head.unlink()
    write(1)
    assert verify().ok
    assert [(f.kind, f.first, f.last) for f in verify(sent).findings] == [(Kind.CUT_OFF, 7, 10)]
    write(10)
    assert [(f.kind, f.last) for f in verify(sent).findings] == [(Kind.FOREIGN_SENT, 10)]


def test_a_row_that_cannot_be_read_is_a_finding_not_a_crash(write: Write) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses such values itself")
    write(9)
    sql("PRAGMA ignore_check_constraints = ON")
    sql("UPDATE trust_auditrow SET details = 'no json' WHERE number = 4")
    sql("UPDATE trust_auditrow SET at = 'no moment' WHERE number = 5")
    sql("PRAGMA ignore_check_constraints = OFF")
    first = verify().findings[0]
    assert (first.kind, first.first) == (Kind.CHANGED, 4)
    assert first.last >= 5


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        (change_a_field, "第 7 条与写入时不同：被改动、插入或移动过。"),
        (delete_one, "第 7 条不见了。"),
        (delete_the_newest, "最新的第 7 至 40 条不见了：被删掉了，或者放回了数据库的旧副本。"),
    ],
)
def test_a_finding_is_said_in_chinese(write: Write, tamper: Tamper, said: str) -> None:
    write(ROWS)
    tamper(7)
    with translation.override("zh-hans"):
        assert verify().problem == said


def test_the_own_count_of_the_database_must_fit(write: Write) -> None:
    write(4)
    AuditHead.objects.update(digest="0" * 64)
    assert Kind.OWN_HEAD in [finding.kind for finding in verify().findings]


ODD = (
    ("UPDATE trust_auditrow SET about = CAST(x'ff' AS TEXT) WHERE number = 4", (Kind.CHANGED, 4)),
    ("UPDATE trust_auditrow SET digest = CAST(x'e5b0' AS TEXT) WHERE number = 4", (Kind.CHANGED, 4)),
    ("UPDATE trust_auditrow SET digest = x'00ff' WHERE number = 4", (Kind.CHANGED, 4)),
    ("UPDATE trust_auditrow SET number = 'ninth' WHERE number = 9", (Kind.CHANGED, 9)),
    ("UPDATE trust_auditrow SET number = CAST(x'ff' AS TEXT) WHERE number = 9", (Kind.CHANGED, 9)),
    ("UPDATE trust_auditrow SET number = 3.5 WHERE number = 4", (Kind.MISSING, 4)),
    ("UPDATE trust_audithead SET number = 'nine'", (Kind.OWN_HEAD, 9)),
    ("UPDATE trust_audithead SET number = 8.5", (Kind.OWN_HEAD, 9)),
    ("UPDATE trust_audithead SET digest = CAST(x'ff' AS TEXT)", (Kind.OWN_HEAD, 9)),
)


@pytest.mark.parametrize(("statement", "said"), ODD)
def test_values_that_nothing_can_read_are_found_with_their_place(
    write: Write, statement: str, said: tuple[Kind, int]
) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL refuses such values itself")
    write(9)
    sql("PRAGMA ignore_check_constraints = ON")
    sql(statement)
    sql("PRAGMA ignore_check_constraints = OFF")
    found = check(by=Account.objects.get())
    assert said in [(finding.kind, finding.first) for finding in found.findings]
    assert found.upto.count < said[1] or said[0] is Kind.OWN_HEAD


@pytest.mark.parametrize("tamper", [roll_the_database_back, delete_the_newest])
def test_verifying_a_log_that_was_cut_off_leaves_the_place_as_it_is(write: Write, tamper: Tamper) -> None:
    write(10)
    tamper(6)
    owner = Account.objects.get()
    answers = [check(by=owner) for _again in range(3)]
    first = answers[0].findings[0]
    assert (first.kind, first.first, first.last) == (Kind.CUT_OFF, 6, 10)
    assert [(found.findings, found.upto) for found in answers[1:]] == [
        (answers[0].findings, answers[0].upto)
    ] * 2
    assert AuditRow.objects.count() == 5
    assert verified_sentence() == (first.sentence, False)


def test_verifying_a_log_that_is_another_writes_nothing_into_it(write: Write) -> None:
    write(10)
    roll_the_database_back(6)
    write(20)
    assert not check(by=Account.objects.get()).ok
    assert not AuditRow.objects.filter(act="audit.verify").exists()
    assert verified_sentence()[1] is False


def test_a_kept_head_of_an_infinite_number_is_no_head(write: Write) -> None:
    write(2)
    settings.HOME.audit_head.write_text('{"count": 1e999, "digest": "%s"}' % ("0" * 64), "ascii")
    assert kept_head() is None
