from __future__ import annotations

import json
import re
from html import unescape

import pytest

from outlisten.app.listening.models import Brand, Topic
from outlisten.posts.identity import post_id

pytestmark = pytest.mark.usefixtures("archive")


def identifier(native_id: str, platform: str = "x") -> str:
    return post_id(platform, native_id, author=None, created_at=None, text="")


def test_a_post_stands_in_its_conversation(posts, browser):
    page = browser("viewer").get(f"/posts/{identifier('q1')}").content.decode()
    assert "The queue was two hours long" in page
    assert "We are sorry, tell us which branch" in page


def reasons(page: str) -> list[str]:
    """The lines under *Why this post*, without their marks-up."""
    lines = re.findall(r'<li class="is-in-.*?</li>', page, re.S)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", line)).split()) for line in lines]


def test_a_post_opened_from_a_query_says_why_it_matched(posts, browser):
    asked = f"/posts/{identifier('q3', 'weibo')}?q=(排队 OR queue) -热情"
    page = browser("viewer").get(asked).content.decode()
    assert "<mark>排队</mark>" in page
    assert "Why this post" in page
    assert reasons(page) == [
        "yes contain “排队” or “queue”", "yes contain “排队”", "no contain “queue”", "yes do not contain “热情”",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("language", "title", "line"),
    [
        ("en", "Why not this post", "Does: contain “排队”. Does not: contain “免费”"),
        ("zh-hans", "为什么没找到这条帖子", "符合：包含“排队”。不符合：包含“免费”"),
    ],
)
def test_a_topic_is_asked_whether_it_finds_a_post(posts, browser, language, title, line):
    Topic.objects.create(name="Free queues", query="排队 免费")
    client, address = browser("viewer", language=language), f"/posts/{identifier('q3', 'weibo')}"
    assert '<option value="排队 免费">Free queues</option>' in client.get(address).content.decode()
    page = client.get(address, {"q": "排队 免费"}).content.decode()
    assert title in page
    assert line in page
    assert '<option value="排队 免费" selected>' in page


def test_marks_that_nobody_sees_are_named(posts, browser):
    page = browser("viewer").get(f"/posts/{identifier('q7')}").content.decode()
    assert "RIGHT-TO-LEFT OVERRIDE" in page
    assert "ZERO WIDTH SPACE" in page


def test_an_address_that_would_run_is_no_link(posts, browser):
    page = browser("viewer").get(f"/posts/{identifier('q5')}").content.decode()
    assert 'href="javascript' not in page
    assert "<script>alert" not in page


def test_a_very_long_text_is_cut_until_asked_for(pages_store, make_posts, browser):
    pages_store.add(make_posts({"native_id": "long", "text": "开头" + "长" * 200_000 + "结尾"}))
    viewer, address = browser("viewer"), f"/posts/{identifier('long')}"
    assert "结尾" not in viewer.get(address).content.decode()
    assert "180,004 more characters" in viewer.get(address).content.decode()
    assert "结尾" in viewer.get(f"{address}?whole=1").content.decode()


def test_the_record_as_it_came_is_shown_to_those_who_may_see_it(pages_store, make_posts, browser):
    raw = json.dumps({"id": 9, "text": "</pre><script>"})
    pages_store.add(make_posts({"native_id": "raw", "text": "hello", "raw": raw}))
    address = f"/posts/{identifier('raw')}"
    assert "&lt;/pre&gt;&lt;script&gt;" in browser("analyst").get(address).content.decode()
    assert "&lt;script&gt;" not in browser("viewer").get(address).content.decode()


@pytest.mark.parametrize("name", ["0000000000000000", "nonsense", "ABCDEFABCDEFABCD", "1'OR'1'='1'-----"])
def test_a_post_we_do_not_hold_is_no_page(posts, browser, name):
    assert browser("viewer").get(f"/posts/{name}").status_code == 404


def test_a_handle_without_a_name_is_shown_as_a_handle(pages_store, make_posts, browser):
    pages_store.add(
        make_posts({"native_id": "h1", "author_handle": "harbour_fan", "text": "We waited an hour"})
    )
    page = browser("viewer").get(f"/posts/{identifier('h1')}").content.decode()
    assert '<bdi class="ol-who">@harbour_fan</bdi>' in page


def of_whom(page: str) -> list[tuple[str, str, str]]:
    """(whom, tone, words with their marks) of each line under *What is said of whom*."""
    lines = re.findall(r'<li data-target="(.*?)">.*?ol-tone is-(\w+)".*?<q[^>]*>(.*?)</q>', page, re.S)
    return [(unescape(name), tone, unescape(words)) for name, tone, words in lines]


@pytest.mark.parametrize(
    ("text", "sentiment", "language", "expected"),
    [
        (
            "海港很好，但是山谷的服务太差了", "negative", "zh-hans",
            [("Harbour", "positive", "<mark>海港很好</mark>，但是山谷的服务太差了"),
             ("Valley", "negative", "海港很好，<mark>但是山谷的服务太差了</mark>"),
             ("服务", "negative", "海港很好，<mark>但是山谷的服务太差了</mark>")],
        ),
        ("电池太差了", "negative", "zh-hans", []),
        ("电池太差了", "positive", "zh-hans", [("电池", "negative", "<mark>电池太差了</mark>")]),
        ("The Harbour app is terrible", "negative", "en",
         [("Harbour", "negative", "<mark>The Harbour app is terrible</mark>"),
          ("software", "negative", "<mark>The Harbour app is terrible</mark>")]),
        ("I love Harbour", "positive", "en", []),
        ("Good morning", "neutral", "en", []),
    ],
)  # fmt: skip
def test_what_is_said_of_whom_stands_where_it_says_more_than_the_tone(
    pages_store, make_posts, brands, browser, text, sentiment, language, expected
):
    lang = "zh" if not text.isascii() else "en"
    pages_store.add(make_posts({"native_id": "w", "text": text, "lang": lang, "sentiment": sentiment}))
    page = browser("viewer", language=language).get(f"/posts/{identifier('w')}").content.decode()
    assert of_whom(page) == expected
    title = {"en": "What is said of whom", "zh-hans": "对谁说了什么"}[language]
    assert (title in page) is bool(expected)


def test_many_targets_are_folded_up_and_hostile_ones_are_text(pages_store, make_posts, archive, browser):
    Brand.objects.create(name="<b>Eve</b>", query="eve")
    text = "eve is bad <i>, screen good, battery bad, camera good, price bad, delivery good, taste bad, size good"
    pages_store.add(make_posts({"native_id": "m", "text": text, "lang": "en"}))
    page = browser("viewer").get(f"/posts/{identifier('m')}").content.decode()
    panel = page.partition('id="of-whom"')[2].partition("</section>")[0]
    assert len(of_whom(panel)) == 8
    assert len(of_whom(panel.partition("<details>")[2])) == 2
    assert "2 more" in panel
    assert "<b>Eve" not in page
    assert "<i>" not in panel
