"""Listening on a Page of Facebook: its posts, what stands under them, and answering once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from tests.sources.facebook.graph import Graph
from tests.sources.graph_api.paging import error
from tests.sources.network import Network, all_pages, ids, problem_of, stopped, told

from outlisten.sources.facebook.connector import Facebook
from outlisten.sources.problems import AnswerRefused, CredentialRefused, NotAllowed, Throttled, Unavailable


def listening(network: Network, **options: object) -> Any:
    return network.connector(Facebook, options, {"token": "TOKEN", "app_secret": "APP"})


def busy() -> Graph:
    graph = Graph()
    for number in range(5):
        post = graph.posts(str(number), number)
        first = graph.says(post, "1", 100)
        graph.says(post, "2", 90)
        graph.says(post, "3", 110, parent=first)
    graph.posts("tagged", 3, tagged=True)
    return graph


def test_it_brings_posts_comments_replies_and_what_tags_the_page():
    graph = Graph()
    post = graph.posts("1")
    first = graph.says(post, "5", 10)
    graph.says(post, "6", 20, parent=first)
    graph.posts("2", tagged=True)
    connector = listening(Network(graph))
    assert ids(connector, all_pages(connector)) == [
        "post/100_1", "comment/100_1/1_5", "comment/100_1/1_6", "tagged/777_2",
    ]  # fmt: skip


def test_only_the_days_that_were_chosen_are_asked_for():
    network = Network(busy())
    all_pages(listening(network, days="7"))
    (first, *_) = [request for request in network.asked if request.url.path.endswith("/feed")]
    assert int(first.url.params["since"]) == int(datetime(2026, 11, 24, 12, tzinfo=UTC).timestamp())


def test_without_mentions_what_tags_the_page_is_not_asked_for():
    network = Network(busy())
    all_pages(listening(network, mentions="no"))
    assert not [path for path in network.paths if path.endswith("/tagged")]


def test_comments_that_are_held_to_be_of_low_quality_come_too():
    network = Network(busy())
    all_pages(listening(network))
    asked = [request.url.params for request in network.asked if request.url.path.endswith("/comments")]
    assert {(one["filter"], one["live_filter"]) for one in asked} == {("stream", "no_filter")}


def test_nothing_is_asked_for_under_posts_that_did_not_change():
    graph = busy()
    network = Network(graph)
    connector = listening(network)
    cursor = all_pages(connector)[-1].cursor
    graph.says("100_3", "9", 5_000)
    network.asked.clear()
    assert ids(connector, all_pages(connector, cursor)) == ["post/100_3", "comment/100_3/3_9"]
    assert {path for path in network.paths if path.endswith("/comments")} == {"/v25.0/100_3/comments"}


def test_an_edit_of_a_post_brings_it_again():
    graph = busy()
    connector = listening(Network(graph))
    cursor = all_pages(connector)[-1].cursor
    graph.feed["100_2"] |= {"message": "改过的话", "updated_time": "2026-12-01T10:00:00+0000"}
    (record,) = [record for page in all_pages(connector, cursor) for record in page.records]
    assert connector.post(record)["text"] == "改过的话"


@pytest.mark.parametrize("after", range(1, 20))
def test_nothing_is_lost_or_doubled_when_it_stops_after_any_page(after):
    connector = listening(Network(busy()))
    wanted = ids(connector, all_pages(connector))
    taken = stopped(connector.pages({}), after)
    found = ids(connector, taken) + ids(connector, all_pages(connector, taken[-1].cursor))
    assert sorted(found) == sorted(wanted)
    assert len(wanted) == 21


def test_a_post_that_goes_while_it_is_read_does_not_stop_the_others():
    graph = busy()
    graph.refuses["100_1/comments"] = error(100, 33)
    connector = listening(Network(graph))
    assert len(ids(connector, all_pages(connector))) == 18


@pytest.mark.parametrize(
    ("refused", "kind"),
    [
        (error(190, 463, 401), CredentialRefused),
        (error(10, status=403), NotAllowed),
        (error(80001), Throttled),
        (error(2, status=500), Unavailable),
    ],
)
def test_what_keeps_it_from_reading_is_told_for_what_it_is(refused, kind):
    graph = busy()
    graph.refuses["100/feed"] = refused
    assert type(problem_of(listening(Network(graph)))) is kind


def test_secrets_are_in_no_address_and_in_no_sentence():
    graph = busy()
    graph.refuses["100_1/comments"] = error(190, 460)
    network = Network(graph)
    problem = problem_of(listening(network))
    told_of = " ".join(
        [*(str(request.url) for request in network.asked), problem.text("en"), repr(problem.details)]
    )
    assert "TOKEN" not in told_of
    assert "APP" not in told_of


def test_a_wait_that_the_page_s_limits_ask_for_stops_it_without_losing_what_came():
    graph = busy()
    usage = '{"100": [{"type": "pages", "call_count": 100, "estimated_time_to_regain_access": 3}]}'

    def answer(request: httpx2.Request) -> httpx2.Response:
        response = graph(request)
        if request.url.path.endswith("/feed"):
            response.headers["x-business-use-case-usage"] = usage
        return response

    connector = listening(Network(answer))
    pages = connector.pages({})
    assert ids(connector, [next(pages)]) == ["post/100_0", "post/100_1"]
    with pytest.raises(Throttled) as found:
        next(pages)
    assert found.value.wait == 180


def test_again_tells_what_is_gone_what_changed_and_what_cannot_be_known():
    graph = busy()
    graph.comments["1_2"][1]["message"] = "改过的评论"
    del graph.comments["1_3"], graph.feed["100_4"]
    connector = listening(Network(graph))
    asked = ["comment/100_1/1_2", "comment/100_1/1_3", "post/100_4", "post/100_1", "tagged/777_tagged"]
    found = {one.native_id: one for one in connector.again(asked)}
    assert [found[name].gone for name in asked] == [False, True, True, False, False]
    changed = connector.post(found["comment/100_1/1_2"].record)
    assert (changed["native_id"], changed["text"], changed["thread"]) == (
        "comment/100_1/1_2", "改过的评论", "post/100_1",
    )  # fmt: skip
    assert found["tagged/777_tagged"].record is None


def test_nothing_is_called_gone_when_the_right_to_read_is_gone():
    graph = busy()
    graph.comments.clear()
    graph.refuses["100/tagged"] = error(10, status=403)
    with pytest.raises(NotAllowed):
        list(listening(Network(graph)).again(["comment/100_1/1_2"]))


@pytest.mark.parametrize(
    ("to", "place"),
    [
        ("post/100_1", "100_1/comments"),
        ("comment/100_1/1_1", "1_1/comments"),
        ("comment/100_1/1_3", "1_1/comments"),
    ],
)
def test_an_answer_stands_where_the_thread_has_room_and_is_found_again(to, place):
    network = Network(busy())
    connector = listening(network)
    assert connector.answered(to, "马上处理，请稍等。") is None
    sent = connector.answer(to, "马上处理，请稍等。")
    assert network.asked[-1].url.path == f"/v25.0/{place}"
    found = connector.answered(to, " 马上处理，请稍等。\n")
    assert found.native_id == sent.native_id
    assert found.url.startswith("https://www.facebook.com/")


def test_the_same_words_of_somebody_else_are_no_answer_of_ours():
    graph = busy()
    graph.says("100_1", "8", 300, text="谢谢")
    assert listening(Network(graph)).answered("post/100_1", "谢谢") is None


def test_an_answer_that_is_not_taken_is_told_with_the_reason():
    graph = busy()
    graph.refuses["100_1/comments"] = error(506, error_user_msg="重复的内容")
    with pytest.raises(AnswerRefused, match="重复的内容"):
        listening(Network(graph)).answer("post/100_1", "好")


def test_it_welcomes_with_the_page_s_name():
    welcome = listening(Network(busy())).welcome()
    assert welcome.account == "阿喜茶馆"
    assert welcome.sample[0]["text"] == "帖子 0"


def test_a_page_that_tells_no_id_has_another_shape():
    problem = problem_of(listening(Network(lambda _: told({"name": "x"}))))
    assert problem.kind == "shape"
