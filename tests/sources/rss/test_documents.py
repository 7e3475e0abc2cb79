"""Feed documents, good, damaged and hostile: what is a feed is read, what is none is none, and nothing else is opened."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from tests.sources.rss.records import FEED, answered

from outlisten.sources.connector import Unmappable
from outlisten.sources.rss import mapping
from outlisten.sources.rss.documents import parsed

FIXTURES = sorted((Path(__file__).parent / "fixtures").iterdir())
SECRET = "<rss version='2.0'><channel><title>内部</title><item><title>机密</title></item></channel></rss>"


def rss(*items: str, head: str = "") -> str:
    """A feed with these items."""
    return f"{head}<rss version='2.0'><channel>{''.join(f'<item>{item}</item>' for item in items)}</channel></rss>"


def titles(body: bytes | str, **headers: str) -> list[str | None] | None:
    feed = parsed(answered(body, **headers))
    return None if feed is None else [mapping.post(record)["title"] for record in feed.records]


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda fixture: fixture.name)
def test_records_are_plain_json_and_the_same_each_time(fixture):
    feed, again = (parsed(answered(fixture.read_bytes())) for _ in range(2))
    assert feed.records
    assert json.loads(json.dumps(feed.records)) == feed.records == again.records
    assert feed.title


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "big5", "utf-16", "euc-jp"]
)
def test_chinese_is_read_in_every_encoding_that_a_feed_may_name(encoding):
    said = "充電器" if encoding in {"big5", "euc-jp"} else "充电器"
    named = encoding.removesuffix("-sig")
    body = rss(f"<title>{said}</title>", head=f"<?xml version='1.0' encoding='{named}'?>")
    assert titles(body.encode(encoding)) == [said]


def test_an_encoding_that_only_the_header_names_is_used():
    body = "<rss version='2.0'><channel><item><title>充电器</title></item></channel></rss>".encode("gb18030")
    assert titles(body, content_type="application/rss+xml; charset=gb18030") == ["充电器"]


@pytest.mark.parametrize(
    "body",
    ["", " ", "没有标签", "<html><body><p>page</p></body></html>", "<!DOCTYPE html><title>页</title>", "{}", "{", "[]",
     '{"version": "https://jsonfeed.org/version/1.1"}', '{"version": "https://jsonfeed.org/version/1.1", "items": {}}',
     '{"version": 1, "items": []}', "\x00\x01", "<?xml version='1.0'?><note/>", "%PDF-1.7", "{" * 50_000],
    ids=lambda body: repr(body[:20]),
)  # fmt: skip
def test_what_is_no_feed_is_none(body):
    assert parsed(answered(body)) is None


@pytest.mark.parametrize("empty", ["<rss version='2.0'><channel><title>t</title></channel></rss>",
                                   "<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title></feed>",
                                   '{"version": "https://jsonfeed.org/version/1", "title": "t", "items": []}'])  # fmt: skip
def test_a_feed_without_entries_is_a_feed(empty):
    feed = parsed(answered(empty))
    assert (feed.title, feed.records) == ("t", [])


def test_an_answer_that_is_the_name_of_a_file_opens_none(tmp_path, monkeypatch):
    secret = tmp_path / "secret.xml"
    secret.write_text(SECRET, "utf-8")
    monkeypatch.chdir(tmp_path)
    for name in (str(secret), "secret.xml", "file://" + str(secret), "/dev/stdin"):
        assert parsed(answered(name)) is None


def test_an_answer_that_is_an_address_fetches_nothing(site):
    site.says("/", SECRET)
    assert parsed(answered(site.at("/"))) is None
    assert site.asked == []


@pytest.mark.parametrize(
    "declared", ['SYSTEM "file://{path}"', 'SYSTEM "{path}"', 'PUBLIC "x" "file://{path}"']
)
def test_entities_of_other_documents_are_not_read(tmp_path, declared):
    secret = tmp_path / "secret.txt"
    secret.write_text("机密", "utf-8")
    entity = declared.format(path=secret)
    body = f"<!DOCTYPE rss [<!ENTITY e {entity}>]><rss version='2.0'><channel><item><title>a&e;b</title></item></channel></rss>"
    feed = parsed(answered(body))
    assert "机密" not in json.dumps(feed.records if feed else [], ensure_ascii=False)


def test_entities_that_multiply_stay_small():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    body = rss("<title>&e9;</title>", head=f'<!DOCTYPE rss [<!ENTITY e0 "哈">{levels}]>')
    feed = parsed(answered(body))
    assert len(json.dumps(feed.records if feed else [])) < 10_000


@pytest.mark.parametrize("reference", ["&#x110000;", "&#1114112;", "&#99999999999999999999;", "&#xFFFFFFFF;"])
def test_a_character_that_there_is_none_of_does_not_stop_a_feed(reference):
    assert titles(rss(f"<title>好{reference}吗</title>", "<title>二</title>")) == ["好\ufffd吗", "二"]


@pytest.mark.parametrize("cut", [0.3, 0.5, 0.7, 0.9])
def test_a_feed_that_broke_off_gives_what_came(cut):
    whole = FIXTURES[-1].read_bytes()
    feed = parsed(answered(whole[: int(len(whole) * cut)]))
    assert feed is None or isinstance(feed.records, list)


def test_damaged_feeds_never_crash():
    chance = random.Random(11)
    signs = [
        b"<",
        b"&",
        b"]]>",
        b"<![CDATA[",
        b"\0",
        b"\xff\xfe",
        b"&#x110000;",
        b'xmlns=""',
        b"<?xml encoding='\xff'?>",
        b"&a;",
    ]
    for _ in range(300):
        body = bytearray(chance.choice(FIXTURES).read_bytes())
        for _ in range(chance.randint(1, 6)):
            at = chance.randrange(len(body))
            if chance.random() < 0.4:
                del body[at : at + chance.randint(1, 30)]
            else:
                body[at:at] = chance.choice(signs)
        feed = parsed(answered(bytes(body)))
        for record in feed.records if feed else ():
            try:
                mapping.post(record)
            except Unmappable:
                continue


def test_a_query_that_may_be_a_key_is_kept_nowhere_beside_posts():
    body = rss("<title>t</title><guid isPermaLink='false'>7</guid><link>p</link>")
    address = "https://me:pass@feeds.example/private?token="
    one, same, other = (
        parsed(answered(body, address + token)).records for token in ("s3cr3t", "s3cr3t", "b")
    )
    assert "s3cr3t" not in json.dumps(one)
    assert "pass" not in json.dumps(one)
    assert one == same
    assert mapping.post(one[0])["native_id"] != mapping.post(other[0])["native_id"], (
        "feeds by query are feeds of their own"
    )
    assert mapping.post(one[0])["url"] == "https://feeds.example/p"


@pytest.mark.parametrize(
    ("link", "older"),
    [
        ("<link rel='prev-archive' href='https://a.example/2026-10'/>", "https://a.example/2026-10"),
        ("<link rel='prev-archive' href='/存档/1'/>", "https://feeds.example/存档/1"),
        ("<link rel='next' href='?page=2'/>", "https://feeds.example/feed.xml?page=2"),
        (
            "<link rel='next' href='?page=2'/><link rel='prev-archive' href='/old'/>",
            "https://feeds.example/old",
        ),
        ("<link rel='next-archive' href='/newer'/>", None),
        ("<link rel='prev-archive' href='http://['/>", None),
        ("", None),
    ],
)
def test_the_page_of_older_entries_is_linked(link, older):
    feed = parsed(answered(f"<feed xmlns='http://www.w3.org/2005/Atom'><title>t</title>{link}</feed>", FEED))
    assert feed.older == older


@pytest.mark.parametrize(
    ("told", "older"),
    [
        ("/feed.json?page=2", "https://feeds.example/feed.json?page=2"),
        (7, None),
        (None, None),
        ("http://[", None),
    ],
)
def test_the_next_page_of_a_json_feed_is_linked(told, older):
    body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [], "next_url": told})
    assert parsed(answered(body)).older == older
