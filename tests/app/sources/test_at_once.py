"""A source asked by whoever waits for it, beside the workers."""

from __future__ import annotations

import pytest

from outlisten.app.people.rules import Refused
from outlisten.app.sources import actions
from outlisten.app.sources.models import Source
from outlisten.app.sources.running import asking, worker
from outlisten.app.sources.running.at_once import Streaming, ask_until_done
from outlisten.app.sources.running.leases import LeaseLost, claim, release
from outlisten.sources import registry

pytestmark = pytest.mark.django_db


def never() -> None:
    raise AssertionError("nobody holds the source")


def test_it_is_asked_on_while_the_network_has_more(pages_store, account, numbers, monkeypatch):
    monkeypatch.setattr(asking, "MOST_PAGES", 2)
    source = Source.objects.create(name="编号", connector="numbered", options={"address": numbers.address})
    runs = list(ask_until_done(source, by=account("analyst"), wait=never))
    assert [run.added for run in runs] == [10, 10, 10, 5]
    assert pages_store.count(None).value == 35
    assert set(numbers.asked) == numbers.places


def test_it_waits_while_a_worker_holds_the_source(pages_store, feed, account):
    source, held = feed(), claim("somebody else")
    waited = []

    def wait() -> None:
        waited.append(1)
        if len(waited) == 3:
            release(held.pk, "somebody else")

    (run,) = ask_until_done(source, by=account("analyst"), wait=wait)
    assert (len(waited), run.added) == (3, 2)


def test_a_source_that_is_paused_meanwhile_is_not_waited_for(pages_store, feed, account):
    source, by = feed(), account("analyst")
    claim("somebody else")
    with pytest.raises(LeaseLost):
        list(ask_until_done(source, by=by, wait=lambda: actions.pause(source, by=by)))


def test_a_source_that_is_listened_to_is_left_alone(pages_store, feed, account, monkeypatch):
    from dataclasses import replace

    from outlisten.app.sources.running import at_once

    rss = registry.manifests()["rss"]
    monkeypatch.setattr(at_once, "manifests", lambda: {"rss": replace(rss, streams=True)})
    source = feed()
    claim("a stream")
    with pytest.raises(Streaming):
        list(ask_until_done(source, by=account("analyst"), wait=never))


def test_an_ask_that_breaks_off_leaves_the_source_free(pages_store, feed, account, monkeypatch):
    def stop(*_args: object, **_values: object) -> None:
        raise KeyboardInterrupt

    source = feed()
    with monkeypatch.context() as patch:
        patch.setattr(asking, "take_page", stop)
        with pytest.raises(KeyboardInterrupt):
            list(ask_until_done(source, by=account("analyst"), wait=never))
    assert worker.work_off() == 1
    assert source.runs.get().added == 2


def test_who_may_not_change_sources_asks_none(pages_store, feed, account, site):
    with pytest.raises(Refused):
        list(ask_until_done(feed(), by=account("viewer"), wait=never))
    assert site.asked == 0
