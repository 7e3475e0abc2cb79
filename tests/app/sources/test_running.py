from __future__ import annotations

import json
import random
from datetime import timedelta

import pytest
from django.utils import timezone

from outlisten.app.sources import actions, health, queries
from outlisten.app.sources.models import GonePost, HourCount, Outage, RejectedRecord, Run, Source
from outlisten.app.sources.running import worker
from outlisten.app.sources.running.asking import ask, take_page
from outlisten.app.sources.running.deletions import apply_gone
from outlisten.app.sources.running.leases import LeaseLost, claim
from outlisten.app.sources.setting import connected
from outlisten.sources.connector import Page
from outlisten.sources.problems import CredentialRefused, QuotaUsedUp
from outlisten.sources.rss.connector import Rss

pytestmark = pytest.mark.django_db


def asked(source: Source) -> Source:
    """The source after it was due and a worker asked it."""
    Source.objects.filter(pk=source.pk).update(next_at=None)
    worker.work_off()
    source.refresh_from_db()
    return source


def test_what_a_feed_says_becomes_posts_once(pages_store, feed):
    source = asked(feed())
    asked(source)
    assert pages_store.count(None).value == 2
    assert [(run.added, run.duplicate, run.problem) for run in source.runs.all()] == [(0, 2, ""), (2, 0, "")]
    assert source.good_at
    assert not source.problem
    assert source.cursor["feed"].startswith("http://127.0.0.1")


def test_a_new_entry_is_the_only_new_post(pages_store, feed, site):
    source = asked(feed())
    site.say("3", "又来了", "这次排了三个小时")
    asked(source)
    assert pages_store.count(None).value == 3
    assert source.runs.first().added == 1


def test_an_edited_entry_changes_its_post(pages_store, feed, site):
    source = asked(feed())
    site.entries[0] = ("2", "排队太久（更新）", "店长道歉了")
    asked(source)
    assert source.runs.first().updated == 1
    assert pages_store.count(None).value == 2


def test_posts_carry_the_source_and_the_record_as_it_came(pages_store, feed):
    source = asked(feed())
    post = pages_store.search(None).posts.to_pylist()[0]
    kept = pages_store.get(post["id"])
    assert kept["source"] == source.key == f"rss:{source.pk}"
    assert json.loads(str(kept["raw"]))["feed"]["title"] == "Shop talk 店铺"


@pytest.mark.parametrize(
    ("status", "headers", "kind"),
    [
        (429, {"Retry-After": "120"}, "throttled"),
        (503, {}, "unavailable"),
        (401, {}, "credential"),
        (410, {}, "gone"),
    ],
)
def test_a_failure_is_noted_and_ends_with_the_next_good_ask(pages_store, feed, site, status, headers, kind):
    source = asked(feed())
    site.status, site.headers = status, headers
    asked(source)
    assert (source.problem, source.failures) == (kind, 1)
    assert source.problem_said["zh-hans"]
    assert source.problem_said["en"]
    assert Outage.objects.get(source=source).until is None
    site.status, site.headers = 200, {}
    asked(source)
    assert (source.problem, source.failures) == ("", 0)
    assert Outage.objects.get(source=source).until is not None


def test_a_named_wait_is_kept_to(pages_store, feed, site):
    site.status, site.headers = 429, {"Retry-After": "600"}
    source = asked(feed())
    assert source.next_at - timezone.now() > timedelta(seconds=590)


def test_a_quota_that_is_used_up_is_let_be_until_it_is_renewed(pages_store, feed, monkeypatch):
    def used_up(*_: object) -> None:
        raise QuotaUsedUp(host="api.example", wait=50_000)

    source = feed()
    monkeypatch.setattr(Rss, "pages", used_up)
    asked(source)
    assert source.problem == "quota"
    assert source.next_at - timezone.now() > timedelta(seconds=49_990)


class NoChance(random.Random):
    """Draws the least of everything."""

    def random(self) -> float:
        return 0.0


@pytest.mark.parametrize(
    ("asked_before", "late_by", "scattered"),
    [
        (None, timedelta(0), True),
        (timedelta(minutes=30), timedelta(seconds=20), False),
        (timedelta(hours=9), timedelta(hours=8), True),
    ],
)
def test_sources_asked_all_at_once_are_drawn_apart(pages_store, feed, asked_before, late_by, scattered):
    # Added together, or due together after the program stood still: the next ask comes within the wait, not after it.
    now = timezone.now()
    feed(asked_at=now - asked_before if asked_before else None, next_at=now - late_by, per_hour=16.0)
    source = claim("here")
    ask(source, NoChance())
    pause = source.next_at - timezone.now()
    least = connected(source).manifest().least
    assert (pause <= least) if scattered else (pause > least)


def test_failures_in_a_row_are_asked_less_and_less_often(pages_store, feed, site, monkeypatch):
    site.status = 503
    source = feed()
    waits = []
    for _ in range(6):
        asked(source)
        waits.append(source.next_at - timezone.now())
    assert max(waits[3:]) > max(waits[:1])
    assert source.failures == 6


def test_nobody_else_asks_a_source_that_is_held(pages_store, feed):
    feed()
    assert claim("one") is not None
    assert claim("two") is None


def test_a_lease_that_ran_out_is_given_to_the_next(pages_store, feed):
    source = feed()
    claim("one")
    Source.objects.filter(pk=source.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
    assert claim("two").pk == source.pk


def test_a_worker_whose_source_was_paused_keeps_no_cursor(pages_store, feed, account):
    source = feed()
    held = claim("one")
    actions.pause(source, by=account("analyst"))
    with pytest.raises(LeaseLost):
        ask(held)
    source.refresh_from_db()
    assert source.cursor == {}


def test_the_cursor_moves_after_the_posts_are_durable(pages_store, feed, monkeypatch):
    """A crash right after a page was kept: the page comes again, nothing is doubled."""
    source = feed()
    held = claim("one")
    monkeypatch.setattr("outlisten.app.sources.running.asking.keep", stop_at_cursor)
    with pytest.raises(KeyboardInterrupt):
        ask(held)
    source.refresh_from_db()
    assert (source.cursor, pages_store.count(None).value) == ({}, 2)
    monkeypatch.undo()
    Source.objects.filter(pk=source.pk).update(lease_until=None)
    asked(source)
    assert pages_store.count(None).value == 2
    assert source.cursor


def stop_at_cursor(source, **values):
    if "cursor" in values:
        raise KeyboardInterrupt


def test_rejected_items_are_kept_once_and_become_posts_after_a_mend(pages_store, feed, account, monkeypatch):
    from outlisten.sources.rss import mapping

    good = mapping.post
    monkeypatch.setattr(mapping, "post", lambda record: fail())
    source = asked(feed())
    asked(source)
    assert RejectedRecord.objects.filter(source=source).count() == 2
    monkeypatch.setattr(mapping, "post", good)
    assert actions.replay(source, by=account("analyst")) == (2, 0)
    assert pages_store.count(None).value == 2
    assert not RejectedRecord.objects.exists()


def fail():
    raise KeyError("guid")


def test_a_post_that_is_gone_at_its_network_goes_here_too(pages_store, feed):
    source = asked(feed())
    post = pages_store.search(None).posts.to_pylist()[0]
    native = pages_store.get(post["id"])["native_id"]
    assert apply_gone(source, [native, "never-seen"]) == 1
    assert pages_store.get(post["id"]) is None
    assert GonePost.objects.get().post == post["id"]
    assert apply_gone(source, [native]) == 0


def test_a_changed_shape_is_told(pages_store, feed):
    source = asked(feed())
    one = connected(source)
    run = Run(source=source, at=timezone.now())
    held = claim("one") or source
    Source.objects.filter(pk=source.pk).update(holder="", lease_until=None)
    held.holder = ""
    known = [
        {"feed": {"address": "https://a.example/feed"}, "entry": {"id": str(n), "title": "t", "summary": "s"}}
        for n in range(60)
    ]
    changed = [
        {"feed": {"address": "https://a.example/feed"}, "entry": {"id": str(n), "headline": "t"}}
        for n in range(60, 80)
    ]
    take_page(held, run, one, Page(known, {}))
    take_page(held, run, one, Page(changed, {}))
    source.refresh_from_db()
    assert "entry.title" in source.drift
    assert "entry.summary" in source.drift


def test_a_silence_that_chance_does_not_explain_is_an_outage(pages_store, feed, site):
    source = asked(feed())
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    Source.objects.filter(pk=source.pk).update(
        created_at=now - timedelta(days=20), new_at=now - timedelta(hours=30)
    )
    HourCount.objects.all().delete()
    HourCount.objects.bulk_create(
        HourCount(source=source, hour=now - timedelta(hours=back), posts=3) for back in range(31, 400)
    )
    asked(source)
    assert source.silent_since is not None
    assert [gap.kind for gap in queries.gaps(now - timedelta(days=2), None)] == [health.SILENCE]
    site.say("9", "回来了")
    asked(source)
    assert source.silent_since is None
    assert Outage.objects.get(kind=health.SILENCE).until is not None


def test_secrets_are_sealed_and_leave_no_trace(pages_store, site, account, caplog, browser):
    by = account("analyst")
    wanted = actions.Wanted("rss", {"address": site.address, "user": "me", "password": "geheim-口令-123"})
    source = actions.keep(wanted, by=by)
    asked(source)
    client = browser("owner")
    shown = [
        client.get(f"/settings/sources{path}").content.decode()
        for path in ("", f"/{source.pk}", f"/{source.pk}/change")
    ]
    rows = json.dumps(list(Source.objects.values()), default=str) + "".join(
        run.problem for run in Run.objects.all()
    )
    from outlisten.app.trust.models import AuditRow

    told = caplog.text + rows + "".join(shown) + json.dumps(list(AuditRow.objects.values()), default=str)
    assert "geheim" not in told
    assert connected(source).setting.secrets == {"password": "geheim-口令-123"}
    assert "geheim" not in repr(connected(source).setting)


def test_secrets_sealed_with_another_key_are_asked_for_again(pages_store, feed, settings):
    settings.SOURCES_KEY = "a" * 40
    source = feed(sealed=actions.seal({"password": "p"}))
    settings.SOURCES_KEY = "b" * 40
    with pytest.raises(CredentialRefused):
        connected(source)
    asked(source)
    assert source.problem == "credential"


def test_a_private_address_is_refused_unless_it_is_an_own_server(pages_store, feed, settings):
    from outlisten.app.sources import setting

    settings.OWN_SERVERS = []
    setting.fetcher.cache_clear()
    source = asked(feed())
    assert source.problem == "address"
    assert pages_store.count(None).value == 0
