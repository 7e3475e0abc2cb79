from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import ClassVar

import pytest
from django.utils import timezone

from outlisten.app.sources.models import CheckedPost, GonePost, Source
from outlisten.app.sources.running import worker
from outlisten.sources.connector import Standing
from outlisten.sources.rss.connector import Rss

pytestmark = pytest.mark.django_db


class Asked(Rss):
    """A feed whose network tells what became of an entry: the site's entries stand, others are gone."""

    stands: ClassVar[dict[str, dict]] = {}
    asked: ClassVar[list[str]] = []

    @classmethod
    def manifest(cls):
        return replace(Rss.manifest(), deletions="asked again", again=timedelta(days=1))

    def again(self, native_ids: Sequence[str]) -> Iterator[Standing]:
        for one in native_ids:
            self.asked.append(one)
            yield Standing(one, gone=one not in self.stands, record=self.stands.get(one))


@pytest.fixture
def source(feed, monkeypatch):
    monkeypatch.setattr("outlisten.app.sources.setting.connector", lambda name: Asked)
    Asked.stands, Asked.asked = {}, []
    return feed()


def asked(source: Source) -> Source:
    Source.objects.filter(pk=source.pk).update(next_at=None)
    worker.work_off()
    source.refresh_from_db()
    return source


def a_day_and_an_hour_ago() -> None:
    CheckedPost.objects.update(checked_at=timezone.now() - timedelta(hours=25))


def test_a_post_is_asked_for_again_when_its_time_is_up_and_not_before(pages_store, source, site):
    asked(source)
    assert CheckedPost.objects.count() == 2
    asked(source)
    assert Asked.asked == []
    site.entries.clear()
    a_day_and_an_hour_ago()
    asked(source)
    assert len(Asked.asked) == 2


def test_what_is_gone_at_the_network_is_gone_here_and_what_was_edited_is_changed(pages_store, source, site):
    asked(source)
    kept = {
        post["title"]: post
        for post in (pages_store.get(p["id"]) for p in pages_store.search(None).posts.to_pylist())
    }
    edited = kept["排队太久"]
    about = {"address": site.address, "link": "https://a.example/"}
    record = {
        "feed": about,
        "entry": {
            "id": edited["native_id"],
            "title": "排队太久",
            "summary": "店长道歉了",
            "link": edited["url"],
        },
    }
    Asked.stands = {edited["native_id"]: record}
    site.entries.clear()
    a_day_and_an_hour_ago()
    asked(source)
    assert pages_store.get(kept["The queue was long"]["id"]) is None
    assert pages_store.get(edited["id"])["text"] == "店长道歉了"
    assert GonePost.objects.count() == 1
    run = source.runs.first()
    assert (run.gone, run.updated) == (1, 1)
    assert CheckedPost.objects.filter(checked_at__gt=timezone.now() - timedelta(minutes=1)).count() == 1


def test_a_post_seen_again_meanwhile_is_not_asked_for(pages_store, source, site):
    asked(source)
    a_day_and_an_hour_ago()
    site.headers = {"X-Nothing": "1"}
    asked(source)
    assert Asked.asked == []
