"""Listening in Apple's stores: ten pages at most, each app and store apart, and apps found by name."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from tests.sources.network import NOW, Network, all_pages, fixture, ids, problem_of, refusing, stopped, told

from outlisten.sources.appstore.connector import AppStore
from outlisten.sources.problems import ShapeChanged, Throttled, Unavailable, WrongOption

ENTRY = fixture(__file__, "reviews-2026-12-01")[0]["entry"]
APPS = [
    {"trackId": 100001, "trackName": "Weather 天气", "sellerName": "Other"},
    {"trackId": 100002, "trackName": "天气", "sellerName": "Lan"},
]


class Store:
    """The stores: pages of fifty, no more than ten, latest first; one review alone is no list."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self.about: list[dict[str, Any]] = []

    def reviewed(self, *minutes: float) -> None:
        for minute in minutes:
            number = str(1_000 + len(self.entries))
            when = (NOW + timedelta(minutes=minute)).isoformat()
            self.entries.append(ENTRY | {"id": {"label": number}, "updated": {"label": when}})

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path in {"/search", "/lookup"}:
            return self._apps(request)
        page = int(re.search(r"page=(\d+)", request.url.path)[1])
        assert page <= 10
        latest = sorted(self.entries, key=lambda entry: entry["updated"]["label"], reverse=True)
        found = (self.about if page == 1 else []) + latest[50 * (page - 1) : 50 * page]
        return told({"feed": {"entry": found[0] if len(found) == 1 else found} if found else {"id": {}}})

    def _apps(self, request: httpx2.Request) -> httpx2.Response:
        asked = request.url.params
        if "id" in asked:
            found = [app for app in APPS if str(app["trackId"]) == asked["id"]]
        else:
            found = [app for app in APPS if asked["term"] in app["trackName"]]
        return told({"resultCount": len(found), "results": found})


def listening(network: Network, **options: object) -> AppStore:
    return network.connector(AppStore, {"apps": "414478124", **options})


@pytest.mark.parametrize(
    "entered",
    [
        "414478124",
        "id414478124",
        "https://apps.apple.com/cn/app/%E5%BE%AE%E4%BF%A1/id414478124",
        "https://apps.apple.com/us/app/wechat/id414478124?l=zh-Hans-CN",
        "https://itunes.apple.com/us/app/wechat/id414478124/",
    ],
)
def test_an_app_is_found_from_its_number_or_address(entered):
    network = Network(Store())
    all_pages(listening(network, apps=entered, countries=["CN", "gb"]))
    assert network.paths == [
        f"/{country}/rss/customerreviews/page=1/id=414478124/sortby=mostrecent/json"
        for country in ("cn", "gb")
    ]


@pytest.mark.parametrize(("name", "number"), [("天气", 100002), ("Weather", 100001)])
def test_an_app_is_looked_up_by_its_name_the_same_name_before_a_like_one(name, number):
    network = Network(Store())
    all_pages(listening(network, apps=name))
    assert f"id={number}/" in network.paths[-1]


@pytest.mark.parametrize("options", [{"apps": "没有这个"}, {"countries": "usa"}, {"countries": "中国"}])
def test_what_names_no_app_or_store_is_told(options):
    assert isinstance(problem_of(listening(Network(Store()), **options)), WrongOption)


def test_a_welcome_says_which_apps_were_found():
    store = Store()
    store.reviewed(-5)
    welcome = listening(Network(store), apps=["天气", "999999"]).welcome()
    assert welcome.account == "天气 · Lan · 100002; 999999"
    assert welcome.sample[0]["title"] == "更新后很卡"


def test_at_first_the_latest_fifty_come_and_then_only_what_is_new_or_changed():
    store = Store()
    store.reviewed(*range(-9_000, -8_900))
    connector = listening(Network(store))
    (first,) = all_pages(connector)
    assert len(first.records) == 50
    store.reviewed(-3)
    store.entries[98]["updated"] = {"label": (NOW - timedelta(minutes=2)).isoformat()}
    second = all_pages(connector, first.cursor)
    assert sorted(ids(connector, second))[-2:] == ["1098", "1100"]
    assert not ids(connector, all_pages(connector, second[-1].cursor))


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_stop_between_two_pages_loses_and_doubles_nothing(stop):
    store = Store()
    store.reviewed(-9_000)
    connector = listening(Network(store))
    cursor = all_pages(connector)[-1].cursor
    store.reviewed(*(minute // 3 for minute in range(-700, -400)))
    taken = stopped(connector.pages(cursor), stop)
    store.reviewed(-2)
    for _ in range(2):
        taken += stopped(connector.pages(taken[-1].cursor), 100)
    assert sorted(ids(connector, taken)) == [str(number) for number in range(1_001, 1_302)]


def test_no_more_than_ten_pages_are_asked_for():
    store = Store()
    store.reviewed(-9_000)
    connector = listening(Network(store))
    cursor = all_pages(connector)[-1].cursor
    store.reviewed(*range(-700, -100))
    assert len(ids(connector, all_pages(connector, cursor))) == 500


def test_the_history_goes_back_to_its_day_and_can_be_resumed():
    store = Store()
    store.reviewed(*range(-300, 0))
    connector = listening(Network(store))
    since = NOW - timedelta(minutes=120)
    pages = stopped(connector.history({}, since), 1)
    pages += stopped(connector.history(pages[-1].cursor, since), 100)
    assert ids(connector, pages) == [str(number) for number in range(1_299, 1_179, -1)]


def test_one_review_alone_is_read_and_the_app_itself_is_none():
    store = Store()
    store.reviewed(-5)
    connector = listening(Network(store))
    assert ids(connector, all_pages(connector)) == ["1000"]
    store.about = [{"im:name": {"label": "App"}, "title": {"label": "App"}, "id": {"label": "x"}}]
    assert ids(connector, all_pages(connector)) == ["1000"]


def test_an_answer_with_nothing_now_and_then_forgets_nothing():
    store = Store()
    store.reviewed(-5)
    connector = listening(Network(store))
    cursor = all_pages(connector)[-1].cursor
    kept, store.entries = store.entries, []
    cursor = all_pages(connector, cursor)[-1].cursor
    store.entries = kept
    assert not ids(connector, all_pages(connector, cursor))


def test_an_empty_store_is_an_end_and_no_problem():
    (page,) = all_pages(listening(Network(Store())))
    assert (list(page.records), page.more) == ([], False)


@pytest.mark.parametrize(
    ("status", "headers", "problem", "wait"),
    [
        (403, {}, Throttled, 300),
        (403, {"retry_after": "37"}, Throttled, 37),
        (429, {"retry_after": "9"}, Throttled, 9),
        (503, {}, Unavailable, None),
    ],
)
def test_a_refusal_says_what_it_is_and_how_long_to_wait(status, headers, problem, wait):
    met = problem_of(listening(Network(refusing(status, **headers))))
    assert (type(met), met.wait) == (problem, wait)


@pytest.mark.parametrize(
    "answer",
    [
        [],
        {},
        {"feed": []},
        {"feed": {"entry": "无"}},
        {"feed": {"entry": [{"im:rating": {"label": "5"}}]}},
        {"feed": {"entry": [ENTRY | {"updated": {"label": "昨天"}}]}},
    ],
)
def test_an_answer_of_another_shape_is_told_as_one(answer):
    assert isinstance(problem_of(listening(Network(lambda _: told(answer)))), ShapeChanged)


@pytest.mark.parametrize("answer", [{}, {"results": [{"trackName": "天气"}]}])
def test_a_search_of_another_shape_is_told_as_one(answer):
    assert isinstance(problem_of(listening(Network(lambda _: told(answer)), apps="天气")), ShapeChanged)
