"""An entry of RSS, Atom, RDF or JSON Feed as a post: every field that was sent, none that was not."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.sources.rss.records import answered, records

from outlisten.sources.collecting import as_table
from outlisten.sources.connector import Unmappable
from outlisten.sources.rss import mapping
from outlisten.sources.rss.documents import parsed

FIXTURES = Path(__file__).parent / "fixtures"


def posts(name: str) -> list[dict[str, object]]:
    found = []
    for record in records(FIXTURES / name):
        try:
            found.append(mapping.post(record))
        except Unmappable:
            continue
    as_table(found)
    return [
        {column: value for column, value in post.items() if value not in (None, [], False)} for post in found
    ]


def rss(*items: str, channel: str = "") -> list[dict[str, object]]:
    """The posts of an RSS feed with these items."""
    body = "".join(f"<item>{item}</item>" for item in items)
    feed = parsed(answered(f'<rss version="2.0"><channel><title>t</title>{channel}{body}</channel></rss>'))
    return [mapping.post(record) for record in feed.records]


def item(**told: object) -> dict[str, object]:
    """The post of a JSON Feed's item."""
    return mapping.post({"feed": {"address": "https://feeds.example/feed.json"}, "item": told})


def at(*when: int) -> datetime:
    return datetime(*when, tzinfo=UTC)


def test_rss_in_chinese_and_english():
    first, second, third, fourth = posts("rss2-2026-12-01.xml")
    assert first == {
        "type": "article", "lang_given": "zh-CN", "native_id": "//feeds.example/feed.xml#gadgets-7",
        "created_at": at(2026, 11, 30, 1, 30), "title": "充电宝召回：三个批次 & 一个答案",
        "text": "第一段：电芯过热。\n\n第二段，见公告和名单。\n\n召回的充电宝", "author": "王小明",
        "url": "https://gadgets.example/2026/11/recall?utm=feed&id=7", "comments": 42, "has": ["image", "link"],
        "links": ["https://feeds.example/notice", "https://vendor.example/list"],
    }  # fmt: skip
    assert (second["author"], second["text"], second["has"]) == (
        "Ann Lee",
        "Short and sweet.",
        ["video", "audio"],
    )
    assert (second["url"], second["native_id"]) == ("https://feeds.example/2026/11/earbuds",) * 2
    assert third == {"type": "article", "lang_given": "zh-CN", "native_id": "https://gadgets.example/notes/3",
                     "url": "https://gadgets.example/notes/3", "text": "没有标题，也没有日期的短讯。"}  # fmt: skip
    assert fourth["text"] == fourth["url"] == "https://gadgets.example/only-a-link"


def test_rss_in_gb18030():
    first, second = posts("rss2-gb18030-2026-12-01.xml")
    assert (first["title"], first["author"]) == ("冬天续航缩水，㐂字也要能显示", "老司机")
    assert first["text"] == "零下十度，掉电很快。\n有人一样吗？"
    assert second["text"] == "小保养 400元\n大保养 900元"


def test_atom_with_an_edit_and_html_and_xhtml():
    first, second = posts("atom-2026-12-01.xml")
    assert (first["native_id"], first["title"], first["author"]) == (
        "tag:notes.example,2026:3",
        "Version 3 <is> here",
        "李雷",
    )
    assert (first["created_at"], first["edited_at"]) == (at(2026, 11, 20, 2), at(2026, 11, 25, 12, 30))
    assert first["text"] == "Faster\n更省电\n\nSee all."
    assert first["links"] == ["https://notes.example/all"]
    assert (second["text"], second["created_at"]) == ("修好了三个问题。", at(2026, 10, 2))
    assert "edited_at" not in second


def test_rdf_with_a_time_and_with_a_day_only():
    first, second = posts("rdf-2026-12-01.xml")
    assert (first["native_id"], first["author"], first["text"]) == (
        "https://labs.example/a",
        "张伟",
        "循环一千次。",
    )
    assert (first["created_at"], first.get("date_only")) == (at(2026, 11, 30, 8), None)
    assert (second["created_at"], second["date_only"]) == (at(2026, 11, 29), True)


def test_json_feed():
    first, second, third = posts("jsonfeed-2026-12-01.json")
    assert first == {
        "type": "article", "lang_given": "zh-Hans", "native_id": "https://micro.example/2", "url": "https://micro.example/2",
        "created_at": at(2026, 12, 1, 1), "edited_at": at(2026, 12, 1, 1, 10), "text": "今天的咖啡不错。地址",
        "author": "小红", "has": ["audio", "image", "link"], "links": ["https://cafe.example/"],
    }  # fmt: skip
    assert second["text"] == "Short  comment\nin two lines.", "plain text stays as it is"
    assert (second["author"], second["url"]) == ("Ann", "https://elsewhere.example/story")
    assert third == {
        "type": "article",
        "lang_given": "zh-Hans",
        "native_id": "//feeds.example/feed.xml#3",
        "text": "只有摘要",
    }


def test_an_entry_that_says_nothing_is_told_apart_from_one_that_has_only_a_link():
    with pytest.raises(Unmappable, match="no title, no text and no link"):
        rss("<pubDate>Mon, 30 Nov 2026 09:30:00 GMT</pubDate>")
    with pytest.raises(Unmappable, match="no object"):
        mapping.post({"feed": {"address": "https://a.example/"}, "item": "文字"})
    assert rss("<link>https://a.example/1</link>")[0]["text"] == "https://a.example/1"


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("editor@gadgets.org (Ann Lee)", "Ann Lee"),
        ("editor@gadgets.online (王小明)", "王小明"),
        ("王小明 &lt;wang@电池.中国&gt;", "王小明"),
        ("Ann Lee (ann@gadgets.technology)", "Ann Lee"),
        ("ann@gadgets.example", "ann@gadgets.example"),
        ("老司机（十年车主）", "老司机（十年车主）"),
        ("Bob (Bobby) Smith", "Bob (Bobby) Smith"),
        ("&lt;b&gt;小李&lt;/b&gt;", "小李"),
        ("  ", None),
    ],
)
def test_the_author_is_a_name_without_its_mail_address(written, name):
    assert rss(f"<title>t</title><author>{written}</author>")[0]["author"] == name


def test_several_ways_to_name_the_author_of_a_json_item():
    assert (
        item(title="t", authors=[{"name": ""}, {"name": "小红"}], author={"name": "旧"})["author"] == "小红"
    )
    assert item(title="t", author={"name": "旧"})["author"] == "旧"
    for authors in (None, "小红", [None, "小红"], {"name": "小红"}, [[]]):
        assert item(title="t", authors=authors, attachments=authors)["author"] is None


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://a.example/文章?x=1", "https://a.example/文章?x=1"),
        ("/文章", "https://feeds.example/文章"),
        ("post.html", "https://feeds.example/post.html"),
        ("//b.example/1", "https://b.example/1"),
        ("javascript:alert(1)", None),
        ("data:text/html,坏", None),
        ("mailto:me@a.example", None),
        ("http://[", None),
        ("file:///etc/passwd", None),
    ],
)
def test_the_address_of_a_post_is_whole_and_of_the_web_or_missing(link, address):
    assert rss(f"<title>t</title><link>{link}</link>")[0]["url"] == address
    assert item(title="t", url=link)["url"] == address


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("Mon, 30 Nov 2026 09:30:00 GMT", at(2026, 11, 30, 9, 30)),
        ("Mon, 30 Nov 2026 09:30:00 +0800", at(2026, 11, 30, 1, 30)),
        ("2026-11-30T09:30:00+08:00", at(2026, 11, 30, 1, 30)),
        ("2026-11-30 09:30:00", at(2026, 11, 30, 9, 30)),
        ("2026/11/30 09:30", at(2026, 11, 30, 9, 30)),
        ("2026年11月30日 9:30", at(2026, 11, 30, 9, 30)),
        ("2026年11月30日 下午3:30", at(2026, 11, 30, 15, 30)),
        ("2026年13月45日", None),
        ("2026年", None),
        ("yesterday", None),
        ("Thu, 01 Jan 1970 00:00:00 GMT", None),
        ("Mon, 30 Nov 9999 09:30:00 GMT", None),
        ("", None),
    ],
)
def test_a_date_is_of_a_zone_or_missing(said, written):
    assert rss(f"<title>t</title><pubDate>{said}</pubDate>")[0]["created_at"] == written


@pytest.mark.parametrize(
    "said", ["2026-11-30", "2026/11/30", "2026.11.30", "2026年11月30日", " 2026 年 11 月 30 号 "]
)
def test_a_day_without_a_time_is_a_day_and_not_the_one_it_is_now(said):
    (post,) = rss(f"<title>t</title><pubDate>{said}</pubDate>")
    assert (post["created_at"], post["date_only"]) == (at(2026, 11, 30), True)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("2026-11-30T09:30:00+08:00", at(2026, 11, 30, 1, 30)), ("2026-11-30T09:30:00.5Z", at(2026, 11, 30, 9, 30, 0, 500000)),
        ("2026-11-30T09:30:00", at(2026, 11, 30, 9, 30)), ("0001-01-01T00:00:00+14:00", None), ("去年", None), (None, None),
        (20261130, at(2026, 11, 30)), ([], None), ("9999-12-31T23:59:59-14:00", None),
    ],
)  # fmt: skip
def test_a_date_of_json_feed_is_of_a_zone_or_missing(said, written):
    assert item(title="t", date_published=said)["created_at"] == written


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("zh-CN", "zh-CN"),
        ("zh_Hans_CN", "zh-Hans-CN"),
        (" en ", "en"),
        ("中文", None),
        ("x" * 50, None),
        ("english please", None),
    ],
)
def test_the_language_is_one_that_has_a_name_or_missing(said, language):
    assert rss("<title>t</title>", channel=f"<language>{said}</language>")[0]["lang_given"] == language


@pytest.mark.parametrize(
    ("said", "comments"), [("0", 0), ("12", 12), ("", None), ("-1", None), ("很多", None), ("9" * 30, None)]
)
def test_comments_are_counted_or_missing_and_never_zero_by_default(said, comments):
    slash = f'<c xmlns="http://purl.org/rss/1.0/modules/slash/"><comments>{said}</comments></c>'
    told = slash.replace("<c ", "<title>t</title><x ").replace("</c>", "</x>")
    assert rss(told)[0]["comments"] == comments
    assert rss("<title>t</title>")[0]["comments"] is None


def test_ids_that_are_unique_only_in_their_feed_are_told_apart_by_it():
    one = '<title>t</title><guid isPermaLink="false">123</guid>'
    here, there = (
        mapping.post(
            parsed(
                answered(f'<rss version="2.0"><channel>{f"<item>{one}</item>"}</channel></rss>', address)
            ).records[0]
        )
        for address in ("https://a.example/feed", "https://b.example/feed")
    )
    assert here["native_id"] == "//a.example/feed#123"
    assert there["native_id"] == "//b.example/feed#123"


def test_entries_without_an_id_that_share_a_link_are_told_apart_by_title():
    link = "<link>https://status.example/</link>"
    first, second, third = rss(
        f"<title>中断</title>{link}", f"<title>恢复</title>{link}", f"<description>维护</description>{link}"
    )
    ids = [one["native_id"] for one in (first, second, third)]
    assert ids == [f"https://status.example/#{said}" for said in ("中断", "恢复", "维护")]
    assert rss(f"<title>中断</title>{link}")[0]["native_id"] == "https://status.example/", (
        "alone, a link names it"
    )


def test_a_title_may_be_html_and_an_edit_must_be_later():
    entry = "<title>&lt;b&gt;大&lt;/b&gt;标题 &amp;amp; more</title>"
    assert rss(entry)[0]["title"] == "大标题 & more"
    same = item(title="t", date_published="2026-11-30T00:00:00Z", date_modified="2026-11-30T00:00:00Z")
    assert same["edited_at"] is None
