"""Reading history again with newer models: in pages, resumable, paused at will, and never against what people said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from threading import Event

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from outlisten.app.listening import rereading
from outlisten.app.listening.actions import corrections
from outlisten.app.listening.actions import rereading as actions
from outlisten.app.listening.models import Rereading
from outlisten.app.listening.rereading import model_pages
from outlisten.app.listening.rereading.current import read_by
from outlisten.app.people.rules import Refused
from outlisten.posts.store import Budget, TimeRange

from .conftest import MANY, NEW, OLD


class Killed(BaseException):
    """The process ends here."""


@pytest.fixture
def admin(account):
    return account("admin")


def models_of(store) -> dict[str | None, int]:
    return dict(read_by(store).posts)


def test_every_post_is_read_again_by_the_newer_model(old_posts, admin, named):
    assert models_of(old_posts) == {OLD: MANY}
    actions.reread_with_models(by=admin)
    assert rereading.work_off_models() == 1
    done = Rereading.objects.get()
    assert (done.state, done.total, done.read, done.changed) == ("done", MANY, MANY, MANY)
    assert models_of(old_posts) == {NEW: MANY}
    assert old_posts.get(named("3"))["sentiment"] == "positive"
    history = old_posts.history(named("3"))["readings"].table
    assert history["model"].to_pylist() == [OLD, NEW]
    assert history["sentiment"].to_pylist() == ["negative", "positive"]


def test_a_round_that_was_killed_goes_on_where_it_stood(old_posts, admin):
    actions.reread_with_models(by=admin)

    def killed_after_the_first_page(at: Rereading) -> None:
        raise Killed

    with pytest.raises(Killed):
        rereading.work_off_models(killed_after_the_first_page)
    assert models_of(old_posts) == {OLD: MANY - 10, NEW: 10}
    assert rereading.work_off_models() == 0, "its lease still holds"
    Rereading.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert rereading.work_off_models() == 1
    done = Rereading.objects.get()
    assert (done.state, done.read) == ("done", MANY)
    assert models_of(old_posts) == {NEW: MANY}


def test_a_page_that_was_written_but_not_noted_is_not_read_twice(old_posts, admin, named):
    actions.reread_with_models(by=admin)
    page = old_posts.read_by_others([NEW], limit=10, columns=model_pages.COLUMNS)
    model_pages.revised(page.posts)  # the process ended before it was noted
    rereading.work_off_models()
    assert old_posts.history(named("0"))["readings"].table.num_rows == 2
    assert models_of(old_posts) == {NEW: MANY}


def test_a_range_leaves_the_rest_as_it_was(old_posts, admin):
    window = TimeRange(datetime(2026, 3, 22, tzinfo=UTC), datetime(2026, 3, 26, tzinfo=UTC))
    actions.reread_with_models(window, by=admin)
    rereading.work_off_models()
    assert Rereading.objects.get().total == 4
    assert models_of(old_posts) == {OLD: MANY - 4, NEW: 4}


def test_it_is_paused_and_goes_on(old_posts, admin):
    actions.reread_with_models(by=admin)

    def pause_after_the_first_page(at: Rereading) -> None:
        actions.pause(by=admin)

    rereading.work_off_models(pause_after_the_first_page)
    paused = Rereading.objects.get()
    assert (paused.state, paused.read, paused.lease_until) == ("paused", 10, None)
    assert rereading.work_off_models() == 0
    assert actions.resume(by=admin)
    rereading.work_off_models()
    assert Rereading.objects.get().state == "done"
    assert models_of(old_posts) == {NEW: MANY}


def test_the_end_of_the_server_gives_it_back_at_once(old_posts, admin):
    actions.reread_with_models(by=admin)
    ending = Event()
    rereading.work_off_models(lambda at: ending.set(), ending=ending)
    left = Rereading.objects.get()
    assert (left.state, left.lease_until, left.read) == ("waiting", None, 10)


def test_there_is_one_round_at_a_time(old_posts, admin):
    actions.reread_with_models(by=admin)
    with pytest.raises(ValidationError, match="already"):
        actions.reread_with_models(by=admin)
    rereading.work_off_models()
    actions.reread_with_models(by=admin)


def test_voices_do_not_wait_for_models(old_posts, admin):
    actions.reread_with_models(by=admin)
    actions.reread(["author:guest3"], by=admin)
    assert rereading.work_off() == 1
    assert Rereading.objects.get(kind="models").state == "waiting"


def test_what_people_said_stays(old_posts, account, admin, named):
    lead = account("lead")
    corrections.correct(named("1"), "paid", "A contract", by=lead)
    corrections.tag(named("1"), ["排队"], by=lead)
    actions.reread_with_models(by=admin)

    def correct_an_older_one(at: Rereading) -> None:
        if at.read == 10:
            corrections.correct(named("20"), "employee", "同事 a colleague", by=lead)

    rereading.work_off_models(correct_an_older_one)
    first, later = old_posts.get(named("1")), old_posts.get(named("20"))
    assert (first["voice"], first["topic"], first["sentiment"]) == ("paid", ["排队"], "positive")
    assert (later["voice"], later["model"]) == ("employee", NEW)


def test_only_those_who_may_change_the_workspace_start_it(old_posts, account):
    with pytest.raises(Refused):
        actions.reread_with_models(by=account("analyst"))


def test_a_page_that_was_cut_fails_with_a_sentence_and_goes_on_later(old_posts, admin, monkeypatch):
    actions.reread_with_models(by=admin)
    with monkeypatch.context() as patch:
        patch.setattr(model_pages, "PATIENCE", Budget(rows=5, seconds=60))
        rereading.work_off_models()
    left = Rereading.objects.get()
    assert left.state == "failed"
    assert "took too long" in left.problem
    assert actions.resume(by=admin)
    rereading.work_off_models()
    assert Rereading.objects.get().state == "done"
