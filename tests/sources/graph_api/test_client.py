"""Asking the Graph API: its lists, its errors and its limits, each told apart, and the token in no address."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from tests.sources.graph_api.paging import error, listed
from tests.sources.network import Network, told

from outlisten.sources.graph_api.client import GraphClient
from outlisten.sources.graph_api.usage import pause_asked
from outlisten.sources.problems import (
    AnswerRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    ShapeChanged,
    Throttled,
    Unavailable,
)


def asking(answer: Callable[[httpx2.Request], httpx2.Response], **made: Any) -> tuple[GraphClient, Network]:
    network = Network(answer)
    return GraphClient(network.fetcher(), "TOKEN", **made), network


@pytest.mark.parametrize(
    ("answer", "problem", "said", "said_zh"),
    [
        (error(190, 463), CredentialRefused, "the access token has expired", "访问令牌已过期"),
        (error(190, 467), CredentialRefused, "the access token has expired", "访问令牌已过期"),
        (error(190, 460, 401), CredentialRefused, "190/460", "190/460"),
        (error(102), CredentialRefused, "102", "102"),
        (error(10, status=403), NotAllowed, "10", "10"),
        (error(200, status=403), NotAllowed, "200", "200"),
        (error(299, status=403), NotAllowed, "299", "299"),
        (error(4, status=403), Throttled, "wait", "稍等"),
        (error(17), Throttled, "wait", "稍等"),
        (error(32), Throttled, "wait", "稍等"),
        (error(613), Throttled, "wait", "稍等"),
        (error(80001), Throttled, "wait", "稍等"),
        (error(80002), Throttled, "wait", "稍等"),
        (error(368), Throttled, "wait", "稍等"),
        (error(1, status=500), Unavailable, "(1)", "（1）"),
        (error(2, status=503), Unavailable, "(2)", "（2）"),
        (error(9_999, is_transient=True), Unavailable, "9999", "9999"),
        (error(100, 33), NotThere, "100/33", "100/33"),
        (error(803, status=404), NotThere, "803", "803"),
        (error(100), ShapeChanged, "100", "100"),
        (told({}, 500), Unavailable, "500", "500"),
        (httpx2.Response(502, content=b"<html>"), Unavailable, "502", "502"),
        (httpx2.Response(429, content=b""), Throttled, "wait", "稍等"),
        (httpx2.Response(200, content=b"[]"), ShapeChanged, "JSON", "JSON"),
    ],
)
def test_each_error_is_the_problem_that_it_means_in_both_languages(answer, problem, said, said_zh):
    client, _ = asking(lambda _: answer)
    with pytest.raises(problem) as found:
        client.get("me", fields="id")
    assert type(found.value) is problem
    assert said in found.value.text("en")
    assert said_zh in found.value.text("zh-hans")


def test_the_token_goes_into_no_address_and_the_secret_nowhere():
    client, network = asking(lambda request: listed(request, [{"id": "1"}, {"id": "2"}], 1), app_secret="APP")
    assert [one["id"] for one in client.whole("1/feed", most_pages=5, fields="id")] == ["1", "2"]
    for request in network.asked:
        assert request.headers["authorization"] == "Bearer TOKEN"
        assert "TOKEN" not in str(request.url)
        assert "SECRET" not in str(request.url)
        assert "APP" not in f"{request.url} {request.headers}"


def test_the_proof_is_the_token_signed_with_the_secret():
    client, network = asking(lambda _: told({"id": "1"}), app_secret="key")
    client.get("me")
    # openssl: printf TOKEN | openssl dgst -sha256 -hmac key
    proof = "f09bc78d0ac037e3757b780f7c6839fcf5a2115568f4a38a92a8f6562f978bb9"
    assert network.asked[0].url.params["appsecret_proof"] == proof


def test_without_a_secret_there_is_no_proof():
    client, network = asking(lambda _: told({"id": "1"}))
    client.get("me")
    assert "appsecret_proof" not in network.asked[0].url.params


def test_an_empty_page_that_says_where_it_goes_on_is_not_the_end():
    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.params.get("after"):
            return told({"data": [{"id": "2"}]})
        return told({"data": [], "paging": {"next": "https://graph.facebook.com/x?access_token=S&after=b"}})

    client, _ = asking(answer)
    assert [one["id"] for one in client.whole("1/feed", most_pages=5)] == ["2"]


def test_a_place_by_time_is_taken_as_it_comes():
    following = (
        "https://graph.facebook.com/1/feed?limit=25&until=1400000000&__paging_token=enc&access_token=S"
    )
    client, _ = asking(lambda _: told({"data": [], "paging": {"next": following}}))
    _, at = client.listed("1/feed", None)
    assert at == {"until": "1400000000", "__paging_token": "enc"}


def test_a_place_that_is_not_known_any_more_is_the_top():
    def answer(request: httpx2.Request) -> httpx2.Response:
        return error(100) if "after" in request.url.params else told({"data": [{"id": "甲"}]})

    client, _ = asking(answer)
    assert client.listed("1/feed", {"after": "old"}) == ([{"id": "甲"}], None)


@pytest.mark.parametrize(
    ("usage", "seconds"),
    [
        ({}, 0),
        ({"x-app-usage": '{"call_count":28,"total_time":25,"total_cputime":25}'}, 0),
        ({"x-app-usage": '{"call_count":96,"total_time":25,"total_cputime":25}'}, 600),
        ({"x-page-usage": '{"call_count":1,"total_time":100,"total_cputime":1}'}, 600),
        ({"x-business-use-case-usage": json.dumps({"100": [
            {"type": "pages", "call_count": 100, "total_cputime": 1, "total_time": 1, "estimated_time_to_regain_access": 19}
        ]})}, 19 * 60),
        ({"x-business-use-case-usage": json.dumps({"100": [
            {"type": "instagram", "call_count": 97, "estimated_time_to_regain_access": 0}
        ]})}, 600),
        ({"x-app-usage": "not JSON"}, 0),
        ({"x-app-usage": "[]", "x-business-use-case-usage": '{"1": ["一"]}'}, 0),
    ],
)  # fmt: skip
def test_the_usage_says_how_long_not_to_ask(usage, seconds):
    assert pause_asked(usage) == seconds


def test_what_came_is_kept_and_the_next_request_waits():
    usage = json.dumps({"1": [{"type": "pages", "estimated_time_to_regain_access": 5}]})
    client, network = asking(lambda _: told({"id": "1"}, x_business_use_case_usage=usage))
    assert client.get("me") == {"id": "1"}
    with pytest.raises(Throttled) as found:
        client.get("me")
    assert found.value.wait == 300
    assert len(network.asked) == 1


def test_a_limit_tells_how_long_to_wait():
    usage = json.dumps({"1": [{"type": "pages", "estimated_time_to_regain_access": 7}]})

    def answer(_: httpx2.Request) -> httpx2.Response:
        refused = error(80001)
        refused.headers["x-business-use-case-usage"] = usage
        return refused

    client, _ = asking(answer)
    with pytest.raises(Throttled) as found:
        client.get("me")
    assert found.value.wait == 420


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (error(506, error_user_msg="重复的内容"), AnswerRefused),
        (error(100), AnswerRefused),
        (error(10), NotAllowed),
        (error(190, 463), CredentialRefused),
        (error(2, status=500), Unavailable),
        (error(100, 33), NotThere),
        (told({"success": True}), ShapeChanged),
    ],
)
def test_an_answer_is_refused_only_where_it_surely_does_not_stand(answer, problem):
    client, network = asking(lambda _: answer)
    with pytest.raises(problem) as found:
        client.write("1/comments", message="您好")
    assert type(found.value) is problem
    assert len(network.asked) == 1


def test_the_network_s_own_words_say_why_an_answer_was_refused():
    client, _ = asking(lambda _: error(506, error_user_msg="重复的内容"))
    with pytest.raises(AnswerRefused, match="重复的内容"):
        client.write("1/comments", message="您好")
