"""Gaps of sources on the pages that show posts over time."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from html import unescape

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from outlisten.app.listening.models import Brand
from outlisten.app.sources import queries
from outlisten.app.sources.charted import gaps_over
from outlisten.app.sources.models import Outage, Source
from outlisten.charts import span
from outlisten.insights import volume
from outlisten.posts.store import TimeRange

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}
SAID = {"en": "A fall there may be a fall of collection.", "zh-hans": "这些时段里的下降可能只是采集变少。"}


@pytest.fixture
def outage(feed, pages_store, make_posts):
    """A source that brought nothing from three days ago to two days ago, among posts of a week."""
    now = timezone.now()
    said = [
        {
            "native_id": f"{n}",
            "text": f"queue 排队 {n}",
            "created_at": now - timedelta(days=n),
            "voice": voice,
        }
        for n in range(8)
        for voice in ("owned" if n == 1 else "earned",)
    ]
    pages_store.add(make_posts(*said))
    source = feed(name="店铺 Mastodon #acme", next_at=now + timedelta(days=1))
    return Outage.objects.create(
        source=source, kind="unavailable", since=now - timedelta(days=3), until=now - timedelta(days=2)
    )


def figure(page: str, name: str) -> dict[str, object]:
    found = re.search(rf'<pre id="{name}-spec" hidden>(.*?)</pre>', page, re.S)
    assert found
    return json.loads(unescape(found[1]))


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_time_line_of_listen_hatches_says_and_tables_a_gap(outage, browser, language):
    part = browser("viewer", language=language).get("/listen/result?q=queue&period=30d", headers=PART)
    page = part.content.decode()
    assert SAID[language] in page
    assert "店铺 Mastodon #acme" in str(figure(page, "timeline")["usermeta"])
    table = page.split("ol-figure-table")[1].split("</table>")[0]
    assert table.count("<bdi>店铺 Mastodon #acme</bdi>") == 2  # two days are touched


def test_who_speaks_and_compare_say_it_too(outage, browser):
    Brand.objects.create(name="Queue", side="own", query="queue")
    client = browser("viewer")
    for address in ("/compare/result?period=30d", "/listen/voices?q=queue&period=30d"):
        assert SAID["en"] in client.get(address, headers=PART).content.decode(), address


def test_the_source_s_own_days_are_hatched(outage, browser):
    page = browser("viewer", language="zh-hans").get(f"/settings/sources/{outage.source_id}").content.decode()
    assert page.count('class="has-gap"') == 2
    assert SAID["zh-hans"] in page


def test_another_source_s_gap_is_not_in_its_days(outage, browser, feed):
    other = feed(name="Other", next_at=timezone.now() + timedelta(days=1))
    page = browser("viewer").get(f"/settings/sources/{other.pk}").content.decode()
    assert "has-gap" not in page


def test_who_may_not_search_reads_no_name(outage, account, pages_store):
    now = timezone.now()
    seen = volume(pages_store, None, TimeRange(now - timedelta(days=7), now))
    assert [gap.source for gap in gaps_over(seen, account("viewer"))] == ["店铺 Mastodon #acme"]
    assert [gap.source for gap in gaps_over(seen, AnonymousUser())] == [""]
    assert span(seen)


def test_short_gaps_hide_no_long_one(outage):
    now = timezone.now()
    short = (now - timedelta(hours=n) for n in range(1, 40))
    Outage.objects.bulk_create(
        Outage(source=outage.source, kind="throttled", since=at, until=at + timedelta(minutes=2))
        for at in short
    )
    assert [gap.kind for gap in queries.gaps(now - timedelta(days=7), now)] == ["unavailable"]


def test_a_removed_source_leaves_no_gap_and_an_open_one_ends_now(outage):
    now = timezone.now()
    Outage.objects.filter(pk=outage.pk).update(until=None)
    (gap,) = queries.gaps(now - timedelta(days=1), None)
    assert gap.open
    assert gap.until >= now
    Source.objects.filter(pk=outage.source_id).update(state="removed")
    assert queries.gaps(None, None) == []
