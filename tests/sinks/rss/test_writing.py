"""The feed is Atom that feed readers and our own source of feeds read, each entry once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as Xml

import feedparser
import httpx2
import pytest
from tests.sinks.sending import HOSTILE, NOW, Channel, hostile, long, message
from tests.sources.network import Network, all_pages

from outlisten.sinks.rss.sink import Rss
from outlisten.sinks.rss.writing import ATOM, MEDIA_TYPE, MOST, entry_id
from outlisten.sources.html_text import html_text, links
from outlisten.sources.rss.connector import Rss as Source

ADDRESS = "https://listen.example/feeds/brand?key=abc"
FIXTURE = Path(__file__).parent / "fixtures" / "feed-2026-12-01.xml"


def document(*messages, **options):
    return Channel({}).sink(Rss, {"title": "品牌提醒", **options}).document(messages, ADDRESS)


def read(*messages, **options):
    found = feedparser.parse(document(*messages, **options))
    assert not found.bozo, found.get("bozo_exception")
    return found


def test_the_document_is_the_one_that_was_kept():
    assert (
        document(message(urgent=True), message(key="2", locale="en", kind="digest")) == FIXTURE.read_bytes()
    )


def test_a_feed_has_what_atom_demands():
    """RFC 4287, 4.1.1 and 4.1.2: id, title, updated and an author; in each entry id, title, updated, and content or a link."""
    root = Xml.fromstring(document(message(), hostile(key="2"), message(key="3", url="", title="")))
    for element in (root, *root.findall(f"{{{ATOM}}}entry")):
        for needed in ("id", "title", "updated"):
            (found,) = element.findall(f"{{{ATOM}}}{needed}")
            assert found.text
    assert root.find(f"{{{ATOM}}}author/{{{ATOM}}}name").text == "Outlisten"
    assert len({one.text for one in root.iter(f"{{{ATOM}}}id")}) == 4


def test_a_reader_sees_the_newest_first_and_each_once():
    older = message(key="older", at=NOW - timedelta(days=1))
    entries = read(older, message(), message(), message(key="newest", at=NOW + timedelta(hours=1))).entries
    assert [one.id for one in entries] == [
        entry_id(message(key="newest")),
        entry_id(message()),
        entry_id(older),
    ]
    assert entries[1].updated == "2026-12-01T12:00:00Z"
    assert entries[1].link == "https://listen.example/alerts/7"


def test_words_of_a_post_are_words():
    raw = document(hostile())
    (content,) = (one.text for one in Xml.fromstring(raw).iter(f"{{{ATOM}}}content"))
    assert "<script" not in content
    assert " ".join(HOSTILE.split()) in html_text(content)
    assert links(content)[0] == "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一"
    assert html_text(read(hostile()).entries[0].content[0].value)


def test_an_id_stays_and_is_that_of_one_outlisten():
    assert entry_id(message()) == entry_id(message(title="改过", at=NOW + timedelta(days=1)))
    assert entry_id(message()) != entry_id(message(url="https://other.example/alerts/7"))
    assert entry_id(message()) != entry_id(message(key="b"))


def test_our_own_source_of_feeds_brings_each_message_once():
    def answer(_):
        return httpx2.Response(
            200, content=document(message(), hostile(key="2")), headers={"content-type": MEDIA_TYPE}
        )

    source = Network(answer).connector(Source, {"address": "https://listen.example/feed"})
    records = [record for page in all_pages(source) for record in page.records]
    posts = {source.post(record)["native_id"]: source.post(record) for record in records}
    assert len(posts) == 2
    first = posts[entry_id(message())]
    assert first["title"] == "充电宝：负面声音增多"
    assert first["text"].startswith("三小时内 42 条，平时 6 条。")
    assert first["created_at"] == NOW


@pytest.mark.parametrize(("entries", "shown"), [("1", 1), ("3", 3), ("50", 5)])
def test_a_feed_holds_as_many_as_are_asked_for(entries, shown):
    assert len(read(*(message(key=str(key)) for key in range(5)), entries=entries).entries) == shown


def test_an_empty_feed_is_a_feed():
    assert read().feed.title == "品牌提醒"


def test_a_long_message_is_cut_and_says_where_the_rest_is():
    content = read(long()).entries[0].content[0].value
    assert len(content) <= MOST
    assert "完整内容请在 Outlisten 中查看。" in content


def test_what_is_delivered_has_its_entry_and_its_page():
    found = Channel({}).sink(Rss).deliver(message())
    assert (found.native_id, found.url) == (entry_id(message()), "https://listen.example/alerts/7")
