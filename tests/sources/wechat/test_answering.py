"""Answers: below a comment, or to the person who wrote a message."""

from __future__ import annotations

import pytest
from tests.sources.wechat.account import PERSON, Account, comment

from outlisten.sources.problems import AnswerRefused, CredentialRefused, NotAllowed, NotOffered, NotThere

SEND, REPLY = "/cgi-bin/message/custom/send", "/cgi-bin/comment/reply/add"
MESSAGE = f"message/{PERSON}/24000000000000001"


def test_a_message_is_answered_to_its_author_in_plain_chinese():
    account = Account()
    sent = account.connector().answer(MESSAGE, "您好，我们马上为您更换。")
    assert account.said == [
        {"path": SEND, "touser": PERSON, "msgtype": "text", "text": {"content": "您好，我们马上为您更换。"}}
    ]
    assert "您好".encode() in account.network.asked[-1].content
    assert sent.native_id.startswith(f"{MESSAGE}/")


def test_a_comment_is_answered_below_it_and_the_answer_is_found():
    account = Account()
    account.comments[200, 1] = [comment(7, "多少钱", "99 元 ")]
    one = account.connector()
    sent = one.answer("comment/200/1/7", "99 元")
    assert account.said == [
        {"path": REPLY, "msg_data_id": 200, "index": 1, "user_comment_id": 7, "content": "99 元"}
    ]
    assert one.answered("comment/200/1/7", "99 元") == sent
    assert one.answered("comment/200/1/7", "89 元") is None
    assert one.answered("comment/200/1/8", "99 元") is None


def test_a_reply_that_was_sent_before_is_the_answer():
    account = Account()
    account.comments[200, 1] = [comment(7, "多少钱", "99 元")]
    account.codes[REPLY] = [88005, 88005]
    one = account.connector()
    assert one.answer("comment/200/1/7", "99 元").native_id == "comment/200/1/7/reply"
    with pytest.raises(AnswerRefused):
        one.answer("comment/200/1/7", "89 元")


def test_whether_a_message_was_sent_cannot_be_looked_up():
    with pytest.raises(NotOffered) as found:
        Account().connector().answered(MESSAGE, "您好")
    assert "查找已发送的消息" in found.value.text("zh-hans")


@pytest.mark.parametrize(
    ("path", "to", "code", "problem", "said"),
    [
        (SEND, MESSAGE, 45015, AnswerRefused, "48 小时"),
        (SEND, MESSAGE, 45047, AnswerRefused, "再次发言"),
        (SEND, MESSAGE, 45002, AnswerRefused, "太长"),
        (SEND, MESSAGE, 40003, AnswerRefused, "40003"),
        (SEND, MESSAGE, 48001, NotAllowed, "48001"),
        (SEND, MESSAGE, 40164, NotAllowed, "IP 白名单"),
        (REPLY, "comment/200/1/7", 88005, AnswerRefused, "已有"),
        (REPLY, "comment/200/1/7", 88007, AnswerRefused, "为空或太长"),
        (REPLY, "comment/200/1/7", 88008, NotThere, "88008"),
    ],
)
def test_an_answer_that_was_not_taken_is_told_with_its_reason(path, to, code, problem, said):
    account = Account()
    account.codes[path] = [code]
    with pytest.raises(problem) as found:
        account.connector().answer(to, "您好")
    assert said in found.value.text("zh-hans")


def test_what_is_neither_message_nor_comment_is_not_answered():
    with pytest.raises(NotOffered):
        Account().connector().answer("article/1/0", "您好")


def test_answering_needs_the_secret_of_the_account():
    with pytest.raises(CredentialRefused):
        Account().connector(secrets={"app_secret": ""}).answer(MESSAGE, "您好")


def test_a_test_says_whether_wechat_takes_the_secret():
    account = Account()
    assert account.connector().welcome().account == "wx0123456789abcdef"
    assert account.tokens == 1
