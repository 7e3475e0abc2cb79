"""Sources that stream: their pages are taken in as they come, and what cannot stream is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any, ClassVar

import pytest
from django.utils import timezone

from outlisten.app.sources.models import CheckedPost, GonePost, Outage, Source
from outlisten.app.sources.running import leases, streams
from outlisten.sources.connector import Cursor, Page, Standing
from outlisten.sources.rss.connector import Rss

pytestmark = pytest.mark.django_db


class Streaming(Rss):
    """A feed whose entries come by a stream, where it has one."""

    streams: ClassVar[bool] = True
    pages_given: ClassVar[int] = 0

    @classmethod
    def manifest(cls) -> Any:
        return replace(Rss.manifest(), streams=True, deletions="asked again", again=timedelta(days=1))

    def stream(self, cursor: Cursor) -> Iterator[Page]:
        if not self.streams:
            raise self._cannot("stream", "实时推送")
        for page in self.pages(cursor):
            type(self).pages_given += 1
            yield page
            yield Page((), page.cursor)

    def again(self, native_ids: Any) -> Iterator[Standing]:
        return (Standing(one, gone=True) for one in native_ids)


@pytest.fixture
def source(feed, monkeypatch) -> Source:
    monkeypatch.setattr("outlisten.app.sources.setting.connector", lambda name: Streaming)
    monkeypatch.setattr(Streaming, "streams", True)
    monkeypatch.setattr(Streaming, "pages_given", 0)
    return feed()


def listened(source: Source) -> Source:
    Source.objects.filter(pk=source.pk).update(next_at=None)
    held = leases.claim("test")
    assert held
    streams.listen(held)
    source.refresh_from_db()
    return source


def test_what_a_stream_brings_becomes_posts(pages_store, source):
    listened(source)
    assert pages_store.count(None).value == 2
    assert Streaming.pages_given == 1
    assert source.cursor["feed"]
    assert not source.holder
    assert source.next_at - timezone.now() < timedelta(seconds=5), "it is opened again at once"


def test_what_cannot_stream_is_asked_and_waits_its_turn(pages_store, source, monkeypatch):
    monkeypatch.setattr(Streaming, "streams", False)
    listened(source)
    assert pages_store.count(None).value == 2
    assert Streaming.pages_given == 0
    assert not source.problem
    assert source.next_at - timezone.now() > timedelta(minutes=1)


def test_kept_posts_are_asked_for_again_between_two_streams(pages_store, source, site):
    listened(source)
    site.entries.clear()
    CheckedPost.objects.update(checked_at=timezone.now() - timedelta(days=2))
    listened(source)
    assert pages_store.count(None).value == 0
    assert GonePost.objects.count() == 2


def test_a_stream_that_stops_unexpectedly_says_so_and_is_let_go(pages_store, source, monkeypatch):
    def broken(self: Streaming, cursor: Cursor) -> Iterator[Page]:
        raise ZeroDivisionError

    monkeypatch.setattr(Streaming, "stream", broken)
    listened(source)
    assert source.problem_said["en"]
    assert source.problem_said["zh-hans"]
    assert (source.failures, source.holder, source.lease_until) == (1, "", None)
    assert source.runs.first().problem == "unexpected"


def test_an_open_stream_says_that_it_answers_and_that_the_gap_is_over(pages_store, source, monkeypatch):
    Outage.objects.create(source=source, kind="unreachable", since=timezone.now())
    Source.objects.update(problem="unreachable", problem_said={"en": "away", "zh-hans": "连不上"}, failures=3)
    told: list[tuple[str, int, bool]] = []

    def stream(self: Streaming, cursor: Cursor) -> Iterator[Page]:
        yield from self.pages(cursor)
        source.refresh_from_db()
        gap = Outage.objects.filter(until=None).exists()
        told.append((source.problem, source.failures, gap))

    monkeypatch.setattr(Streaming, "stream", stream)
    listened(source)
    assert told == [("", 0, False)], "while it was open"
    assert source.good_at
