"""A message of a room as a post."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sources.matrix.server import LIN, OWN, ROOM, message
from tests.sources.network import fixture

from outlisten.sources.connector import Skipped, Unmappable
from outlisten.sources.matrix.mapping import body, post

RECORDS = fixture(__file__, "2026-12-01_synapse_1.163.2_records")
QUOTE = "> <@lin:matrix.example> 照片在这里\n> second line\n\n"
REPLY: dict[str, Any] = {"m__relates_to": {"m.in_reply_to": {"event_id": "$0"}}}
HTML = "org.matrix.custom.html"


def mapped(event: Any, **record: Any) -> dict[str, Any]:
    return post({"room": ROOM, "account": OWN, "public": True, "event": event, **record})


def test_what_synapse_sends_becomes_posts() -> None:
    posts = []
    for record in RECORDS:
        try:
            posts.append(post(record))
        except Skipped:
            continue
    told = {one["text"]: one for one in posts}
    assert len(posts) == len(RECORDS) - 1, "the picture without a word is left out"
    first, answer = told["水壶漏水了，怎么办？"], told["抱歉，我们来处理。"]
    assert (first["author"], first["author_handle"], first["to"]) == (
        "林",
        "lin:localhost",
        "acme-care:localhost",
    )
    assert answer["thread"] == first["native_id"]
    assert answer["voice_given"] == "owned"
    assert told["See the manual here, Acme Care"]["links"] == ["https://example.com/manual"]
    assert told["the kettle 水壶"]["is"] == ["edited"]
    assert told["裂缝在壶嘴旁边"]["has"] == ["image"]
    assert told["我的订单号是 7，请帮忙 order 7"]["type"] == "message"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (f"{QUOTE}抱歉", "抱歉"),
        (f"{QUOTE}> my own quote\nyes", "> my own quote\nyes"),
        ("> <@lin:matrix.example> no blank\nyes", "yes"),
        ("> a quote of my own\n\nyes", "> a quote of my own\n\nyes"),
        ("> <@lin:matrix.example> only a quote", ""),
        ("没有引用", "没有引用"),
    ],
)
def test_the_quotation_before_an_answer_is_not_said_by_its_author(said: str, words: str) -> None:
    assert body({"body": said}, is_answer=True) == words


def test_a_quotation_in_a_message_that_answers_nothing_stays() -> None:
    assert mapped(message(1, f"{QUOTE}好"))["text"] == f"{QUOTE}好"


@pytest.mark.parametrize(
    ("formatted", "words"),
    [
        ("<mx-reply><blockquote>照片</blockquote></mx-reply>抱歉<br>再见", "抱歉\n再见"),
        ("<p>one</p><p>二</p>", "one\n\n二"),
        ("<script>alert(1)</script>水壶", "水壶"),
        ("", "plain"),
    ],
)
def test_words_are_what_readers_see(formatted: str, words: str) -> None:
    assert mapped(message(1, "plain", format=HTML, formatted_body=formatted, **REPLY))["text"] == words


@pytest.mark.parametrize(
    ("content", "has"),
    [
        ({"msgtype": "m.image", "body": "漏水处", "filename": "1.jpg"}, ["image"]),
        ({"msgtype": "m.video", "body": "看", "filename": "1.mp4"}, ["video"]),
        ({"msgtype": "m.file", "body": "the bill", "filename": "1.pdf"}, []),
        ({"msgtype": "m.location", "body": "杭州", "geo_uri": "geo:30,120"}, ["location"]),
        ({"msgtype": "com.example.new", "body": "see https://example.com"}, ["link"]),
    ],
)
def test_captions_and_kinds_not_known_here_are_words(content: dict[str, Any], has: list[str]) -> None:
    found = mapped(message(1) | {"content": content})
    assert (found["text"], found["has"]) == (content["body"], has)


@pytest.mark.parametrize(
    "content",
    [
        {"msgtype": "m.image", "body": "1.jpg"},
        {"msgtype": "m.image", "body": "1.jpg", "filename": "1.jpg"},
        {"msgtype": "m.text", "body": " \n"},
        {"msgtype": "m.text"},
    ],
)
def test_a_message_without_words_is_left_out(content: dict[str, Any]) -> None:
    with pytest.raises(Skipped):
        mapped(message(1) | {"content": content})


@pytest.mark.parametrize(
    ("mentions", "to"),
    [
        ({"user_ids": [OWN, "@a:b"]}, "acme-care:matrix.example"),
        ({"user_ids": ["@王:b"]}, "王:b"),
        ({"user_ids": ["@a:b", "@c:d"]}, None),
        ({"user_ids": "@a:b"}, None),
        ({"room": True}, None),
        ("?", None),
    ],
)
def test_a_message_is_to_us_when_it_mentions_us(mentions: Any, to: str | None) -> None:
    assert mapped(message(1, m__mentions=mentions))["to"] == to


@pytest.mark.parametrize("moment", [None, "1796000000000", True, 10**30, -(10**30)])
def test_a_time_that_is_none_is_missing(moment: Any) -> None:
    assert mapped(message(1) | {"origin_server_ts": moment})["created_at"] is None


def test_a_link_opens_the_message_by_its_authors_server() -> None:
    assert mapped(message(1))["url"] == "https://matrix.to/#/%21one%3Amatrix.example/%241?via=matrix.example"


@pytest.mark.parametrize("missing", ["event_id", "sender"])
def test_an_event_without_id_or_sender_is_no_post(missing: str) -> None:
    event = message(1)
    del event[missing]
    with pytest.raises(Unmappable):
        mapped(event)


def test_the_author_of_a_message_without_a_name_has_an_account() -> None:
    found = mapped(message(1))
    assert (found["author"], found["author_id"]) == (None, LIN)
