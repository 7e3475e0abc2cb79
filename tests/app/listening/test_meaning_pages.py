"""Searching by meaning on its page, posts like a post, and who sees what of it."""

from __future__ import annotations

import re
from html import unescape

import pytest

from outlisten.app.listening import meaning
from outlisten.pipeline.meaning import give_vectors
from outlisten.posts.identity import post_id

pytestmark = pytest.mark.usefixtures("archive")
ALL = "period=all&voice=all"


@pytest.fixture
def read(posts):
    """The posts, each with its vector."""
    give_vectors(posts)
    return posts


def identifier(native_id: str, platform: str = "x") -> str:
    return post_id(platform, native_id, author=None, created_at=None, text="")


def shown(page: str) -> list[str]:
    """The posts of a page, in order."""
    return re.findall(r'data-post="([0-9a-f]{16})"', page)


def reasons(page: str) -> list[str]:
    return [unescape(one) for one in re.findall(r'ls-answer-why">(.*?)</p>', page)]


@pytest.mark.parametrize("asked", ["排队要等两个小时", "we waited far too long in the queue"])
def test_a_question_in_one_language_finds_posts_in_both(read, browser, asked):
    page = browser("viewer").get(f"/listen/meaning/result?{ALL}&m={asked}").content.decode()
    assert {identifier("q1"), identifier("q3", "weibo")} <= set(shown(page))
    assert len(reasons(page)) == len(shown(page))


def test_each_post_says_why_in_the_readers_language(read, browser):
    chinese = (
        browser("viewer", language="zh-hans")
        .get(f"/listen/meaning/result?{ALL}&m=排队要等两个小时")
        .content.decode()
    )
    assert any(
        reason.startswith("含有您的词：排队") and "意思相似度：0." in reason for reason in reasons(chinese)
    )
    assert "<mark>排队</mark>" in chinese


def test_the_page_keeps_the_question_and_offers_filters_that_keep_it_too(read, browser):
    page = browser("viewer").get("/listen/meaning?m=long+queue&lang=zh").content.decode()
    assert 'value="long queue"' in page
    links = re.findall(r'href="\?([^"]*)"', page)
    assert links
    assert all("m=long+queue" in unescape(link) for link in links)
    assert 'hx-get="/listen/meaning/result?' in page


def test_filters_narrow_what_is_found(read, browser):
    page = browser("viewer").get(f"/listen/meaning/result?{ALL}&lang=zh&m=long queue").content.decode()
    assert set(shown(page)) <= {identifier("q3", "weibo"), identifier("q4", "weibo")}


@pytest.mark.parametrize("asked", ["", "!!!", "%3Cscript%3Ealert(1)%3C/script%3E", "x" * 5_000, "%00"])
def test_any_text_is_answered_in_a_sentence(read, browser, asked):
    for path in ("/listen/meaning", "/listen/meaning/result"):
        answer = browser("viewer", email=f"{len(path)}{len(asked)}@example.org").get(f"{path}?m={asked}")
        assert answer.status_code == 200
        assert b"<script>alert(1)" not in answer.content


def test_a_private_message_is_found_by_nobody_who_may_not_read_it(posts, browser, make_posts):
    posts.add(
        make_posts(
            {"native_id": "m", "type": "message", "text": "two hours in the queue, call me", "thread": "q1"}
        )
    )
    give_vectors(posts)
    for path in (
        f"/listen/meaning/result?{ALL}&m=two hours in the queue",
        f"/posts/{identifier('q1')}/alike",
    ):
        assert (
            "call me" in browser("responder", email=f"lead{len(path)}@example.org").get(path).content.decode()
        )
        assert (
            "call me"
            not in browser("agency", email=f"agency{len(path)}@example.org").get(path).content.decode()
        )


def test_a_post_shows_others_like_it_and_not_itself(read, browser):
    page = browser("viewer").get(f"/posts/{identifier('q1')}/alike").content.decode()
    assert identifier("q3", "weibo") in shown(page)
    assert identifier("q1") not in shown(page)
    assert browser("owner").get("/posts/0123456789abcdef/alike").status_code == 404


def test_posts_without_vectors_are_counted_until_the_thread_gave_them_theirs(posts, browser, monkeypatch):
    page = browser("viewer").get(f"/listen/meaning/result?{ALL}&m=queue").content.decode()
    assert "8 posts have not been read for their meaning yet" in page
    assert identifier("q1") in shown(page), "found by its words"
    meaning.posts_came_in()
    assert meaning.work_off() == 0, "an import may go on"
    monkeypatch.setattr(meaning, "_last_posts", -100.0)
    assert meaning.work_off() == 8
    assert meaning.work_off() == 0
