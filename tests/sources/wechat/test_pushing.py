"""Messages that WeChat sends here: who sent them, what is in them, and what WeChat is answered."""

from __future__ import annotations

import pytest
from tests.sources.network import NOW
from tests.sources.wechat.account import (
    APP,
    KEY,
    PERSON,
    SEALED,
    SEALED_SIGNATURE,
    TOKEN,
    XML,
    Account,
    pushed,
    pushed_sealed,
)

from outlisten.sources.connector import Skipped, Unmappable
from outlisten.sources.problems import WrongOption
from outlisten.sources.pushing import NotTaken
from outlisten.sources.wechat.documents import NoDocument, fields
from outlisten.sources.wechat.proofs import Unreadable, is_signed, key_of, opened, signature

PLAIN = Account().connector()
SAFE = Account().connector(secrets={"encoding_key": KEY})
BOMB = '<!DOCTYPE xml [<!ENTITY a "好"><!ENTITY b "&a;&a;">]><xml><Content>&b;</Content></xml>'


def test_the_signature_is_the_one_that_wechatpy_makes():
    assert signature(TOKEN, "1796126400", "42") == "da4eba9b05a3bac9074d43b12c1598af61220e79"
    assert signature(TOKEN, "1796126400", "42", SEALED) == SEALED_SIGNATURE


@pytest.mark.parametrize(
    ("push", "good"),
    [
        (pushed(), True),
        (pushed(method="GET", echostr="5837483"), True),
        (pushed(token="another"), False),
        (pushed(at=int(NOW.timestamp()) - 300), True),
        (pushed(at=int(NOW.timestamp()) - 301), False),
        (pushed(signature="签名"), False),
        (pushed(signature=""), False),
        (pushed(timestamp="１７９６"), False),
        (pushed(nonce="43"), False),
    ],
)
def test_only_what_was_signed_with_the_token_just_now_is_let_in(push, good):
    assert PLAIN.lets_in(push) is good


def test_without_a_token_nothing_is_let_in():
    query = {"timestamp": "1796126400", "nonce": "1", "signature": signature("", "1796126400", "1")}
    assert not is_signed("", query, NOW)


@pytest.mark.parametrize(
    "push",
    [
        pushed(),
        pushed_sealed(msg_signature="da4eba9b05a3bac9074d43b12c1598af61220e79"),
        pushed_sealed(SEALED[:-8] + "AAAAAA=="),
        pushed_sealed("好"),
        pushed_sealed(""),
        pushed("no xml", msg_signature=SEALED_SIGNATURE),
    ],
)
def test_with_a_key_only_what_was_encrypted_with_it_is_let_in(push):
    assert SAFE.lets_in(pushed_sealed())
    assert SAFE.lets_in(pushed(method="GET", echostr="1"))
    assert not SAFE.lets_in(push)


def test_an_encrypted_message_of_another_account_is_not_let_in():
    other = Account().connector(app_id="wxfedcba9876543210", secrets={"encoding_key": KEY})
    assert not other.lets_in(pushed_sealed())


@pytest.mark.parametrize("sealed", ["", "AAAA", "A" * 64, "好", SEALED[4:]])
def test_what_was_changed_on_the_way_cannot_be_opened(sealed):
    with pytest.raises(Unreadable):
        opened(sealed, key_of(KEY), APP)


def test_the_address_is_verified_by_saying_back_what_wechat_said():
    arrived = PLAIN.arrived(pushed(method="GET", echostr="5837483"))
    assert (arrived.reply, list(arrived.records)) == ("5837483", [])


@pytest.mark.parametrize(("one", "push"), [(PLAIN, pushed()), (SAFE, pushed_sealed())], ids=["plain", "safe"])
def test_a_message_is_taken_and_becomes_a_post(one, push):
    arrived = one.arrived(push)
    (record,) = arrived.records
    post = one.post(record)
    assert arrived.reply == "success"
    assert (post["text"], post["type"], post["to"]) == ("水壶漏水了，怎么换？", "message", "gh_0000000000ab")
    assert (post["native_id"], post["author_id"]) == (f"message/{PERSON}/24000000000000001", PERSON)
    assert post["thread"] == f"message/{PERSON}"
    assert post["created_at"] == NOW


def test_the_same_message_sent_again_is_an_equal_record():
    assert PLAIN.arrived(pushed()) == PLAIN.arrived(pushed(nonce="another")) == SAFE.arrived(pushed_sealed())


def test_of_following_and_of_menus_nothing_is_kept():
    event = "<xml><FromUserName>o1</FromUserName><MsgType>event</MsgType><Event>subscribe</Event></xml>"
    arrived = PLAIN.arrived(pushed(event))
    assert (arrived.reply, list(arrived.records)) == ("success", [])


@pytest.mark.parametrize("body", ["", "{}", "<a/>", "<xml>", BOMB, "<xml><a>\x00</a></xml>"])
def test_what_is_no_message_is_said_in_one_sentence(body):
    with pytest.raises(NotTaken) as found:
        PLAIN.arrived(pushed(body))
    assert found.value.status == 400
    assert found.value.text("zh-hans") == "正文不是 XML。"


def test_nothing_in_the_xml_is_looked_up_or_expanded():
    entity = '<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/hostname">]><xml><Content>&e;</Content></xml>'
    for document in (BOMB, entity):
        with pytest.raises(NoDocument):
            fields(document.encode())
    assert fields(XML.encode())["Content"] == "水壶漏水了，怎么换？"


@pytest.mark.parametrize("kind", ["image", "video", "shortvideo", "location"])
def test_what_has_no_words_is_left_out(kind):
    with pytest.raises(Skipped):
        PLAIN.post({"kind": "message", "message": {"FromUserName": "o1", "MsgType": kind, "CreateTime": "1"}})


def test_a_message_of_a_kind_that_is_not_known_is_rejected():
    with pytest.raises(Unmappable):
        PLAIN.post({"kind": "message", "message": {"FromUserName": "o1", "MsgType": "新", "CreateTime": "1"}})


def test_an_encrypted_message_without_a_key_is_shown_as_rejected_and_not_lost_in_silence():
    arrived = PLAIN.arrived(pushed_sealed())
    with pytest.raises(Unmappable, match="EncodingAESKey"):
        PLAIN.post(arrived.records[0])


def test_a_key_of_another_form_is_named():
    with pytest.raises(WrongOption) as found:
        list(Account().connector(secrets={"encoding_key": "短"}).pages({}))
    assert "43" in found.value.text("zh-hans")
