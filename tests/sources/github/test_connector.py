"""Listening on GitHub: repositories and words, conditional requests, limits, discussions with a token."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from tests.sources.network import NOW, Network, all_pages, fixture, ids, problem_of, stopped, told

from outlisten.sources.github.connector import GitHub
from outlisten.sources.problems import (
    CredentialRefused,
    NotAllowed,
    NotThere,
    ShapeChanged,
    Throttled,
    WrongOption,
)
from outlisten.sources.times import utc

APP = "https://github.com/example/app"
ISSUE = fixture(__file__, "issues-2026-12-01")[0]
COMMENT = fixture(__file__, "comments-2026-12-01")[0]
TALK, HINT, THANKS = fixture(__file__, "discussions-2026-12-01")


def at(minute: float) -> str:
    return (NOW + timedelta(minutes=minute)).strftime("%Y-%m-%dT%H:%M:%SZ")


class Hub:
    """GitHub as documented: lists by page with `since`, a search with times, single records, and entity tags."""

    def __init__(self) -> None:
        self.issues: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, dict[str, Any]] = {}
        self.talks: list[dict[str, Any]] = []

    def opened(self, *minutes: float, **fields: Any) -> None:
        for minute in minutes:
            number = len(self.issues) + 1
            self.issues[number] = ISSUE | {
                "number": number, "html_url": f"{APP}/issues/{number}", "created_at": at(minute),
                "updated_at": at(minute), "title": f"崩溃 {number}",
            } | fields  # fmt: skip

    def commented(self, *minutes: float, **fields: Any) -> None:
        for minute in minutes:
            number = len(self.comments) + 1
            self.comments[number] = COMMENT | {
                "html_url": f"{APP}/issues/1#issuecomment-{number}", "created_at": at(minute), "updated_at": at(minute),
            } | fields  # fmt: skip

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        path, asked = request.url.path.removeprefix("/repos/example/app/"), request.url.params
        match path.split("/"):
            case ["issues"]:
                return self._listed(request, self.issues, asked)
            case ["issues", "comments"]:
                return self._listed(request, self.comments, asked)
            case ["issues", "comments", number]:
                return self._one(self.comments, number)
            case ["issues", number]:
                return self._one(self.issues, number)
            case ["", "search", "issues"]:
                return self._searched(asked)
            case ["", "graphql"]:
                return self._talked(json.loads(request.content)["variables"])
            case ["", "user"]:
                return told({"login": "reader"})
        return told({"message": "Not Found"}, 404)

    def _listed(self, request: httpx2.Request, kept: dict[int, Any], asked: Any) -> httpx2.Response:
        by = f"{asked['sort']}_at"
        found = [one for one in kept.values() if one["updated_at"] >= asked.get("since", "")]
        found.sort(key=lambda one: (one[by], one["html_url"]), reverse=True)
        first = (int(asked["page"]) - 1) * 100
        records = found[first : first + 100]
        tag = f'W/"{len(found)}-{max((one["updated_at"] for one in found), default="")}"'
        if request.headers.get("if-none-match") == tag:
            return httpx2.Response(304, headers={"etag": tag})
        return told(records, etag=tag)

    def _searched(self, asked: Any) -> httpx2.Response:
        by = f"{asked['sort']}_at"
        word = asked["q"].split('"')[1]
        found = [one for one in self.issues.values() if word in one["title"]]
        if ".." in asked["q"]:
            low, _, high = asked["q"].split(f"{asked['sort']}:")[1].split()[0].partition("..")
            found = [one for one in found if low == "*" or one[by] >= low]
            found = [one for one in found if high == "*" or one[by] <= high]
        found.sort(key=lambda one: (one[by], one["html_url"]), reverse=True)
        return told({"total_count": len(found), "incomplete_results": False, "items": found[:100]})

    def _one(self, kept: dict[int, Any], number: str) -> httpx2.Response:
        return told(kept[int(number)]) if int(number) in kept else told({"message": "Not Found"}, 404)

    def _talked(self, asked: dict[str, Any]) -> httpx2.Response:
        first = int(asked["after"] or 0)
        info = {"hasNextPage": first + 25 < len(self.talks), "endCursor": str(first + 25)}
        listed = {"nodes": self.talks[first : first + 25], "pageInfo": info}
        return told({"data": {"repository": {"discussions": listed}}})


def listening(network: Network, token: str = "", **options: object) -> GitHub:
    given = {"repositories": "example/app", **options}
    return network.connector(GitHub, given, {"token": token} if token else None)


def issues(*numbers: int) -> list[str]:
    return [f"{APP}/issues/{number}" for number in numbers]


@pytest.mark.parametrize(
    ("entered", "repository"),
    [
        ("example/app", "example/app"),
        ("https://github.com/example/app/issues?q=x", "example/app"),
        ("github.com/example/my.app.git", "example/my.app"),
        ("http://www.github.com/example/app/", "example/app"),
    ],
)
def test_a_repository_is_found_from_its_name_or_address(entered, repository):
    network = Network(lambda _: told([]))
    all_pages(listening(network, repositories=entered))
    assert network.paths == [f"/repos/{repository}/issues", f"/repos/{repository}/issues/comments"]


@pytest.mark.parametrize("options", [{"repositories": ""}, {"repositories": "没有斜线"}])
def test_what_names_no_repository_is_told(options):
    assert isinstance(problem_of(listening(Network(Hub()), **options)), WrongOption)


def test_what_changed_comes_again_and_nothing_else():
    hub = Hub()
    hub.opened(-90, -80, -70)
    hub.commented(-60)
    connector = listening(Network(hub))
    first = all_pages(connector)
    assert ids(connector, first) == [*issues(3, 2, 1), f"{APP}/issues/1#issuecomment-1"]
    hub.issues[1] |= {"updated_at": at(-5), "body": "补充：是安卓 16"}
    second = all_pages(connector, first[-1].cursor)
    assert ids(connector, second) == issues(1)


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_stop_between_two_pages_loses_and_doubles_nothing(stop):
    hub = Hub()
    hub.opened(-900)
    connector = listening(Network(hub))
    cursor = all_pages(connector)[-1].cursor
    hub.opened(*(minute // 3 for minute in range(-1_000, -600)))
    taken = stopped(connector.pages(cursor), stop)
    hub.opened(-3, -2)
    for _ in range(2):
        taken += stopped(connector.pages(taken[-1].cursor), 100)
    assert sorted(ids(connector, taken)) == sorted(issues(*range(2, 404)))


def test_an_unchanged_list_is_not_sent_again():
    hub = Hub()
    hub.opened(-90)
    network = Network(hub)
    connector = listening(network)
    cursor = all_pages(connector)[-1].cursor
    cursor = all_pages(connector, cursor)[-1].cursor
    before = len(network.asked)
    pages = all_pages(connector, cursor)
    assert [request.headers.get("if-none-match") is not None for request in network.asked[before:]] == [
        True,
        True,
    ]
    assert not ids(connector, pages)
    hub.opened(-10)
    assert ids(connector, all_pages(connector, pages[-1].cursor)) == issues(2)


def test_words_choose_what_is_kept_of_a_repository():
    hub = Hub()
    hub.opened(-90, title="闪退", body=None)
    hub.opened(-80, title="Dark theme", body="It CRASHED.")
    hub.opened(-70, title="Dark theme", body="crashes")
    hub.commented(-60, body="我也闪退")
    connector = listening(Network(hub), words=["闪退", "crashed"])
    assert ids(connector, all_pages(connector)) == [*issues(2, 1), f"{APP}/issues/1#issuecomment-1"]


def test_without_repositories_all_of_github_is_searched_by_time():
    hub = Hub()
    hub.opened(-900)
    network = Network(hub)
    connector = listening(network, repositories="", words="崩溃")
    cursor = all_pages(connector)[-1].cursor
    hub.opened(*range(-250, 0))
    assert len(set(ids(connector, all_pages(connector, cursor)))) == 250
    assert network.asked[0].url.params["q"] == '"崩溃" is:issue'
    assert network.asked[1].url.params["q"].endswith(f"updated:{at(-905)}..*")


@pytest.mark.parametrize("repositories", ["example/app", ""])
def test_the_history_goes_back_to_its_day_and_can_be_resumed(repositories):
    hub = Hub()
    hub.opened(*range(-250, 0))
    connector = listening(Network(hub), repositories=repositories, words="崩溃")
    since = NOW - timedelta(minutes=150)
    pages = stopped(connector.history({}, since), 1)
    pages += stopped(connector.history(pages[-1].cursor, since), 100)
    assert sorted(ids(connector, pages)) == sorted(issues(*range(101, 251)))


def test_discussions_are_read_with_a_token_and_taken_apart():
    hub = Hub()
    comments = {"totalCount": 1, "nodes": [HINT | {"replies": {"nodes": [THANKS]}}]}
    hub.talks = [TALK | {"comments": comments}]
    network = Network(hub)
    connector = listening(network, token="t")
    found = [connector.post(record) for page in all_pages(connector) for record in page.records]
    assert [post["native_id"].split("/")[-1] for post in found] == [
        "7",
        "7#discussioncomment-11",
        "7#discussioncomment-12",
    ]
    assert network.asked[-1].headers["authorization"] == "Bearer t"
    without = Network(hub)
    all_pages(listening(without))
    assert "/graphql" not in without.paths


def test_a_deleted_comment_of_a_discussion_is_gone():
    hub = Hub()
    deleted = HINT | {"deletedAt": at(-3), "body": ""}
    hub.talks = [TALK | {"comments": {"totalCount": 1, "nodes": [deleted]}}]
    connector = listening(Network(hub), token="t")
    pages = all_pages(connector)
    assert list(pages[-1].gone) == [HINT["url"]]
    assert ids(connector, pages) == [TALK["url"]]


def test_discussions_page_by_cursor_down_to_what_is_known():
    hub = Hub()
    hub.talks = [TALK | {"url": f"{APP}/discussions/0", "updatedAt": at(-900)}]
    connector = listening(Network(hub), token="t")
    cursor = all_pages(connector)[-1].cursor
    hub.talks = [
        *(TALK | {"url": f"{APP}/discussions/{60 - n}", "updatedAt": at(-n)} for n in range(60)),
        *hub.talks,
    ]
    assert len(set(ids(connector, all_pages(connector, cursor)))) == 60


@pytest.mark.parametrize(
    ("kind", "problem"),
    [("RATE_LIMITED", Throttled), ("NOT_FOUND", NotThere), ("FORBIDDEN", NotAllowed), ("X", ShapeChanged)],
)
def test_an_error_inside_a_good_answer_says_what_it_is(kind, problem):
    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/graphql":
            return told({"data": {"repository": None}, "errors": [{"type": kind, "message": "…"}]})
        return told([])

    assert type(problem_of(listening(Network(answer), token="t"))) is problem


@pytest.mark.parametrize(
    ("status", "body", "headers", "problem", "wait"),
    [
        (403, {}, {"x_ratelimit_remaining": "0", "x_ratelimit_reset": "120"}, Throttled, 120),
        (403, {"message": "You have exceeded a secondary rate limit"}, {"retry_after": "37"}, Throttled, 37),
        (403, {"message": "You have exceeded a secondary rate limit"}, {}, Throttled, 60),
        (429, {}, {"retry_after": "5"}, Throttled, 5),
        (403, {"message": "Resource not accessible"}, {}, NotAllowed, None),
        (401, {"message": "Bad credentials"}, {}, CredentialRefused, None),
        (404, {"message": "Not Found"}, {}, NotThere, None),
        (422, {"message": "Validation Failed"}, {}, WrongOption, None),
    ],
)
def test_a_refusal_says_what_it_is_and_how_long_to_wait(status, body, headers, problem, wait):
    met = problem_of(listening(Network(lambda _: told(body, status, **headers)), token="geheim"))
    assert (type(met), getattr(met, "wait", None)) == (problem, wait)
    assert "geheim" not in f"{met} {met.text('zh-hans')}"


def test_issues_are_asked_for_again_one_by_one():
    hub = Hub()
    hub.opened(-9, -8)
    hub.commented(-7)
    hub.issues[2]["html_url"] = "https://github.com/other/place/issues/9"
    connector = listening(Network(hub))
    asked = [
        *issues(1, 2, 3),
        f"{APP}/issues/1#issuecomment-1",
        f"{APP}/issues/1#issuecomment-9",
        TALK["url"],
    ]
    standing = {one.native_id: one for one in connector.again(asked)}
    assert {name for name, one in standing.items() if one.gone} == {
        *issues(3),
        f"{APP}/issues/1#issuecomment-9",
    }
    assert connector.post(standing[issues(1)[0]].record)["title"] == "崩溃 1"
    assert standing[issues(2)[0]].record is None
    assert standing[TALK["url"]].record is None


def test_a_repository_that_a_token_may_not_read_any_more_takes_no_issue_down():
    connector = listening(Network(lambda _: told({"message": "Not Found"}, 404)), token="t")
    with pytest.raises(NotThere):
        list(connector.again(issues(1)))


def test_an_empty_answer_is_an_end_and_no_problem():
    pages = all_pages(listening(Network(Hub())))
    assert [(list(page.records), page.more) for page in pages] == [([], True), ([], False)]


def test_a_welcome_says_whose_token_it_is():
    hub = Hub()
    hub.opened(-1)
    welcome = listening(Network(hub), token="t").welcome()
    assert (welcome.account, len(welcome.sample)) == ("reader", 1)
    assert listening(Network(hub)).welcome().account == ""


@pytest.mark.parametrize(
    "answer", [{}, [{"title": "x"}], [{"html_url": "x", "updated_at": "昨天"}], ["text"]]
)
def test_an_answer_of_another_shape_is_told_as_one(answer):
    assert isinstance(problem_of(listening(Network(lambda _: told(answer)))), ShapeChanged)


def test_the_time_asked_for_is_that_of_the_newest_known():
    hub = Hub()
    hub.opened(-90)
    network = Network(hub)
    connector = listening(network)
    all_pages(connector, all_pages(connector)[-1].cursor)
    assert utc(network.asked[2].url.params["since"]) == NOW - timedelta(minutes=95)
