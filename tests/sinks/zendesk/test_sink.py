"""A ticket is created once, as an internal note in which words of posts are words."""

from __future__ import annotations

import base64
import re

import pytest
from tests.sinks.sending import HOSTILE, answers, hostile, long, message

from outlisten.sinks.zendesk.sink import Zendesk
from outlisten.sinks.zendesk.writing import MOST, SUBJECT, external_id, ticket
from outlisten.sources.html_text import html_text, links
from outlisten.sources.problems import CredentialRefused

TOLD = answers("zendesk")


def test_a_ticket_is_an_internal_note_with_the_id_of_its_message():
    channel = TOLD.channel()
    TOLD.sink(Zendesk, channel).deliver(message(urgent=True))
    assert channel.sent == [{"ticket": {
        "subject": "充电宝：负面声音增多",
        "comment": {
            "html_body": '<p>三小时内 42 条，平时 6 条。 · <a href="https://example.org/p/1?a=1&amp;b=2">最早的一条</a></p>\n'
            '<p><a href="https://listen.example/alerts/7">在 Outlisten 中查看</a></p>\n',
            "public": False,
        },
        "external_id": external_id("alert-7-2026-12-01"), "tags": ["outlisten", "outlisten_alert"], "priority": "urgent",
    }}]  # fmt: skip
    basic = base64.b64encode(f"listening@brand.example/token:{TOLD.secrets['token']}".encode()).decode()
    assert {request.headers["authorization"] for request in channel.asked} == {f"Basic {basic}"}
    assert channel.asked[1].headers["idempotency-key"] == external_id("alert-7-2026-12-01")


def test_a_message_that_is_tried_again_makes_no_second_ticket():
    """The answer to the first try was lost, and its idempotency key has expired: the ticket stands, and is found."""
    ours = {"id": 35436, "external_id": external_id(message().key)}
    channel = TOLD.channel({"instead": {"GET /api/v2/tickets?external_id=*": {"json": {"tickets": [ours]}}}})
    assert (
        TOLD.sink(Zendesk, channel).deliver(message()).url == "https://brand.zendesk.com/agent/tickets/35436"
    )
    assert [request.method for request in channel.asked] == ["GET"]
    assert channel.asked[0].url.params["external_id"] == external_id(message().key)


def test_a_ticket_of_others_does_not_pass_for_ours():
    others = {"id": 1, "external_id": "ahg35h3jh"}
    channel = TOLD.channel(
        {"instead": {"GET /api/v2/tickets?external_id=*": {"json": {"tickets": [others]}}}}
    )
    assert TOLD.sink(Zendesk, channel).deliver(message()).native_id == "35436"


def test_words_of_a_post_are_words():
    note = ticket(hostile())["comment"]["html_body"]
    assert not re.search(r"<(script|img|at|b|!channel)\b", note)
    assert " ".join(HOSTILE.split()) in html_text(note)
    assert links(note)[0] == "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一"


def test_a_long_message_keeps_to_the_limits_and_says_where_the_rest_is():
    made = ticket(long(title="长" * 900))
    assert MOST - 500 < len(made["comment"]["html_body"]) <= MOST
    assert "完整内容请在 Outlisten 中查看。" in made["comment"]["html_body"]
    assert len(made["subject"]) == SUBJECT


def test_a_check_names_the_agent_and_a_stranger_is_told_apart():
    assert TOLD.sink(Zendesk, TOLD.channel()).check().who == "聆听"
    nobody = {"user": {"id": None, "name": "Anonymous user", "role": "end-user"}}
    channel = TOLD.channel({"instead": {"GET /api/v2/users/me": {"json": nobody}}})
    with pytest.raises(CredentialRefused):
        TOLD.sink(Zendesk, channel).check()
