"""Listening on Instagram: what stands under one's own media, tags and hashtags, and answering once."""

from __future__ import annotations

from typing import Any

import pytest
from tests.sources.graph_api.paging import error
from tests.sources.instagram.graph import NAME, NUMBER, Graph, when
from tests.sources.network import Network, all_pages, ids, problem_of, stopped

from outlisten.sources.instagram.connector import Instagram
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    QuotaUsedUp,
    Throttled,
    Unavailable,
    WrongOption,
)


def listening(network: Network, **options: object) -> Any:
    chosen = {"account": NUMBER, **options}
    return network.connector(Instagram, chosen, {"token": "TOKEN", "app_secret": "APP"})


def busy() -> Graph:
    graph = Graph()
    for number in ("11", "12", "13", "14"):
        graph.shows(number)
        for one in range(3):
            graph.says(number, f"{number}{one}", 4 - one)
        graph.says(number, f"{number}8", 1, parent=f"{number}0")
        graph.says(number, f"{number}9", 0.5, parent=f"{number}0")
    graph.tags = [{"id": "77", "caption": "打卡", "timestamp": when(3), "username": "guest"}]
    graph.hashtags = {
        "茶": [{"id": f"5{one}", "caption": f"喝茶 {one}", "timestamp": when(one)} for one in range(5)]
    }
    return graph


def test_it_brings_media_comments_all_replies_and_what_tags_the_account():
    graph = Graph()
    graph.shows("11")
    graph.says("11", "1", 4)
    for reply in ("2", "3", "4"):
        graph.says("11", reply, 3, parent="1")
    graph.tags = [{"id": "77", "caption": "打卡", "timestamp": when(3), "username": "guest"}]
    connector = listening(Network(graph))
    pages = all_pages(connector)
    assert ids(connector, pages) == [
        "media/11", "comment/11/1", "comment/11/2", "comment/11/3", "comment/11/4", "others/77",
    ]  # fmt: skip
    replies = [connector.post(record) for page in pages for record in page.records][2:5]
    assert {one["reply_to"] for one in replies} == {"comment/11/1"}


def test_tags_are_read_to_an_empty_page_as_they_do_not_say_whether_one_follows():
    graph = Graph()
    graph.tags = [
        {"id": f"7{one}", "caption": f"打卡 {one}", "timestamp": when(one), "username": "guest"}
        for one in range(5)
    ]
    connector = listening(Network(graph))
    assert ids(connector, all_pages(connector)) == [f"others/7{one}" for one in range(5)]


def test_a_new_reply_under_an_old_comment_comes_alone():
    graph = busy()
    connector = listening(Network(graph))
    cursor = all_pages(connector)[-1].cursor
    graph.says("13", "137", 0, parent="131")
    assert ids(connector, all_pages(connector, cursor)) == ["media/13", "comment/13/137"]


def test_a_comment_that_takes_the_place_of_one_that_went_is_not_missed():
    graph = busy()
    connector = listening(Network(graph))
    cursor = all_pages(connector)[-1].cursor
    del graph.comments["121"]
    graph.says("12", "127", 0)
    assert ids(connector, all_pages(connector, cursor)) == ["media/12", "comment/12/127"]


def test_nothing_is_asked_for_under_media_that_did_not_change():
    network = Network(busy())
    connector = listening(network)
    cursor = all_pages(connector)[-1].cursor
    network.asked.clear()
    assert ids(connector, all_pages(connector, cursor)) == []
    assert not [path for path in network.paths if path.endswith("/comments")]


def test_media_older_than_the_days_that_were_chosen_end_the_list():
    graph = Graph()
    graph.shows("11", 1)
    for number in ("12", "13", "14", "15", "16"):
        graph.shows(number, 24 * 60)
    network = Network(graph)
    connector = listening(network, days="7")
    assert ids(connector, all_pages(connector)) == ["media/11"]
    assert sum(path.endswith("/media") for path in network.paths) == 2


@pytest.mark.parametrize("after", range(1, 24))
def test_nothing_is_lost_or_doubled_when_it_stops_after_any_page(after):
    connector = listening(Network(busy()), hashtags="茶")
    wanted = ids(connector, all_pages(connector))
    taken = stopped(connector.pages({}), after)
    found = ids(connector, taken) + ids(connector, all_pages(connector, taken[-1].cursor))
    assert sorted(found) == sorted(wanted)
    assert len(wanted) == 4 + 20 + 1 + 5


def test_a_hashtag_is_read_to_its_end_though_its_place_never_changes():
    graph = busy()
    connector = listening(Network(graph), hashtags="#茶", tagged="no")
    cursor = all_pages(connector)[-1].cursor
    graph.hashtags["茶"].insert(3, {"id": "99", "caption": "新来的茶", "timestamp": when(0.1)})
    assert ids(connector, all_pages(connector, cursor)) == ["others/99"]


def test_a_thirty_first_hashtag_is_not_asked_for():
    graph = busy()
    graph.searched = [f"标签{one}" for one in range(30)]
    network = Network(graph)
    connector = listening(network, hashtags="茶")
    with pytest.raises(QuotaUsedUp):
        all_pages(connector)
    assert not [path for path in network.paths if path.endswith("ig_hashtag_search")]


def test_a_hashtag_that_counts_already_is_asked_for_though_thirty_are_used_up():
    graph = busy()
    graph.searched = [*(f"标签{one}" for one in range(29)), "茶"]
    connector = listening(Network(graph), hashtags="茶")
    assert "others/50" in ids(connector, all_pages(connector))


@pytest.mark.parametrize(
    ("options", "said", "said_zh"),
    [
        ({"account": ""}, "the number of the Instagram account", "账户编号"),
        ({"account": "@axichaguan"}, "the number of the Instagram account", "账户编号"),
        ({"login": "instagram", "hashtags": "茶"}, "Facebook Login", "Facebook 登录"),
        ({"hashtags": [f"标签{one}" for one in range(31)]}, "thirty", "30"),
    ],
)
def test_entries_that_cannot_be_used_are_explained_in_both_languages(options, said, said_zh):
    network = Network(busy())
    with pytest.raises(WrongOption) as found:
        all_pages(listening(network, **options))
    assert said in found.value.text("en")
    assert said_zh in found.value.text("zh-hans")
    assert network.asked == []


def test_with_instagram_login_it_asks_the_other_host_and_for_comments_alone():
    network = Network(busy())
    connector = listening(network, login="instagram", account="")
    assert len(ids(connector, all_pages(connector))) == 24
    assert {request.url.host for request in network.asked} == {"graph.instagram.com"}
    assert not [path for path in network.paths if path.endswith("/tags")]
    assert not [request for request in network.asked if "appsecret_proof" in request.url.params]


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (error(190, 463, 401), CredentialRefused),
        (error(10, status=403), NotAllowed),
        (error(80002), Throttled),
        (error(2, status=500), Unavailable),
    ],
)
def test_what_keeps_it_from_reading_is_told_for_what_it_is(refused, kind):
    graph = busy()
    graph.refuses["12/comments"] = refused
    assert type(problem_of(listening(Network(graph)))) is kind


def test_secrets_are_in_no_address():
    network = Network(busy())
    all_pages(listening(network, hashtags="茶"))
    asked = " ".join(str(request.url) for request in network.asked)
    assert "TOKEN" not in asked
    assert "APP" not in asked
    assert "SECRET" not in asked


def test_again_tells_what_is_gone_what_changed_and_what_cannot_be_known():
    graph = busy()
    graph.comments["120"][1]["text"] = "改过的评论"
    del graph.comments["121"], graph.media["14"]
    network = Network(graph)
    connector = listening(network)
    asked = ["comment/12/120", "comment/12/121", "media/14", "comment/14/140", "media/11", "others/77"]
    found = {one.native_id: one for one in connector.again(asked)}
    assert [found[name].gone for name in asked] == [False, True, True, True, False, False]
    changed = connector.post(found["comment/12/120"].record)
    assert (changed["text"], changed["url"]) == ("改过的评论", "https://www.instagram.com/p/12/")
    assert found["others/77"].record is None
    assert network.paths.count("/v25.0/12") == 1


def test_nothing_is_called_gone_when_the_right_to_read_is_gone():
    graph = busy()
    graph.comments.clear()
    graph.refuses[f"{NUMBER}/media"] = error(10, status=403)
    with pytest.raises(NotAllowed):
        list(listening(Network(graph)).again(["comment/12/120"]))


@pytest.mark.parametrize(
    ("to", "place", "words"),
    [
        ("media/12", "12/comments", "马上处理"),
        ("comment/12/120", "120/replies", "马上处理"),
        ("comment/12/128", "120/replies", "@guest 马上处理"),
    ],
)
def test_an_answer_stands_in_the_thread_names_whom_it_is_for_and_is_found_again(to, place, words):
    graph = busy()
    network = Network(graph)
    connector = listening(network)
    assert connector.answered(to, "马上处理") is None
    sent = connector.answer(to, "马上处理")
    assert network.asked[-1].url.path == f"/v25.0/{place}"
    assert graph.comments[sent.native_id.split("/")[2]][1]["text"] == words
    assert connector.answered(to, "马上处理") == sent


def test_the_same_words_of_somebody_else_are_no_answer_of_ours():
    graph = busy()
    graph.says("12", "129", 0, text="谢谢")
    assert listening(Network(graph)).answered("media/12", "谢谢") is None


def test_media_of_others_are_not_answered():
    network = Network(busy())
    with pytest.raises(AnswerRefused) as found:
        listening(network).answer("others/77", "谢谢")
    assert "其他人" in found.value.text("zh-hans")
    assert network.asked == []


def test_it_welcomes_with_the_account_s_name():
    welcome = listening(Network(busy())).welcome()
    assert welcome.account == NAME
    assert welcome.sample[0]["text"] == "新品 11"
