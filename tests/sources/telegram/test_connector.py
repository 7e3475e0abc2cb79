"""A bot as a source: nothing is confirmed before it is durable, and every refusal is told apart."""

from __future__ import annotations

import logging
from itertools import islice

import httpx2
import pytest
from tests.sources.network import Network, all_pages, ids, problem_of, stopped, told
from tests.sources.telegram.server import CHAT, TOKEN, BotApi, good, refusal

from outlisten.sources.connector import Sent
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    NotOffered,
    NotThere,
    ReadElsewhere,
    ShapeChanged,
    SourceProblem,
    Throttled,
    TooMuch,
    Unavailable,
    WrongOption,
)
from outlisten.sources.telegram.client import MOST
from outlisten.sources.telegram.connector import Telegram

PRIVATE = {"id": 9001, "first_name": "丽", "type": "private"}
OTHER = {"id": -1002, "title": "Other", "type": "supergroup"}


def bot(api, token=TOKEN, **options):
    return Network(api).connector(Telegram, options, {"token": token})


def offsets(api):
    return [asked.get("offset") for method, asked in api.asked if method == "getUpdates"]


def numbers(pages):
    return [record["update"]["update_id"] for page in pages for record in page.records]


def test_nothing_is_confirmed_until_the_page_before_is_durable():
    api = BotApi()
    api.hears(*map(str, range(MOST + 5)))
    pages = bot(api).pages({})
    assert len(next(pages).records) == MOST
    assert len(api.waiting) == MOST + 5
    assert len(next(pages).records) == 5
    assert len(api.waiting) == 5
    assert offsets(api) == [None, MOST + 1]
    assert next(pages, None) is None


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_stop_after_any_page_loses_nothing_and_doubles_nothing(stop):
    api = BotApi()
    api.hears(*map(str, range(250)))
    taken = stopped(bot(api).pages({}), stop)
    api.hears("后来的", first=300)
    taken += stopped(bot(api).pages(taken[-1].cursor), 9)
    assert numbers(taken) == [*range(1, 251), 300]


def test_a_page_that_was_not_kept_comes_again():
    api = BotApi()
    api.hears("一", "二")
    (first,) = all_pages(bot(api))
    assert numbers(all_pages(bot(api))) == numbers([first]) == [1, 2]


def test_the_last_number_is_let_go_once_it_is_confirmed_because_the_next_may_be_lower():
    api = BotApi()
    api.hears("before the quiet week", first=900)
    (first,) = all_pages(bot(api))
    (empty,) = all_pages(bot(api), first.cursor)
    assert (first.cursor["last"], "last" in empty.cursor) == (900, False)
    api.hears("after it", first=3)
    assert numbers(all_pages(bot(api), empty.cursor)) == [3]


def test_a_cursor_of_another_bot_confirms_nothing():
    api = BotApi()
    api.hears("你好")
    (page,) = all_pages(bot(api), {"bot": "999", "account": "other_bot", "last": 5_000})
    assert numbers([page]) == [1]
    assert offsets(api) == [None]
    assert page.cursor["account"] == "acme_bot"


def test_a_stream_waits_for_updates_and_gives_an_empty_page_when_none_comes():
    api = BotApi()
    api.hears("在吗")
    pages = bot(api).stream({})
    first, empty = next(pages), next(pages)
    api.hears("有人吗", first=2)
    assert (numbers([first, empty]), numbers([next(pages)])) == ([1], [2])
    waits = {asked["timeout"] for method, asked in api.asked if method == "getUpdates"}
    assert len(waits) == 1
    assert 0 < waits.pop() < 20, "shorter than a connection may be silent"


def test_a_stream_goes_on_where_pages_stopped():
    api = BotApi()
    api.hears("一")
    (page,) = all_pages(bot(api))
    api.hears("二", first=2)
    assert numbers(islice(bot(api).stream(page.cursor), 1)) == [2]


def test_only_the_named_chats_are_heard_and_private_ones_if_wanted():
    api = BotApi()
    api.hears("群", first=1)
    api.hears("other", first=2, chat=OTHER)
    api.hears("私信", first=3, chat=PRIVATE)
    for options, heard in [
        ({}, [1, 2, 3]),
        ({"chats": "@Acme_Users"}, [1, 3]),
        ({"chats": "https://t.me/acme_users, -1002", "private": "no"}, [1, 2]),
        ({"private": "no"}, [1, 2]),
        ({"chats": "-1002"}, [2, 3]),
    ]:
        (page,) = all_pages(bot(api, **options))
        assert numbers([page]) == heard, options
        assert page.cursor["last"] == 3


def test_a_group_named_by_its_number_is_followed_when_it_is_upgraded():
    api = BotApi()
    old = {"id": -42, "title": "Small", "type": "group"}
    new = {"id": -10042, "title": "Small", "type": "supergroup"}
    api.hears("之前", first=1, chat=old)
    api.waiting.append({"update_id": 2, "message": {"message_id": 2, "date": 1_796_000_000, "chat": old,
                                                    "migrate_to_chat_id": -10042}})  # fmt: skip
    (page,) = all_pages(bot(api, chats="-42"))
    assert page.cursor["moved"] == {"-42": "-10042"}
    api.hears("之后", first=3, chat=new)
    (later,) = all_pages(bot(api, chats="-42"), page.cursor)
    assert numbers([later]) == [3]
    (empty,) = all_pages(bot(api, chats="-42"), later.cursor)
    assert empty.cursor["moved"] == {"-42": "-10042"}


def test_a_chat_that_is_none_is_told_at_once():
    with pytest.raises(WrongOption):
        bot(BotApi(), chats="our group!")


REFUSALS = [
    (refusal(401, "Unauthorized"), CredentialRefused, "令牌|key"),
    (refusal(404, "Not Found"), CredentialRefused, "key"),
    (refusal(403, "Forbidden: bot was kicked"), NotAllowed, "right"),
    (refusal(409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook"),
     ReadElsewhere, "a webhook is set"),
    (refusal(409, "Conflict: terminated by other getUpdates request"), ReadElsewhere, "another program"),
    (refusal(400, "Bad Request: wrong limit"), ShapeChanged, "wrong limit"),
    (told({"ok": True, "result": {"update_id": 1}}), ShapeChanged, "no list"),
    (told({"ok": True, "result": [{"message": {}}]}), ShapeChanged, "no list"),
    (told(["not", "it"]), ShapeChanged, "no list"),
    (told({}, 502), Unavailable, "cannot answer now"),
    (httpx2.Response(200, content=b"<html>"), ShapeChanged, "no JSON"),
]  # fmt: skip


@pytest.mark.parametrize(("answer", "problem", "words"), REFUSALS)
def test_every_refusal_is_told_as_what_it_is_and_without_the_token(answer, problem, words):
    api = BotApi(refused="getUpdates", refusal=answer)
    found = problem_of(bot(api))
    assert type(found) is problem
    assert words.rpartition("|")[2] in str(found)
    assert "s3cr3t" not in str(found) + repr(found.details) + found.text("zh-hans")


def test_a_webhook_is_told_in_chinese_too():
    api = BotApi(refused="getUpdates", refusal=refusal(409, "Conflict: … webhook is active"))
    assert "已为其设置 webhook" in problem_of(bot(api)).text("zh-hans")


def test_the_wait_that_it_asks_for_in_its_answer_is_kept():
    api = BotApi(refusal=refusal(429, "Too Many Requests: retry after 37", retry_after=37))
    found = problem_of(bot(api))
    assert isinstance(found, Throttled)
    assert found.wait == 37


def test_an_answer_that_is_too_large_is_told_without_the_token(caplog):
    caplog.set_level(logging.INFO)

    def much(_request):
        return httpx2.Response(200, content=b"x" * 17_000_000)

    found = problem_of(bot(much))
    assert isinstance(found, TooMuch)
    assert "s3cr3t" not in str(found) + repr(found.details) + repr(found.__cause__)
    assert "s3cr3t" not in caplog.text


def test_a_wrong_token_is_refused():
    assert isinstance(problem_of(bot(BotApi(), token="not/a token")), CredentialRefused)


def test_a_test_shows_the_bot_and_what_waits_and_confirms_nothing():
    api = BotApi()
    api.hears("水壶漏水了")
    welcome = bot(api).welcome()
    assert (welcome.account, [post["text"] for post in welcome.sample]) == ("@acme_bot", ["水壶漏水了"])
    assert len(api.waiting) == 1


def test_an_answer_goes_to_the_message_in_its_chat():
    api = BotApi()
    sent = bot(api).answer(f"{CHAT['id']}:512", "抱歉 Sorry")
    assert sent == Sent("-1001234567890:901", "https://t.me/acme_users/901")
    assert api.sent == [
        {"chat_id": CHAT["id"], "text": "抱歉 Sorry", "reply_parameters": {"message_id": 512}}
    ]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (refusal(400, "Bad Request: message to be replied not found"), "message to be replied not found"),
        (refusal(400, "Bad Request: message is too long"), "message is too long"),
        (refusal(403, "Forbidden: bot was blocked by the user"), "bot was blocked by the user"),
        (refusal(400, "Bad Request: group chat was upgraded to a supergroup chat", migrate_to_chat_id=-1005),
         "the group was upgraded"),
    ],
)  # fmt: skip
def test_an_answer_that_surely_does_not_stand_is_told_with_the_reason(answer, reason):
    with pytest.raises(AnswerRefused, match=reason):
        bot(BotApi(refused="sendMessage", refusal=answer)).answer("-42:7", "抱歉")


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (refusal(429, "Too Many Requests", retry_after=5), Throttled),
        (told({}, 500), Unavailable),
        (good({"no": "message"}), ShapeChanged),
        (refusal(401, "Unauthorized"), CredentialRefused),
    ],
)
def test_an_answer_of_which_nothing_is_known_is_no_refusal(answer, problem):
    with pytest.raises(SourceProblem) as found:
        bot(BotApi(refused="sendMessage", refusal=answer)).answer("-42:7", "抱歉")
    assert type(found.value) is problem


def test_what_is_no_message_cannot_be_answered():
    with pytest.raises(NotThere):
        bot(BotApi()).answer("https://t.me/acme_users/512", "抱歉")


def test_it_says_that_it_cannot_look_an_answer_up():
    with pytest.raises(NotOffered) as found:
        bot(BotApi()).answered("-42:7", "抱歉")
    assert "查找已发回复" in found.value.text("zh-hans")


def test_posts_of_a_page_keep_their_ids():
    api = BotApi()
    api.hears("一", "二")
    source = bot(api)
    assert ids(source, all_pages(source)) == ["-1001234567890:1", "-1001234567890:2"]
