"""What may be typed next in a query box."""

from __future__ import annotations

import pytest

from outlisten.app.listening.models import Topic

pytestmark = pytest.mark.usefixtures("posts", "archive")


def offered(client, before: str) -> list[tuple[str, int, str]]:
    answer = client.get("/listen/completions", {"before": before}).json()
    return [(one["text"], one["back"], one["hint"]) for one in answer["options"]]


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("queue plat", [("platform:", 4, "来源")]),
        ("排队 来", [("来源:", 1, "platform")]),
        ("平台 语", [("语言:", 1, "lang")]),
        ("queue NEA", [("NEAR/4", 3, ""), ("NEAR/s", 3, "")]),
        ("p", []),  # the beginning of too many words
        ("queue hors", []),
        ("排队", []),
        ("", []),
    ],
)
def test_a_field_or_an_operator_is_offered_for_its_beginning(browser, before, expected):
    assert offered(browser("viewer"), before) == expected


def test_values_are_those_that_posts_have_the_most_frequent_first(browser, pages_store, make_posts):
    pages_store.add(make_posts({"native_id": "d1", "platform": "mastodon"}))
    texts = [text for text, _, _ in offered(browser("viewer"), "platform:")]
    assert texts[:3] == ["x", "weibo", "mastodon"]
    assert offered(browser("analyst"), "queue 来源:微")[0] == ("微博", 1, "weibo")
    assert offered(browser("admin"), "platform:(x OR mas") == [("mastodon", 3, "")]


def test_saved_queries_are_offered_by_name(browser):
    Topic.objects.create(name="两个 词", query="排队")
    assert offered(browser("viewer"), "query:两") == [('"两个 词"', 1, "")]


def test_who_may_not_read_private_messages_is_not_told_of_their_values(browser, pages_store, make_posts):
    pages_store.add(make_posts({"native_id": "m1", "platform": "whisper", "type": "message", "text": "a"}))
    assert offered(browser("agency"), "platform:whi") == []
    assert offered(browser("responder"), "platform:whi") == [("whisper", 3, "")]


def test_only_who_may_search_is_told(client):
    assert client.get("/listen/completions", {"before": "platform:"}).status_code in (302, 403)
