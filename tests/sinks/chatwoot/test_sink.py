"""A conversation is opened once, wherever an earlier try stopped, and holds words of posts as words."""

from __future__ import annotations

import hmac
import re

import pytest
from tests.sinks.sending import Channel, answers, hostile, long, message

from outlisten.sinks.chatwoot.sink import Chatwoot
from outlisten.sinks.chatwoot.writing import MOST, NAME, contact, content, source_id
from outlisten.sources.problems import WrongOption

TOLD = answers("chatwoot")
INBOX = TOLD.secrets["inbox"]
CONVERSATIONS = "GET /public/api/v1/inboxes/*/contacts/outlisten-*/conversations"


def steps(channel):
    return [f"{request.method} {request.url.path.split('/')[-1]}" for request in channel.asked]


def test_a_message_is_a_contact_a_conversation_and_a_message():
    channel = TOLD.channel()
    TOLD.sink(Chatwoot, channel).deliver(message(urgent=True))
    assert steps(channel) == ["POST contacts", "GET conversations", "POST conversations", "POST messages"]
    assert channel.sent[0]["name"] == "Outlisten · 充电宝：负面声音增多"
    assert channel.sent[-1] == {
        "content": "**紧急\\: 充电宝：负面声音增多**\n\n三小时内 42 条，平时 6 条。 · [最早的一条](https://example.org/p/1?a=1&b=2)\n\n"
        "[在 Outlisten 中查看](https://listen.example/alerts/7)"
    }


@pytest.mark.parametrize(
    ("standing", "then"),
    [
        ([], ["POST conversations", "POST messages"]),
        ([{"id": 42, "messages": []}], ["POST messages"]),
        ([{"id": 42, "messages": [{"id": 99, "content": "…"}]}], []),
    ],
    ids=["before the conversation", "before the message", "after the message"],
)
def test_a_message_goes_on_where_an_earlier_try_stopped(standing, then):
    channel = TOLD.channel({"instead": {CONVERSATIONS: {"json": standing}}})
    assert TOLD.sink(Chatwoot, channel).deliver(message()).native_id == "42"
    assert steps(channel) == ["POST contacts", "GET conversations", *then]


def test_a_contact_stays_the_same_and_can_be_worked_out_by_nobody_else():
    assert source_id("a", INBOX) == source_id("a", INBOX)
    assert (
        len({source_id(key, inbox) for key in ("a", "b", "提醒") for inbox in (INBOX, "another-inbox")}) == 6
    )


def test_an_inbox_that_asks_for_proof_gets_it():
    made = contact(message(), INBOX, "身份密钥")
    assert made["identifier"] == made["source_id"]
    assert (
        made["identifier_hash"]
        == hmac.digest("身份密钥".encode(), made["source_id"].encode(), "sha256").hex()
    )
    assert "identifier" not in contact(message(), INBOX)


def test_words_of_a_post_are_words():
    text = content(hostile())
    words = re.sub(r"(?<=\])\([^)]*\)", "", text).replace("\\\\", "").replace("**", "")
    assert not re.search(r"(?<!\\)[<>*_`~|!]", words)
    assert not re.search(r"[@#]\w|://\w", words)
    assert re.findall(r"(?<!\\)\]\(([^)]*)\)", text) == [
        "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一", "https://listen.example/alerts/7",
    ]  # fmt: skip


def test_a_long_message_keeps_to_the_limits_and_says_where_the_rest_is():
    text = content(long(title="长" * 900))
    assert MOST - 500 < len(text) <= MOST
    assert "完整内容请在 Outlisten 中查看" in text
    assert len(contact(long(title="长" * 900), INBOX)["name"]) == NAME


@pytest.mark.parametrize("inbox", ["../../api/v1/profile", "收件箱标识符标识符", "short"])
def test_what_is_no_identifier_is_refused_without_being_shown(inbox):
    with pytest.raises(WrongOption) as found:
        Channel({}).sink(Chatwoot, {}, {"inbox": inbox})
    assert inbox not in str(found.value)
    assert "收件箱标识符" in found.value.text("zh-hans")


def test_a_check_names_the_inbox():
    assert TOLD.sink(Chatwoot, TOLD.channel()).check().where == "品牌聆听"
