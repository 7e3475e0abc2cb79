"""Listening on Stack Exchange: by activity, with answers and comments, within quota and pauses."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import httpx2
import pytest
from tests.sources.network import Network, all_pages, ids, problem_of, refusing, stopped, told

from outlisten.sources.problems import (
    CredentialRefused,
    QuotaUsedUp,
    ShapeChanged,
    Throttled,
    Unavailable,
    WrongOption,
)
from outlisten.sources.stackexchange.connector import StackExchange

START = 1_796_000_000
OWNER = {"user_id": 7, "display_name": "兰风"}


class Site:
    """The interface as documented: `min` and `max` are inclusive and of the sort, ids come joined by semicolons."""

    def __init__(self, *seconds: int, **wrapper: Any) -> None:
        self.questions: dict[int, dict[str, Any]] = {}
        self.answers: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, dict[str, Any]] = {}
        self.wrapper = wrapper
        for second in seconds:
            self.asks(second)

    def asks(self, second: int) -> int:
        number = 1_000 + len(self.questions)
        self.questions[number] = {
            "question_id": number, "title": f"微信 {number}", "body": "<p>?</p>", "owner": OWNER, "answer_count": 0,
            "creation_date": START + second, "last_activity_date": START + second, "score": 0,
        }  # fmt: skip
        return number

    def answered(self, question: int, second: int) -> int:
        number = 5_000 + len(self.answers)
        when = START + second
        self.answers[number] = {
            "answer_id": number, "question_id": question, "body": "<p>这样。</p>", "owner": OWNER,
            "creation_date": when, "last_activity_date": when,
        }  # fmt: skip
        self.questions[question] |= {"last_activity_date": when, "answer_count": 1}
        return number

    def commented(self, post: int, second: int) -> int:
        number = 9_000 + len(self.comments)
        self.comments[number] = {
            "comment_id": number, "post_id": post, "body": "好", "owner": OWNER, "creation_date": START + second,
        }  # fmt: skip
        return number

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path, asked = request.url.path.removeprefix("/2.3/").split("/"), request.url.params
        wanted = (
            {int(number) for number in path[1].split(";")} if path[1].replace(";", "").isdigit() else set()
        )
        match path:
            case ["search", "advanced"]:
                found = list(self.questions.values())
            case ["questions", _, "answers"]:
                found = [one for one in self.answers.values() if one["question_id"] in wanted]
            case ["posts", _, "comments"]:
                found = [one for one in self.comments.values() if one["post_id"] in wanted]
            case [kind, _]:
                found = [one for number, one in getattr(self, kind).items() if number in wanted]
        by = "last_activity_date" if asked.get("sort") == "activity" else "creation_date"
        found = [one for one in found if int(asked.get("min", 0)) <= one[by] <= int(asked.get("max", 1e12))]
        found = sorted(found, key=lambda one: one[by], reverse=True)
        size, page = int(asked["pagesize"]), int(asked.get("page", 1))
        items = found[size * (page - 1) : size * page]
        wrapper = {"items": items, "has_more": len(found) > size * page, "quota_remaining": 299}
        return told(wrapper | self.wrapper)


def listening(network: Network, secrets: dict[str, str] | None = None, **options: object) -> StackExchange:
    return network.connector(StackExchange, {"words": "微信", **options}, secrets)


def test_it_asks_for_the_words_within_the_tags_of_the_site():
    network = Network(Site(1))
    options = {"words": ["mini program", "微信"], "tags": ["wechat", "小程序"], "site": "superuser.com"}
    all_pages(listening(network, {"key": "k"}, **options))
    first, second = (request.url.params for request in network.asked)
    assert [first["q"], second["q"]] == ['"mini program"', "微信"]
    assert (first["tagged"], first["site"], first["filter"], first["key"]) == (
        "wechat;小程序",
        "superuser",
        "withbody",
        "k",
    )


def test_without_words_and_tags_there_is_nothing_to_ask_for():
    problem = problem_of(listening(Network(Site()), words=""))
    assert isinstance(problem, WrongOption)


def test_tags_alone_are_enough():
    network = Network(Site(1))
    all_pages(listening(network, words="", tags="wechat"))
    assert "q" not in network.asked[0].url.params


def test_a_new_answer_brings_its_question_again_and_only_itself():
    site = Site(0, 50_000)
    connector = listening(Network(site))
    site.answered(1_000, 40_000)
    cursor = all_pages(connector)[-1].cursor
    site.answered(1_000, 90_000)
    assert ids(connector, all_pages(connector, cursor)) == [
        "stackoverflow/questions/1000",
        "stackoverflow/answers/5001",
    ]


@pytest.mark.parametrize(
    ("depth", "brought"),
    [
        ("questions", ["questions/1000"]),
        ("answers", ["questions/1000", "answers/5000"]),
        ("comments", ["questions/1000", "answers/5000", "comments/9001", "comments/9000"]),
    ],
)
def test_as_much_is_collected_as_was_chosen(depth, brought):
    site = Site(0)
    answer = site.answered(1_000, 10)
    site.commented(1_000, 20)
    site.commented(answer, 30)
    connector = listening(Network(site), depth=depth)
    pages = all_pages(connector)
    assert ids(connector, pages) == [f"stackoverflow/{name}" for name in brought]
    if depth == "comments":
        on_answer = connector.post(pages[0].records[2])
        assert (on_answer["reply_to"], on_answer["thread"]) == (
            "stackoverflow/answers/5000",
            "stackoverflow/questions/1000",
        )


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_stop_between_two_pages_loses_and_doubles_nothing(stop):
    site = Site(0)
    connector = listening(Network(site), depth="questions")
    cursor = all_pages(connector)[-1].cursor
    for second in range(2_000, 2_340):
        site.asks(second * 10 // 7)
    taken = stopped(connector.pages(cursor), stop)
    site.asks(4_000)
    taken += stopped(connector.pages(taken[-1].cursor), 100)
    taken += stopped(connector.pages(taken[-1].cursor), 100)
    assert sorted(ids(connector, taken)) == [f"stackoverflow/questions/{n}" for n in range(1_001, 1_342)]


def test_more_answers_than_one_page_holds_all_come():
    site = Site(0)
    for second in range(250):
        site.answered(1_000, second)
    connector = listening(Network(site))
    assert len(ids(connector, all_pages(connector))) == 251


def test_the_history_goes_back_by_the_day_of_asking_with_all_answers():
    site = Site(*range(0, 200_000, 1_000))
    site.answered(1_199, 500_000)
    connector = listening(Network(site))
    pages = list(connector.history({}, datetime.fromtimestamp(START + 50_000, UTC)))
    brought = ids(connector, pages)
    assert len(pages) == 2
    assert sorted(brought) == [
        "stackoverflow/answers/5000",
        *(f"stackoverflow/questions/{n}" for n in range(1_050, 1_200)),
    ]


def test_an_empty_answer_is_an_end_and_no_problem():
    (page,) = all_pages(listening(Network(Site())))
    assert (list(page.records), page.more) == ([], False)


def test_a_pause_that_an_answer_asks_for_is_kept_before_the_next_question(monkeypatch):
    site = Site(0, backoff=10)
    site.answered(1_000, 5)
    connector = listening(Network(site))
    rests: list[float] = []
    monkeypatch.setattr(connector.fetcher, "rest", lambda _, seconds: rests.append(seconds))
    assert len(ids(connector, all_pages(connector))) == 2
    assert rests == [10, 10]


def test_a_long_pause_ends_the_run_and_says_how_long():
    site = Site(0, backoff=900)
    site.answered(1_000, 5)
    problem = problem_of(listening(Network(site)))
    assert (type(problem), problem.wait) == (Throttled, 900)


def test_a_quota_that_is_used_up_is_told_before_another_question_is_asked():
    site = Site(0, quota_remaining=0)
    site.answered(1_000, 5)
    network = Network(site)
    assert isinstance(problem_of(listening(network)), QuotaUsedUp)
    assert len(network.asked) == 1


@pytest.mark.parametrize(
    ("error", "problem", "wait"),
    [
        (
            {"error_id": 502, "error_message": "too many requests from this IP, more requests available in 82 seconds"},
            Throttled,
            82,
        ),
        ({"error_id": 502, "error_message": "Violation of backoff parameter"}, Throttled, None),
        ({"error_id": 503, "error_message": "temporarily unavailable"}, Unavailable, None),
        ({"error_id": 400, "error_message": "No site found for name `没有`"}, WrongOption, None),
        ({"error_id": 400, "error_message": "`key` doesn't match a known application"}, CredentialRefused, None),
        ({"error_id": 403, "error_message": "access denied", "error_name": "access_denied"}, CredentialRefused, None),
        ({"error_id": 404, "error_message": "no method found", "error_name": "no_method"}, ShapeChanged, None),
    ],
)  # fmt: skip
def test_an_error_of_the_interface_says_what_it_is(error, problem, wait):
    met = problem_of(listening(Network(lambda _: told(error, 400))))
    assert (type(met), getattr(met, "wait", None)) == (problem, wait)


@pytest.mark.parametrize("status", [400, 404, 429, 503])
def test_no_problem_tells_the_key(status):
    error = {"error_id": 400, "error_message": "`key` geheim123 doesn't match a known application"}
    met = problem_of(listening(Network(lambda _: told(error, status)), {"key": "geheim123"}))
    assert "geheim123" not in f"{met} {met.text('zh-hans')}"


def test_the_wait_of_a_refusal_is_kept():
    assert problem_of(listening(Network(refusing(429, retry_after="37")))).wait == 37


@pytest.mark.parametrize("answer", [[], {"items": None}, {"items": [{"question_id": 1}]}, {}])
def test_an_answer_of_another_shape_is_told_as_one(answer):
    assert isinstance(problem_of(listening(Network(lambda _: told(answer)))), ShapeChanged)


def test_posts_are_asked_for_again_a_hundred_at_once_and_what_is_left_out_is_gone():
    site = Site(*range(120))
    answer = site.answered(1_000, 5)
    site.commented(answer, 30)
    del site.questions[1_007]
    network = Network(site)
    connector = listening(network)
    names = [f"stackoverflow/questions/{n}" for n in range(1_000, 1_120)]
    names += ["stackoverflow/answers/5000", "unix/answers/77", "stackoverflow/comments/9000"]
    standing = {one.native_id: one for one in connector.again(names)}
    assert set(standing) == set(names)
    assert {name for name, one in standing.items() if one.gone} == {
        "stackoverflow/questions/1007",
        "unix/answers/77",
    }
    assert connector.post(standing["stackoverflow/answers/5000"].record)["text"] == "这样。"
    assert len(network.asked) == 5
