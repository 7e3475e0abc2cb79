"""Reading the posts that matter thoroughly: which, how many at a time, and never twice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from outlisten.app.listening import deepening, rereading
from outlisten.app.listening.actions import corrections, labels
from outlisten.app.listening.actions.rereading import reread_with_models, switch_deepening
from outlisten.app.listening.deep_reader import DeepReader
from outlisten.app.listening.deepening import asking, worker
from outlisten.app.listening.models import Deepening
from outlisten.app.listening.rereading import current
from outlisten.posts.schema import arrow_schema

from .conftest import NEW, OLD, read_as

DEEP = "deep@1+reader@2"
Reason = Deepening.Reason


@pytest.fixture
def deep(monkeypatch) -> DeepReader:
    """A deep model that reads every post as joyful thanks."""
    reader = DeepReader(
        read_as(DEEP, "positive", intent=["thanks"], urgency=0.1), DEEP, frozenset({"zh", "en"})
    )
    for room in (asking, worker, current):
        monkeypatch.setattr(room, "deep_reader", lambda: reader)
    return reader


def test_what_was_asked_for_is_read_and_its_row_goes(old_posts, deep, named):
    assert deepening.ask([named("1"), named("2"), named("1")], Reason.SHOWN) == 2
    assert deepening.work_off() == 2
    assert not Deepening.objects.exists()
    post = old_posts.get(named("1"))
    assert (post["model"], post["intent"], post["sentiment"]) == (DEEP, ["thanks"], "positive")
    assert current.tier(post["model"]) == "deep"
    history = old_posts.history(named("1"))["readings"].table
    assert history["model"].to_pylist() == [OLD, DEEP]


def test_what_somebody_looks_at_comes_first(old_posts, deep, named, monkeypatch):
    monkeypatch.setattr(worker, "TURN", 1)
    deepening.ask([named("5")], Reason.UNSURE)
    deepening.ask([named("6")], Reason.SHOWN)
    (first,) = Deepening.objects.all()[:1]
    assert first.post_id == named("6")


def test_a_crash_leaves_the_rows_and_repeats_nothing_that_was_written(old_posts, deep, named, monkeypatch):
    deepening.ask([named("1")], Reason.SHOWN)

    def killed(*_args: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(worker, "publish", killed)
        with pytest.raises(KeyboardInterrupt):
            deepening.work_off()
    deepening.ask([named("1")], Reason.SHOWN)  # as if the row had not been deleted
    assert deepening.work_off() == 0
    assert old_posts.history(named("1"))["readings"].table.num_rows == 2


def test_a_model_that_fails_is_tried_three_times(old_posts, deep, named, monkeypatch):
    def broken(*_texts: object) -> pa.Table:
        raise RuntimeError("no memory")

    deepening.ask([named("1")], Reason.SHOWN)
    for _try in range(5):
        worker.work_off(DeepReader(broken, DEEP, frozenset({"zh"})))
    assert Deepening.objects.get().tries == 3
    assert old_posts.get(named("1"))["model"] == OLD


def test_switched_off_nothing_is_asked_or_read(old_posts, deep, named, account):
    deepening.ask([named("1")], Reason.SHOWN)
    switch_deepening(False, by=account("admin"))
    assert deepening.work_off() == 0
    assert deepening.ask([named("2")], Reason.SHOWN) == 0
    assert Deepening.objects.count() == 1


def test_without_a_deep_model_nothing_happens(old_posts, named):
    if asking.deep_reader() is None:
        assert deepening.ask([named("1")], Reason.SHOWN) == 0
        assert deepening.work_off() == 0


def test_of_new_posts_the_urgent_and_the_unsure_are_asked_for(old_posts, deep, make_posts):
    now = datetime.now(UTC)
    new = make_posts(
        {"text": "着火了", "created_at": now, "urgency": 1.0, "sentiment_score": 0.4},
        {"text": "还行吧", "created_at": now, "urgency": 0.0, "sentiment_score": 0.4},
        {"text": "好", "created_at": now, "urgency": 0.0, "sentiment_score": 0.9},
        {"text": "着火了", "created_at": now - timedelta(days=60), "urgency": 1.0},
        {"text": "?", "created_at": None, "urgency": None},
    )
    deepening.ask_for_new(new.cast(arrow_schema()))
    ids = new["id"].to_pylist()
    assert dict(Deepening.objects.values_list("post_id", "reason")) == {ids[0]: 2, ids[1]: 4}


def test_the_queue_is_bounded(old_posts, deep, named, monkeypatch):
    monkeypatch.setattr(asking, "MOST_UNSURE", 3)
    assert deepening.ask([named(str(n)) for n in range(10)], Reason.UNSURE) == 3
    assert deepening.ask([named(str(n)) for n in range(10)], Reason.SHOWN) == 7


def test_opening_a_post_and_listening_ask_for_what_is_shown(old_posts, deep, browser, named):
    analyst = browser("analyst")
    analyst.get(f"/posts/{named('4')}")
    assert [row.post_id for row in Deepening.objects.all()] == [named("4")]
    analyst.get("/listen/result?period=all&voice=all")
    assert Deepening.objects.count() == 25
    deepening.work_off()
    analyst.get("/listen/result?period=all&voice=all")
    assert not Deepening.objects.exists()


def test_a_correction_stays(old_posts, deep, named, account):
    corrections.correct(named("1"), "paid", "A contract", by=account("lead"))
    deepening.ask([named("1")], Reason.SHOWN)
    deepening.work_off()
    post = old_posts.get(named("1"))
    assert (post["voice"], post["model"]) == ("paid", DEEP)


def test_the_tab_says_how_it_stands_and_switches_it(old_posts, deep, browser, named, monkeypatch):
    from outlisten.app.listening.queries import models_read

    monkeypatch.setattr(models_read, "deep_reader", lambda: deep)
    deepening.ask([named("1")], Reason.SHOWN)
    admin = browser("admin")
    assert "1 post waits" in admin.get("/settings/models").content.decode()
    admin.post("/settings/models/deepen", {"on": "0"})
    assert "Thorough reading is switched off" in admin.get("/settings/models").content.decode()


SAID = {"sentiment": ["neutral"], "intent": ["complaint", "leaving"], "emotion": ["sadness"]}


def test_what_a_person_said_stays_when_posts_are_read_thoroughly_and_again(old_posts, deep, named, account):
    """Both ways in which newer models come to a post: the deepening of one, and the re-reading of all."""
    analyst, admin = account("analyst"), account("admin")
    for native_id in ("1", "2"):
        labels.label(named(native_id), SAID, by=analyst)
    deepening.ask([named("1")], Reason.SHOWN)
    assert deepening.work_off() == 1
    reread_with_models(by=admin)
    rereading.work_off_models()
    deepened, reread, other = (old_posts.get(named(native_id)) for native_id in ("1", "2", "3"))
    assert (deepened["model"], reread["model"], other["model"]) == (DEEP, NEW, NEW)
    for post in (deepened, reread):
        assert (post["sentiment"], post["sentiment_score"], post["emotion"]) == ("neutral", None, "sadness")
        assert sorted(post["intent"]) == ["complaint", "leaving"]
    assert other["sentiment"] == "positive"
