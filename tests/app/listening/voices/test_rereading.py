"""Reading posts again: in pages, resumable, and by one worker at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from outlisten.app.listening import rereading
from outlisten.app.listening.actions import corrections
from outlisten.app.listening.actions import voices as actions
from outlisten.app.listening.models import Rereading
from outlisten.app.listening.rereading import leases, pages
from outlisten.app.listening.store import pipeline
from outlisten.posts.store import Budget

MANY = 25


@pytest.fixture
def talkative(cafe, pages_store, batch, monkeypatch):
    """One account with many posts, read ten at a time."""
    monkeypatch.setattr(pages, "PAGE", 10)
    posts = (
        {"native_id": str(n), "author_handle": "HarbourCafe", "text": f"第{n}条 post {n}"}
        for n in range(MANY)
    )
    pipeline().ingest(batch(*posts))
    return pages_store


class Killed(BaseException):
    """The process ends here."""


def test_a_round_that_was_killed_goes_on_where_it_stood(talkative, lead, an_account, voice_of):
    actions.declare(an_account(), by=lead)

    def killed_after_the_second_page(at: Rereading) -> None:
        if at.read == 20:
            raise Killed

    with pytest.raises(Killed):
        rereading.work_off(killed_after_the_second_page)
    left = Rereading.objects.get()
    assert (left.state, left.read) == ("running", 20)
    assert rereading.work_off() == 0, "its lease still holds"
    Rereading.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert rereading.work_off() == 1
    done = Rereading.objects.get()
    assert (done.state, done.read, done.changed) == ("done", MANY, MANY)
    assert {voice_of(str(n)) for n in range(MANY)} == {"owned"}


def test_a_page_that_is_read_twice_changes_nothing_the_second_time(talkative, lead, an_account, named):
    actions.declare(an_account(), by=lead)
    rereading.work_off()
    actions.reread(["author:HarbourCafe platform:x"], by=lead)
    rereading.work_off()
    assert Rereading.objects.first().changed == 0
    assert talkative.history(named("0"))["readings"].table.num_rows == 2


def test_one_worker_at_a_time_has_a_round(talkative, lead, an_account):
    actions.declare(an_account(), by=lead)
    assert leases.claim("one") is not None
    assert leases.claim("two") is None


def test_a_worker_whose_lease_was_taken_stops(talkative, lead, an_account):
    actions.declare(an_account(), by=lead)
    mine = leases.claim("one")
    Rereading.objects.update(holder="two")
    with pytest.raises(leases.LeaseLost):
        leases.note(mine, read=10)


def test_a_query_that_names_a_person_is_forgotten_when_the_round_is_done(talkative, lead, an_account):
    actions.declare(an_account(), by=lead)
    assert "HarbourCafe" in Rereading.objects.get().query
    rereading.work_off()
    assert Rereading.objects.get().query == ""


def test_a_correction_made_meanwhile_stays(talkative, lead, an_account, voice_of, named):
    actions.declare(an_account(), by=lead)

    def correct_an_older_one(at: Rereading) -> None:
        if at.read == 10:
            corrections.correct(named("0"), "earned", "被转发的 a guest wrote it", by=lead)
            corrections.correct(named("24"), "earned", "A guest wrote it", by=lead)

    rereading.work_off(correct_an_older_one)
    assert (voice_of("0"), voice_of("24")) == ("earned", "earned")
    assert voice_of("12") == "owned"


def test_a_round_whose_page_was_cut_is_not_done(talkative, lead, an_account, monkeypatch):
    actions.declare(an_account(), by=lead)
    monkeypatch.setattr(pages, "PATIENCE", Budget(rows=5, seconds=60))
    rereading.work_off()
    left = Rereading.objects.get()
    assert left.state == "failed"
    assert "took too long" in left.problem
