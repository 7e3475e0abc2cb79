"""Two people at the same case in the same moment; on SQLite and on PostgreSQL (tests/system/with_postgres.sh)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from typing import Any

import pyarrow as pa
from django.db import connection

from outlisten.app.care.actions.holding import Taken, take
from outlisten.app.care.actions.service_levels import set_service_level
from outlisten.app.care.actions.states import wait
from outlisten.app.care.intake import take_in
from outlisten.app.care.models import Case, CasePost, Entry, Rule
from outlisten.app.care.times import level_of
from outlisten.app.listening.queries.names import workspace
from outlisten.app.people.models import Account, Department

ROUNDS = 5


def at_once(first: Any, second: Any) -> list[Any]:
    """Both at the same moment, each with a connection of its own; an exception is an answer too."""
    together = Barrier(2)

    def run(act: Any) -> Any:
        together.wait(10)
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - what went wrong is what is looked at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(run, (first, second)))


def in_thread(act: Any) -> Any:
    """Look into the database that the threads share."""

    def run() -> Any:
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result()


def people_and_case(number: int) -> tuple[Account, Account, int]:
    support, _fresh = Department.objects.get_or_create(key="support")
    two = [
        Account.objects.create_user(f"r{number}{name}@example.org", name=name, role="responder")
        for name in ("Lin", "Bo")
    ]
    for one in two:
        one.departments.add(support)
    now = datetime.now(UTC)
    case = Case.objects.create(
        department=support, platform="x", conversation=str(number), customer="c", need="asks", opened_at=now,
        clock_from="post", waits_since=now, unanswered_since=now,
    )  # fmt: skip
    return two[0], two[1], case.pk


def test_two_people_cannot_take_one_case(for_threads: None) -> None:
    for number in range(ROUNDS):
        lin, bo, pk = in_thread(lambda number=number: people_and_case(number))
        outcomes = at_once(lambda lin=lin, pk=pk: take(pk, by=lin), lambda bo=bo, pk=pk: take(pk, by=bo))
        lost = [outcome for outcome in outcomes if isinstance(outcome, Taken)]
        assert len(lost) == 1, outcomes
        owner = in_thread(lambda pk=pk: Case.objects.get(pk=pk).owner)
        assert owner in (lin, bo)
        assert owner.name in str(lost[0])
        assert in_thread(lambda pk=pk: Entry.objects.filter(case=pk, kind="took").count()) == 1


def test_two_workers_with_the_same_posts_open_one_case_each(for_threads: None, make_posts: Any) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    posts: pa.Table = make_posts(
        *(
            {"native_id": str(n), "author_handle": f"guest{n}", "text": "refund", "created_at": now}
            for n in range(8)
        )
    )

    def set_up() -> None:
        support, _fresh = Department.objects.get_or_create(key="support")
        Rule.objects.create(department=support, name="r", query="refund", addressed=False, on=True)

    in_thread(set_up)
    outcomes = at_once(lambda: take_in(posts), lambda: take_in(posts))
    assert outcomes == [None, None]
    assert in_thread(lambda: (Case.objects.count(), CasePost.objects.count())) == (8, 8)


def test_two_workers_with_the_same_later_post_join_it_once(for_threads: None, make_posts: Any) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    first, later = (
        [{"native_id": f"{n}{kind}", "thread": str(n), "author_handle": "mei", "text": text, "created_at": now}
         for n in range(8)]
        for kind, text in (("a", "refund"), ("b", "还没到"))
    )  # fmt: skip

    def set_up() -> None:
        support, _fresh = Department.objects.get_or_create(key="support")
        Rule.objects.create(department=support, name="r", query="refund", addressed=False, on=True)
        take_in(make_posts(*first))

    in_thread(set_up)
    posts = make_posts(*later)
    assert at_once(lambda: take_in(posts), lambda: take_in(posts)) == [None, None]
    joined = Entry.objects.filter(kind=Entry.Kind.JOINED)
    assert in_thread(lambda: (CasePost.objects.count(), joined.count())) == (16, 8)


def test_a_case_keeps_the_deadline_that_a_service_level_gave_it(for_threads: None) -> None:
    """Somebody waits for the customer while the level is set: neither undoes what the other did."""
    for number in range(ROUNDS):
        lin, _bo, pk = in_thread(lambda number=number: people_and_case(number))
        admin = in_thread(
            lambda number=number: Account.objects.create_user(
                f"a{number}@example.org", name="A", role="admin"
            )
        )
        in_thread(workspace)
        level = in_thread(lambda: level_of(Department.objects.get(key="support").pk))
        level.target_minutes += 60
        outcomes = at_once(
            lambda pk=pk, lin=lin: wait(pk, by=lin),
            lambda level=level, admin=admin: set_service_level(level, by=admin),
        )
        assert not [one for one in outcomes if isinstance(one, Exception)], outcomes
        assert in_thread(lambda pk=pk: Case.objects.get(pk=pk).due_at) is None
