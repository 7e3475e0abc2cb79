"""A bot on a server: every message once, wherever it stops, threads that come and go, and answers that stand once."""

from __future__ import annotations

import json
from datetime import timedelta

import httpx2
import pytest
from tests.sources.discord.server import (
    CLOSED,
    FORUM,
    ME,
    MINUTE,
    NEWS,
    TALK,
    Server,
    at,
    channel,
    message,
    refused,
    thread,
)
from tests.sources.network import NOW, Network, all_pages, ids, problem_of, stopped, told

from outlisten.sources.discord.connector import Discord
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    ShapeChanged,
    Throttled,
    Unavailable,
    WrongOption,
)

TOKEN = {"token": "MTIz.s3cr3t"}


def bot(server, now=NOW, **options):
    return Network(server).connector(Discord, options, TOKEN, now)


def numbers(pages):
    return [int(record["message"]["id"]) for page in pages for record in page.records]


def talking(server, *minutes, room=TALK):
    server.says(*(message(at(minute), f"第{minute}分钟", room) for minute in minutes))


def asked_for_messages(server):
    return [path for path in server.asked if path.endswith("/messages")]


def test_at_first_the_newest_of_each_room_come_oldest_first_and_then_only_what_is_new():
    server = Server()
    talking(server, *range(-150, 0))
    talking(server, -7, room=NEWS)
    first = all_pages(bot(server))
    assert numbers(first) == [*(at(minute) for minute in range(-100, 0)), at(-7)]
    talking(server, 1, 2)
    second = all_pages(bot(server), first[-1].cursor)
    assert numbers(second) == [at(1), at(2)]
    assert numbers(all_pages(bot(server), second[-1].cursor)) == []


def test_a_room_with_nothing_new_is_not_asked():
    server = Server()
    talking(server, -5)
    cursor = all_pages(bot(server))[-1].cursor
    server.asked.clear()
    all_pages(bot(server), cursor)
    assert asked_for_messages(server) == []


@pytest.mark.parametrize("stop", range(1, 8))
def test_a_stop_after_any_page_loses_nothing_and_doubles_nothing(stop):
    server = Server()
    talking(server, -3)
    cursor = all_pages(bot(server))[-1].cursor
    talking(server, *range(1, 251))
    talking(server, *range(1, 120), room=NEWS)
    taken = stopped(bot(server).pages(cursor), stop)
    talking(server, 300)
    taken += stopped(bot(server).pages(taken[-1].cursor), 99)
    expected = sorted([*(at(one) for one in (*range(1, 251), 300)), *(at(one) for one in range(1, 120))])
    assert sorted(numbers(taken)) == expected


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_stop_in_the_first_round_loses_nothing_that_is_written_meanwhile(stop):
    server = Server()
    talking(server, -2)
    talking(server, -1, room=NEWS)
    taken = stopped(bot(server).pages({}), stop)
    talking(server, *range(1, 130), room=NEWS)
    taken += stopped(bot(server, NOW + 200 * MINUTE).pages(taken[-1].cursor), 99)
    assert sorted(numbers(taken)) == [at(-2), at(-1), *(at(one) for one in range(1, 130))]


def test_a_channel_that_is_made_later_is_read_from_its_beginning():
    server = Server()
    cursor = all_pages(bot(server))[-1].cursor
    server.channels.append(channel("250", "new"))
    talking(server, *range(1, 131), room="250")
    assert numbers(all_pages(bot(server), cursor)) == [at(one) for one in range(1, 131)]


def test_threads_and_posts_of_a_forum_are_rooms():
    server = Server()
    cursor = all_pages(bot(server))[-1].cursor
    server.threads = [thread(at(1), "水壶无法通电", FORUM), thread(at(2), "quieter?", TALK)]
    server.says(message(at(1), "没有反应", str(at(1))), message(at(3), "安静多了", str(at(2))))
    source = bot(server)
    pages = all_pages(source, cursor)
    posts = [source.post(record) for page in pages for record in page.records]
    assert [(post["title"], post["type"]) for post in posts] == [("水壶无法通电", "post"), (None, "comment")]
    assert posts[1]["thread"] == f"{TALK}:{at(2)}"


def test_a_thread_that_came_and_went_between_two_asks_is_read_all_the_same():
    server = Server()
    cursor = all_pages(bot(server))[-1].cursor
    for minute in (10, 20, 30):
        gone = thread(at(minute), f"thread {minute}", TALK, archived=NOW + (minute + 60) * MINUTE)
        server.threads.append(gone)
        server.says(message(at(minute + 1), "很快就解决了", gone["id"]))
    server.threads.append(thread(at(-900), "old", TALK, archived=NOW - timedelta(hours=5)))
    server.says(message(at(-899), "long ago", str(at(-900))))
    later = all_pages(bot(server, NOW + timedelta(hours=2)), cursor)
    assert sorted(numbers(later)) == [at(11), at(21), at(31)]
    server.asked.clear()
    all_pages(bot(server, NOW + timedelta(hours=2, minutes=5)), later[-1].cursor)
    assert not [path for path in server.asked if "archived" in path], "not looked for again so soon"


def test_an_archived_thread_in_which_somebody_writes_again_gives_only_what_is_new():
    server = Server()
    old = thread(at(-900), "old", TALK)
    server.says(message(at(-899), "很久以前", old["id"]))
    cursor = all_pages(bot(server))[-1].cursor
    server.threads = [old]
    server.says(message(at(5), "又坏了", old["id"]))
    assert numbers(all_pages(bot(server), cursor)) == [at(5)]


def test_a_last_message_that_was_deleted_is_asked_for_only_while_it_is_fresh():
    server = Server()
    talking(server, -5)
    cursor = all_pages(bot(server))[-1].cursor
    talk = next(one for one in server.channels if one["id"] == TALK)
    server.messages[TALK], talk["last_message_id"] = [], str(at(1))
    for minutes, asks in [(1.5, 1), (3, 1), (4, 0)]:
        server.asked.clear()
        cursor = all_pages(bot(server, NOW + minutes * MINUTE), cursor)[-1].cursor
        assert len(asked_for_messages(server)) == asks, minutes


def test_a_channel_that_the_bot_may_not_read_is_left_alone_for_an_hour():
    server = Server()
    talking(server, -1)
    server.says(message(at(-1), "secret", CLOSED))
    cursor = all_pages(bot(server))[-1].cursor
    assert CLOSED in cursor["closed"]
    server.says(message(at(1), "secret", CLOSED))
    for minutes, asks in [(30, 0), (70, 1)]:
        server.asked.clear()
        all_pages(bot(server, NOW + minutes * MINUTE), cursor)
        assert len(asked_for_messages(server)) == asks


def test_a_channel_that_was_asked_for_and_may_not_be_read_is_told():
    server = Server()
    server.says(message(at(-1), "secret", CLOSED))
    found = problem_of(bot(server, channels="#Team"))
    assert isinstance(found, NotAllowed)


def test_that_no_channel_may_be_read_is_told():
    server = Server(channels=[channel(CLOSED, "team")])
    server.says(message(at(-1), "secret", CLOSED))
    found = problem_of(bot(server))
    assert isinstance(found, NotAllowed)
    assert "没有该机器人可读的频道" in found.text("zh-hans")


def test_a_forum_in_which_nobody_writes_is_no_problem():
    assert numbers(all_pages(bot(Server(), channels="help-forum"))) == []


@pytest.mark.parametrize(
    ("options", "heard"),
    [
        ({}, [at(-4), at(-3), at(-2)]),
        ({"channels": "#TALK"}, [at(-4), at(-2)]),
        ({"channels": NEWS}, [at(-3)]),
        ({"channels": "新闻, talk"}, [at(-4), at(-3), at(-2)]),
        ({"servers": "acme 社区"}, [at(-4), at(-3), at(-2)]),
        ({"servers": "100", "channels": "quieter?"}, [at(-2)]),
    ],
)
def test_only_the_named_servers_and_channels_are_heard_with_their_threads(options, heard):
    server = Server(threads=[thread(at(-5), "quieter?", TALK)])
    talking(server, -4)
    talking(server, -3, room=NEWS)
    talking(server, -2, room=str(at(-5)))
    assert sorted(numbers(all_pages(bot(server, **options)))) == heard


def test_a_server_that_the_bot_is_not_in_is_told():
    assert isinstance(problem_of(bot(Server(), servers="别处")), WrongOption)


def test_what_is_withheld_without_the_intent_is_told_and_read_once_it_is_given():
    server = Server()
    cursor = all_pages(bot(server))[-1].cursor
    server.flags = 0
    server.says(message(at(1), ""))
    found = problem_of(bot(server), cursor)
    assert isinstance(found, NotAllowed)
    assert "Message Content Intent" in str(found)
    assert "未打开 Message Content Intent" in found.text("zh-hans")
    server.flags, server.messages[TALK][0]["content"] = 1 << 18, "水壶漏水了"
    assert numbers(all_pages(bot(server), cursor)) == [at(1)]


def test_an_empty_message_is_no_problem_where_the_intent_is_there():
    server = Server()
    server.says(message(at(-1), ""))
    assert numbers(all_pages(bot(server))) == [at(-1)]


def test_places_of_rooms_that_are_quiet_for_a_month_are_let_go_and_nothing_comes_twice():
    server = Server()
    talking(server, -1)
    cursor = all_pages(bot(server))[-1].cursor
    talking(server, 1)
    cursor = all_pages(bot(server), cursor)[-1].cursor
    assert TALK in cursor["read"]
    later = NOW + timedelta(days=40)
    cursor = all_pages(bot(server, later), cursor)[-1].cursor
    assert cursor["read"] == {}
    server.says(message(at(40 * 24 * 60 + 5), "四十天后"))
    assert numbers(all_pages(bot(server, later), cursor)) == [at(40 * 24 * 60 + 5)]


def test_history_goes_back_room_by_room_to_the_day_asked_for_and_into_archived_threads():
    server = Server()
    talking(server, *range(-300, 0))
    server.threads.append(thread(at(-200), "old", TALK, archived=NOW - 100 * MINUTE))
    server.says(message(at(-199), "旧帖", str(at(-200))))
    source = bot(server)
    since = NOW - 250 * MINUTE
    pages = list(source.history({}, since))
    assert sorted(numbers(pages)) == [at(-250), *sorted([*(at(one) for one in range(-249, 0)), at(-199)])]
    for stop in (1, 2, 3):
        taken = stopped(source.history({}, since), stop)
        taken += stopped(source.history(taken[-1].cursor, since), 99)
        assert sorted(numbers(taken)) == sorted(numbers(pages))


def test_kept_messages_are_asked_again_one_by_one():
    server = Server(threads=[thread(at(-5), "水壶", FORUM)])
    talking(server, -3)
    server.says(
        message(at(-2), "改过了", edited_timestamp="2026-12-01T11:59:00+00:00"),
        message(at(-5), "首帖", str(at(-5))),
    )
    source = bot(server)
    asked = [
        f"{TALK}:{at(-2)}",
        f"{TALK}:{at(-4)}",
        f"{at(-5)}:{at(-5)}",
        f"999:{at(-4)}",
        f"{CLOSED}:5",
        "no",
    ]
    found = list(source.again(asked))
    assert [one.native_id for one in found] == asked
    assert [one.gone for one in found] == [False, True, False, True, False, False]
    assert [one.record is not None for one in found] == [True, False, True, False, False, False]
    assert source.post(found[0].record)["text"] == "改过了"
    assert source.post(found[2].record)["title"] == "水壶"


def test_an_answer_stands_once_though_it_is_sent_twice():
    server = Server()
    talking(server, -3)
    source = bot(server)
    to = f"{TALK}:{at(-3)}"
    assert source.answered(to, "抱歉 Sorry") is None
    sent = source.answer(to, "抱歉 Sorry")
    assert source.answer(to, "抱歉 Sorry") == sent
    assert source.answered(to, " 抱歉  Sorry") == sent
    assert source.answered(to, "别的话") is None
    assert len(server.messages[TALK]) == 2


def test_an_answer_calls_nobody_but_whom_it_names():
    server = Server()
    talking(server, -3)
    network = Network(server)
    network.connector(Discord, {}, TOKEN).answer(f"{TALK}:{at(-3)}", "@everyone 抱歉")
    sent = json.loads(network.asked[-1].content)
    assert sent["allowed_mentions"] == {"parse": ["users"], "replied_user": True}
    assert len(sent["nonce"]) <= 25


def test_our_answer_is_found_among_those_of_others():
    server = Server()
    talking(server, *range(-700, -1))
    to = f"{TALK}:{at(-700)}"
    reference = {"type": 0, "channel_id": TALK, "message_id": str(at(-700))}
    other = message(at(-1), "抱歉", type=19, message_reference=reference)
    server.says(other)
    assert bot(server).answered(to, "抱歉") is None
    other["author"] = {**other["author"], "id": ME}
    found = bot(server).answered(to, "抱歉")
    assert found is not None
    assert found.native_id == f"{TALK}:{at(-1)}"


@pytest.mark.parametrize(
    ("to", "text", "reason"),
    [
        (f"{TALK}:{at(-3)}", "很" * 2001, "Must be 2000 or fewer in length."),
        (f"{TALK}:{at(-4)}", "抱歉", "Unknown message"),
        (f"{CLOSED}:5", "抱歉", "Missing Access"),
    ],
)
def test_an_answer_that_surely_does_not_stand_is_told_in_discords_words(to, text, reason):
    server = Server()
    talking(server, -3)
    with pytest.raises(AnswerRefused, match=reason):
        bot(server).answer(to, text)


def test_what_is_no_message_cannot_be_answered():
    with pytest.raises(NotThere):
        bot(Server()).answer("https://discord.com/channels/1/2/3", "抱歉")


LIMITED = {"message": "You are being rate limited.", "retry_after": 64.57, "global": True}


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (refused(401, 0, "401: Unauthorized"), CredentialRefused),
        (told(LIMITED, 429, retry_after="65", x_ratelimit_global="true"), Throttled),
        (told({}, 503), Unavailable),
        (refused(403, 50001, "Missing Access"), NotAllowed),
        (told([]), ShapeChanged),
        (httpx2.Response(200, content=b"<html>"), ShapeChanged),
    ],
)
def test_every_refusal_is_told_as_what_it_is_and_without_the_token(answer, problem):
    found = problem_of(bot(Server(refusal=answer)))
    assert type(found) is problem
    assert "s3cr3t" not in str(found) + repr(found.details) + found.text("zh-hans")
    assert getattr(found, "wait", None) == (65 if problem is Throttled else None)


def test_it_rests_when_no_request_is_left():
    slept = []
    server = Server(refusal=None)

    def last(request):
        answer = server(request)
        answer.headers["x-ratelimit-remaining"], answer.headers["x-ratelimit-reset-after"] = "0", "2.5"
        return answer

    network = Network(last)
    source = network.connector(Discord, {}, TOKEN)
    source.fetcher._politeness._sleep = slept.append
    all_pages(source)
    assert 2 < slept[0] <= 2.5


def test_a_test_names_the_bot_and_tells_when_words_are_withheld():
    server = Server()
    talking(server, -1)
    welcome = bot(server).welcome()
    assert (welcome.account, [post["text"] for post in welcome.sample]) == ("@acme_bot", ["第-1分钟"])
    server.flags = 0
    with pytest.raises(NotAllowed, match="Message Content Intent"):
        bot(server).welcome()


def test_a_token_may_be_pasted_with_the_word_before_it():
    network = Network(Server())
    source = network.connector(Discord, {}, {"token": "Bot MTIz.s3cr3t"})
    assert ids(source, all_pages(source)) == []
    assert {request.headers["authorization"] for request in network.asked} == {"Bot MTIz.s3cr3t"}
