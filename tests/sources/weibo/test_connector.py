"""Listening on Weibo with a hundred requests a day: all that is new, once, and answering once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import httpx2
import pytest
from tests.sources.network import NOW, Network, all_pages, ids, problem_of, refusing, stopped, told
from tests.sources.weibo.service import Weibo as Service
from tests.sources.weibo.service import error

from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    QuotaUsedUp,
    ShapeChanged,
    Throttled,
    Unavailable,
)
from outlisten.sources.weibo.connector import Weibo


def listening(network: Network, **options: object) -> Any:
    return network.connector(Weibo, options, {"token": "TOKEN"})


def busy(service: Service, first: int, count: int) -> None:
    """As many more of each kind, and two comments under an own post."""
    for number in range(first, first + count):
        service.status("statuses/mentions", number)
        service.comment("comments/mentions", 1_000 + number, 50)
        service.comment("comments/to_me", 2_000 + number, 60)


def own(service: Service, number: int, *comments: int, hours_ago: float = 1) -> None:
    service.status("statuses/user_timeline", number, hours_ago)
    for one in comments:
        service.comment("", one, number)
        service.lists["statuses/user_timeline"][-1]["comments_count"] += 1


def test_it_brings_what_mentions_the_account_and_comments_to_it():
    service = Service()
    service.status("statuses/mentions", 1)
    service.comment("comments/mentions", 2, 50)
    service.comment("comments/to_me", 3, 60)
    connector = listening(Network(service))
    assert ids(connector, all_pages(connector)) == ["1", "comment/50/2", "comment/60/3"]


def test_a_quiet_account_costs_three_requests():
    service = Service()
    busy(service, 1, 5)
    network = Network(service)
    connector = listening(network)
    cursor = all_pages(connector)[-1].cursor
    network.asked.clear()
    assert ids(connector, all_pages(connector, cursor)) == []
    assert network.paths == [
        "/2/statuses/mentions.json", "/2/comments/mentions.json", "/2/comments/to_me.json",
    ]  # fmt: skip


@pytest.mark.parametrize("after", range(1, 13))
def test_more_than_a_page_comes_whole_wherever_it_stops(after):
    service = Service()
    busy(service, 1, 2)
    connector = listening(Network(service))
    cursor = all_pages(connector)[-1].cursor
    busy(service, 10, 8)
    wanted = ids(connector, all_pages(connector, cursor))
    assert len(wanted) == 24
    taken = stopped(connector.pages(cursor), after)
    busy(service, 30, 1)
    rest = all_pages(connector, taken[-1].cursor)
    rest += all_pages(connector, rest[-1].cursor)
    found = ids(connector, taken) + ids(connector, rest)
    assert sorted(found) == sorted({*wanted, "30", "comment/50/1030", "comment/60/2030"})


def test_a_page_from_which_everything_was_taken_out_but_one_is_not_the_end():
    service = Service()
    busy(service, 1, 1)
    connector = listening(Network(service))
    cursor = all_pages(connector)[-1].cursor
    busy(service, 10, 9)
    service.hidden = {17, 16, 14, 13}
    found = ids(connector, all_pages(connector, cursor))
    assert [name for name in found if name.isdigit()] == ["18", "15", "12", "11", "10"]


def test_what_is_known_was_deleted_and_the_list_still_ends():
    service = Service()
    busy(service, 1, 2)
    connector = listening(Network(service))
    cursor = all_pages(connector)[-1].cursor
    service.lists["statuses/mentions"].clear()
    service.status("statuses/mentions", 9)
    assert ids(connector, all_pages(connector, cursor)) == ["9"]


def test_a_post_that_its_author_deleted_is_told_as_gone():
    service = Service()
    service.status("statuses/mentions", 5, text="抱歉，此微博已被作者删除。", deleted="1", user=None)
    service.status("statuses/mentions", 6)
    (first, *_) = all_pages(listening(Network(service)))
    assert (len(first.records), first.gone) == (1, ["5"])


def test_long_texts_come_whole_as_far_as_the_day_s_requests_allow():
    service = Service(most=50)
    for number in range(1, 8):
        service.status("statuses/mentions", number, isLongText=True)
    network = Network(service)
    connector = listening(network)
    texts = [connector.post(one)["text"] for page in all_pages(connector) for one in page.records]
    assert [text.endswith("全文") for text in texts] == [True] * 5 + [False] * 2
    assert network.paths.count("/2/statuses/show.json") == 5


@pytest.mark.parametrize("refused", [error(10023), error(10014), error(20112)])
def test_a_long_text_that_cannot_be_fetched_stays_short_rather_than_missing(refused):
    service = Service()
    service.status("statuses/mentions", 1, isLongText=True)
    service.refuses["statuses/show"] = refused
    connector = listening(Network(service))
    (record,) = [one for page in all_pages(connector) for one in page.records]
    assert connector.post(record)["text"] == "微博 1"


def test_own_posts_come_with_all_comments_where_that_was_chosen():
    service = Service()
    own(service, 100, 101, 102, 103, 104)
    own(service, 90, 91)
    own(service, 80, 81, hours_ago=24 * 30)
    network = Network(service)
    assert ids(listening(network), all_pages(listening(network))) == []
    connector = listening(network, own="yes")
    pages = all_pages(connector)
    assert ids(connector, pages) == [
        "100", "90", *(f"comment/100/{number}" for number in (104, 103, 102, 101)), "comment/90/91",
    ]  # fmt: skip
    service.comment("", 105, 100)
    service.lists["statuses/user_timeline"][0]["comments_count"] += 1
    assert ids(connector, all_pages(connector, pages[-1].cursor)) == ["100", "comment/100/105"]


@pytest.mark.parametrize("after", range(1, 12))
def test_own_posts_lose_nothing_when_it_stops_after_any_page(after):
    service = Service(most=2)
    for number in (100, 200, 300):
        own(service, number, *range(number + 1, number + 4))
    connector = listening(Network(service), own="yes")
    wanted = ids(connector, all_pages(connector))
    taken = stopped(connector.pages({}), after)
    found = ids(connector, taken) + ids(connector, all_pages(connector, taken[-1].cursor))
    assert sorted(found) == sorted(wanted)
    assert len(wanted) == 12


def test_history_goes_back_to_the_day_that_was_asked_for():
    service = Service()
    for number in range(1, 11):
        service.status("statuses/mentions", number, hours_ago=24 * (11 - number))
    connector = listening(Network(service))
    since = NOW - timedelta(days=6.5)
    pages = list(connector.history({}, since))
    assert ids(connector, pages) == ["10", "9", "8", "7", "6", "5"]
    taken = stopped(connector.history({}, since), 1)
    rest = list(connector.history(taken[-1].cursor, since))
    assert ids(connector, taken) + ids(connector, rest) == ids(connector, pages)


@pytest.mark.parametrize(
    ("answer", "kind", "said", "said_zh"),
    [
        (error(21327, 403), CredentialRefused, "has expired", "已过期"),
        (error("21315", 403), CredentialRefused, "has expired", "已过期"),
        (error(21332, 403), CredentialRefused, "21332", "21332"),
        (error(21319), CredentialRefused, "21319", "21319"),
        (error(10023, 403), QuotaUsedUp, "quota", "配额"),
        (error(10024, 403), QuotaUsedUp, "quota", "配额"),
        (error(10022, 403), Throttled, "wait", "稍等"),
        (error(10014, 403), NotAllowed, "10014", "10014"),
        (error(21321, 403), NotAllowed, "21321", "21321"),
        (error(10001, 500), Unavailable, "10001", "10001"),
        (error(10009, 200), Unavailable, "10009", "10009"),
        (error(10017), ShapeChanged, "10017", "10017"),
        (told({}, 503), Unavailable, "503", "503"),
        (httpx2.Response(502, content=b"<html>"), Unavailable, "502", "502"),
        (told({"statuses": "无"}), ShapeChanged, "list", "记录"),
    ],
)
def test_each_error_is_the_problem_that_it_means_in_both_languages(answer, kind, said, said_zh):
    service = Service()
    service.refuses["statuses/mentions"] = answer
    problem = problem_of(listening(Network(service)))
    assert type(problem) is kind
    assert said in problem.text("en")
    assert said_zh in problem.text("zh-hans")


def test_too_many_requests_say_how_long_to_wait():
    problem = problem_of(listening(Network(refusing(429, retry_after="90"))))
    assert (type(problem), problem.wait) == (Throttled, 90)


def test_the_token_is_in_no_address():
    service = Service()
    busy(service, 1, 1)
    network = Network(service)
    all_pages(listening(network))
    assert {request.headers["authorization"] for request in network.asked} == {"OAuth2 TOKEN"}
    assert not [request for request in network.asked if "TOKEN" in str(request.url)]


def test_again_tells_what_is_gone_what_changed_and_spares_requests():
    service = Service()
    busy(service, 1, 8)
    own(service, 100, 101)
    service.lists["statuses/mentions"][0]["text"] = "改过的微博"
    asked = ["1", "2", "99", "comment/100/101", "comment/100/199"]
    network = Network(service)
    connector = listening(network)
    found = {one.native_id: one for one in connector.again(asked)}
    assert [name for name in asked if found[name].gone] == ["comment/100/199"]
    assert connector.post(found["1"].record)["text"] == "改过的微博"
    assert connector.post(found["comment/100/101"].record)["native_id"] == "comment/100/101"
    assert [found[name].record for name in ("2", "99")] == [None, None]
    assert [one.gone for one in connector.again(["98"])] == [False]
    assert len(network.asked) == 1 + 2


def test_a_post_that_its_author_deleted_is_gone_when_asked_again():
    service = Service()
    service.status("statuses/mentions", 5, text="抱歉，此微博已被作者删除。", deleted="1")
    assert [one.gone for one in listening(Network(service)).again(["5", "6"])] == [True, True]


def test_an_answer_that_says_nothing_of_comments_is_no_proof():
    service = Service()
    service.refuses["comments/show_batch"] = told([])
    assert [one.gone for one in listening(Network(service)).again(["comment/1/2"])] == [False]


def test_the_account_s_number_is_not_asked_for_again_in_the_same_run():
    service = Service()
    busy(service, 1, 1)
    network = Network(service)
    connector = listening(network)
    cursor = all_pages(connector)[-1].cursor
    connector = listening(network)
    all_pages(connector, cursor)
    list(connector.again(["1"]))
    assert network.paths.count("/2/account/get_uid.json") == 1


def test_comments_that_are_all_gone_are_all_told():
    connector = listening(Network(Service()))
    assert [one.gone for one in connector.again(["comment/1/2", "comment/1/3"])] == [True, True]


def test_a_post_that_only_some_may_see_is_not_called_gone():
    service = Service()
    service.refuses["statuses/show"] = error(20112, 403)
    (found,) = listening(Network(service)).again(["5"])
    assert not found.gone


def test_nothing_is_called_gone_when_the_token_has_expired():
    service = Service()
    service.refuses["comments/show_batch"] = error(21327, 403)
    with pytest.raises(CredentialRefused):
        list(listening(Network(service)).again(["comment/1/2"]))


@pytest.mark.parametrize(
    ("to", "path"),
    [("comment/60/2001", "/2/comments/reply.json"), ("1", "/2/comments/create.json")],
)
def test_an_answer_stands_and_is_found_again_though_weibo_puts_a_name_before_it(to, path):
    service = Service()
    busy(service, 1, 1)
    network = Network(service)
    connector = listening(network)
    assert connector.answered(to, "马上处理 请稍等") is None
    sent = connector.answer(to, "马上处理 请稍等")
    assert network.asked[-1].url.path == path
    assert connector.answered(to, "马上处理  请稍等") == sent
    assert connector.answered(to, "别的话") is None
    assert connector.answered("comment/60/2", "马上处理 请稍等") is None


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (error(20019, said="提交相同的信息"), AnswerRefused),
        (error(20012, said="Text too long"), AnswerRefused),
        (error(20016), Throttled),
        (error(20032), Unavailable),
        (error(10023), QuotaUsedUp),
        (error(21327), CredentialRefused),
    ],
)
def test_an_answer_is_refused_only_where_it_surely_does_not_stand(refused, kind):
    service = Service()
    service.refuses["comments/reply"] = refused
    network = Network(service)
    with pytest.raises(kind) as found:
        listening(network).answer("comment/1/2", "您好")
    assert type(found.value) is kind
    assert len(network.asked) == 1


def test_it_welcomes_with_the_account_s_name():
    service = Service()
    busy(service, 1, 1)
    welcome = listening(Network(service)).welcome()
    assert (welcome.account, welcome.sample[0]["text"]) == ("阿喜茶馆", "微博 1")
