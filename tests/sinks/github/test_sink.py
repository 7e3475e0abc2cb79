"""An issue is created once, refers to nothing and mentions nobody, and fits."""

from __future__ import annotations

import re

import pytest
from tests.sinks.sending import Channel, answers, hostile, long, message

from outlisten.sinks.github.sink import GitHub
from outlisten.sinks.github.writing import MOST, TITLE, issue, mark
from outlisten.sinks.message import Line, Link
from outlisten.sources.problems import WrongOption

TOLD = answers("github")
TOKEN = TOLD.secrets["token"]


def made(one):
    return issue(one, token=TOKEN, labels=("outlisten",))


def other(number, body=None, created="2026-12-01T12:30:00Z"):
    return {
        "number": number,
        "html_url": f"https://github.com/brand/care/issues/{number}",
        "body": body,
        "created_at": created,
    }


def test_an_issue_has_sentences_links_and_a_hidden_mark():
    assert made(message(urgent=True)) == {
        "title": "紧急: 充电宝：负面声音增多",
        "body": "三小时内 42 条，平时 6 条。 · [最早的一条](https://example.org/p/1?a=1&b=2)\n\n"
        "[在 Outlisten 中查看](https://listen.example/alerts/7)\n\n" + mark("alert-7-2026-12-01", TOKEN),
        "labels": ["outlisten"],
    }


@pytest.mark.parametrize("place", [0, 57, 130])
def test_a_message_that_is_tried_again_makes_no_second_issue(place):
    """The answer to the first try was lost: the issue stands, maybe behind a hundred others."""
    issues = [other(number, "别的") for number in range(150)]
    issues[place] = other(1347, f"好\n\n{mark(message().key, TOKEN)}")
    channel = TOLD.channel({"instead": {
        "GET /repos/brand/care/issues?*&page=1": {"json": issues[:100]},
        "GET /repos/brand/care/issues?*&page=2": {"json": issues[100:]},
    }})  # fmt: skip
    found = TOLD.sink(GitHub, channel).deliver(message())
    assert (found.native_id, found.url) == ("1347", "https://github.com/brand/care/issues/1347")
    assert {request.method for request in channel.asked} == {"GET"}
    assert channel.asked[0].url.params["since"] == "2026-12-01T11:00:00Z"


@pytest.mark.parametrize(
    "body", [None, "", mark("another", TOKEN), mark(message().key, "another token"), "<!-- outlisten -->"]
)
def test_an_issue_of_others_does_not_pass_for_ours(body):
    channel = TOLD.channel({"instead": {"GET /repos/brand/care/issues?*": {"json": [other(1, body)]}}})
    assert TOLD.sink(GitHub, channel).deliver(message()).native_id == "1347"
    assert [request.method for request in channel.asked] == ["GET", "POST"]


def test_older_issues_are_not_looked_through():
    page = [other(number, created="2026-11-30T00:00:00Z") for number in range(100)]
    channel = TOLD.channel({"instead": {"GET /repos/brand/care/issues?*": {"json": page}}})
    TOLD.sink(GitHub, channel).deliver(message())
    assert len(channel.asked) == 2


def test_a_post_mentions_nobody_refers_to_nothing_and_is_no_markup():
    one = made(hostile())
    words = re.sub(r"(?<=\])\([^)]*\)|<!--.*-->", "", one["body"])
    assert not re.search(r"[@#]\w|GH-\d|://\w|www\.\w", one["title"] + words)
    assert not re.search(r"(?<!\\)[<>*_`~|!]", words.replace("\\\\", ""))
    assert re.findall(r"(?<!\\)\]\(([^)]*)\)", one["body"]) == [
        "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一", "https://listen.example/alerts/7",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("https://github.com/octo/repo/issues/9", "https://redirect.github.com/octo/repo/issues/9"),
        ("https://www.github.com/octo", "https://redirect.github.com/octo"),
        ("https://github.com.evil.example/x", "https://github.com.evil.example/x"),
        ("https://gist.github.com/x", "https://gist.github.com/x"),
    ],
)
def test_an_issue_of_others_is_linked_to_without_its_noticing(url, written):
    assert f"[看]({written})" in made(message(Line("", (Link("看", url),))))["body"]


def test_a_long_message_keeps_to_the_limits_and_says_where_the_rest_is():
    one = made(long(title="长" * 900, urgent=True))
    assert MOST - 500 < len(one["body"]) <= MOST
    assert len(one["title"]) == TITLE
    assert "完整内容请在 Outlisten 中查看" in one["body"]


@pytest.mark.parametrize(
    "repository", ["brand", "brand/care/issues", "../../user", "brand/..", "https://evil.example/a/b"]
)
def test_what_is_no_repository_is_refused(repository):
    with pytest.raises(WrongOption) as found:
        Channel({}).sink(GitHub, {"repository": repository}, TOLD.secrets)
    assert found.value.text("zh-hans") == "仓库：仓库请写作 所有者/名称"


def test_a_repository_may_be_given_by_its_address():
    channel = TOLD.channel()
    found = channel.sink(GitHub, {"repository": "https://github.com/brand/care/"}, TOLD.secrets).check()
    assert (found.who, found.where) == ("brand-listening", "brand/care")
