"""An issue is created once, holds words of posts as words, and fits."""

from __future__ import annotations

import base64
import json
import re

import pytest
from tests.sinks.sending import HOSTILE, Channel, answers, hostile, long, message

from outlisten.sinks.jira.sink import Jira
from outlisten.sinks.jira.writing import MOST, SUMMARY, document, fields, label, wiki
from outlisten.sources.problems import WrongOption

TOLD = answers("jira")
SERVER = {**TOLD.options, "site": "https://jira.brand.example/jira/", "edition": "server", "user": ""}


def test_an_issue_has_a_document_and_the_label_of_its_message():
    channel = TOLD.channel()
    TOLD.sink(Jira, channel).deliver(message())
    assert channel.sent == [
        {"fields": {
            "project": {"key": "CARE"}, "issuetype": {"name": "Task"}, "summary": "充电宝：负面声音增多",
            "labels": ["outlisten", label("alert-7-2026-12-01")],
            "description": {"type": "doc", "version": 1, "content": [
                {"type": "paragraph", "content": [
                    {"type": "text", "text": "三小时内 42 条，平时 6 条。"}, {"type": "text", "text": " · "},
                    {"type": "text", "text": "最早的一条", "marks": [
                        {"type": "link", "attrs": {"href": "https://example.org/p/1?a=1&b=2"}}]}]},
                {"type": "paragraph", "content": [
                    {"type": "text", "text": "在 Outlisten 中查看", "marks": [
                        {"type": "link", "attrs": {"href": "https://listen.example/alerts/7"}}]}]}]},
        }}
    ]  # fmt: skip


def test_a_message_that_is_tried_again_makes_no_second_issue():
    """The answer to the first try was lost: the issue stands, and is found by its label."""
    issue = {"id": "10000", "key": "CARE-24", "fields": {"labels": ["outlisten", label(message().key)]}}
    channel = TOLD.channel(
        {"instead": {"GET /rest/api/3/search/jql?*": {"json": {"issues": [issue], "isLast": True}}}}
    )
    found = TOLD.sink(Jira, channel).deliver(message())
    assert (found.native_id, found.url) == ("CARE-24", "https://brand.atlassian.net/browse/CARE-24")
    assert [request.method for request in channel.asked] == ["GET"]
    assert channel.asked[0].url.params["jql"] == f'labels = "{label(message().key)}"'


@pytest.mark.parametrize("key", ["alert-7", "提醒 7", 'x" OR project = CARE', "a" * 900])
def test_a_label_is_one_word_of_plain_letters_and_tells_keys_apart(key):
    assert re.fullmatch(r"outlisten-[0-9a-f]{32}", label(key))
    assert label(key) == label(key) != label(key + "!")


def test_the_cloud_takes_mail_address_and_token_and_a_server_its_own_token():
    cloud, server = TOLD.channel(), Channel({
        "GET /jira/rest/api/2/search?*": {"json": {"issues": []}},
        "POST /jira/rest/api/2/issue": {"status": 201, "json": {"key": "CARE-1"}},
    })  # fmt: skip
    TOLD.sink(Jira, cloud).deliver(message())
    found = server.sink(Jira, SERVER, TOLD.secrets).deliver(message())
    basic = base64.b64encode(b"listening@brand.example:ATATT3xFfGF0secretsecretsecret").decode()
    assert {one.headers["authorization"] for one in cloud.asked} == {f"Basic {basic}"}
    assert {one.headers["authorization"] for one in server.asked} == {"Bearer ATATT3xFfGF0secretsecretsecret"}
    assert found.url == "https://jira.brand.example/jira/browse/CARE-1"
    assert server.sent[0]["fields"]["description"].startswith(
        "三小时内 42 条，平时 6 条。 · [最早的一条|https://example.org/"
    )


def test_the_cloud_needs_a_mail_address():
    with pytest.raises(WrongOption) as found:
        Channel({}).sink(Jira, {**TOLD.options, "user": ""}, TOLD.secrets)
    assert found.value.text("zh-hans") == "账号邮箱（Jira Cloud）：请填写"


def test_a_post_mentions_nobody_in_a_document():
    made = document(hostile())
    nodes = [node for paragraph in made["content"] for node in paragraph["content"]]
    assert {node["type"] for node in nodes} == {"text"}
    assert nodes[0] == {"type": "text", "text": " ".join(HOSTILE.split())}
    hrefs = [mark["attrs"]["href"] for node in nodes for mark in node.get("marks", [])]
    assert hrefs == ["https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一", "https://listen.example/alerts/7"]


def test_a_post_mentions_nobody_and_runs_no_macro_in_wiki_markup():
    text = wiki(hostile())
    assert re.findall(r"\[[^\]|]*\|([^\]]*)\]", text) == [
        "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一", "https://listen.example/alerts/7",
    ]  # fmt: skip
    words = re.sub(r"\|https://[^\]]*\]", "", text)
    assert not re.search(r"[{}!*_`~|\\^+]", words)
    assert words.count("[") == 2


@pytest.mark.parametrize("in_wiki", [True, False])
def test_a_long_message_keeps_to_the_limits_and_says_where_the_rest_is(in_wiki):
    made = fields(long(title="长" * 900, urgent=True), project="A", issue_type="Task", in_wiki=in_wiki)
    text = made["description"] if in_wiki else json.dumps(made["description"], ensure_ascii=False)
    assert MOST - 500 < len(text) <= MOST
    assert "完整内容请在 Outlisten 中查看。" in text
    assert len(made["summary"]) == SUMMARY


def test_a_check_names_the_account_and_the_project():
    found = TOLD.sink(Jira, TOLD.channel()).check()
    assert (found.who, found.where) == ("聆听", "客户关怀")
