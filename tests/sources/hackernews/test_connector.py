"""Listening for words on Hacker News: everything new once, wherever it stops, and back in time."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import httpx2
import pytest
from tests.sources.network import Network, all_pages, fixture, ids, problem_of, refusing, stopped, told

from outlisten.sources.hackernews.connector import HackerNews
from outlisten.sources.problems import NotAllowed, ShapeChanged, Throttled, Unavailable

START = 1_796_000_000


class Search:
    """The search as documented: newest first, bounded by `created_at_i`, a hundred hits, no more than a thousand."""

    def __init__(self, *seconds: int) -> None:
        self.hits: list[dict[str, object]] = []
        self.add(*seconds)

    def add(self, *seconds: int) -> None:
        for second in seconds:
            number = str(46_000_000 + len(self.hits))
            self.hits.append({
                "objectID": number, "created_at_i": START + second, "author": "someone", "title": f"小米 {number}",
                "_tags": ["story", "author_someone", f"story_{number}"], "story_id": int(number), "points": 1,
                "num_comments": 0,
            })  # fmt: skip

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        asked = request.url.params
        hits = sorted(self.hits, key=lambda hit: (hit["created_at_i"], hit["objectID"]), reverse=True)
        for sign, second in re.findall(r"created_at_i(>=|<=)(\d+)", asked.get("numericFilters", "")):
            hits = [
                hit
                for hit in hits
                if (
                    hit["created_at_i"] >= int(second) if sign == ">=" else hit["created_at_i"] <= int(second)
                )
            ]
        return told({"hits": hits[: int(asked["hitsPerPage"])], "nbHits": len(hits), "page": 0})


def listening(network: Network, **options: object) -> HackerNews:
    return network.connector(HackerNews, {"words": "小米", **options})


def test_it_asks_for_the_words_as_a_phrase_and_not_for_authors():
    network = Network(Search(1))
    all_pages(listening(network, words='red "panda', kinds="comment"))
    asked = network.asked[0].url.params
    assert (asked["query"], asked["tags"]) == ('"red  panda"', "comment")
    assert "author" not in asked["restrictSearchableAttributes"]
    assert "numericFilters" not in asked


def test_at_first_the_newest_hundred_come_and_then_only_what_is_new():
    search = Search(*range(0, 250_000, 1_000))
    connector = listening(Network(search))
    (first,) = all_pages(connector)
    assert len(first.records) == 100
    search.add(251_000, 252_000)
    (second,) = all_pages(connector, first.cursor)
    assert ids(connector, [second]) == ["46000251", "46000250"]
    assert not all_pages(connector, second.cursor)[0].records


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_a_stop_between_two_pages_loses_and_doubles_nothing(stop):
    search = Search(0)
    connector = listening(Network(search))
    cursor = all_pages(connector)[-1].cursor
    search.add(*(second // 7 for second in range(2_000, 2_340)))  # several of one second, also across pages
    taken = stopped(connector.pages(cursor), stop)
    search.add(2_400)
    taken += stopped(connector.pages(taken[-1].cursor), 100)
    taken += stopped(connector.pages(taken[-1].cursor), 100)
    assert sorted(ids(connector, taken)) == [f"{number}" for number in range(46_000_001, 46_000_342)]


def test_what_the_search_lists_late_is_still_brought():
    search = Search(5_000)
    connector = listening(Network(search))
    cursor = all_pages(connector)[-1].cursor
    search.add(4_500)
    assert ids(connector, all_pages(connector, cursor)) == ["46000001"]


def test_each_word_has_a_walk_of_its_own():
    network = Network(Search(1, 2))
    pages = all_pages(listening(network, words=["小米", "rust"]))
    assert [request.url.params["query"] for request in network.asked] == ['"小米"', '"rust"']
    assert [page.more for page in pages] == [True, False]
    assert set(pages[-1].cursor) == {"小米", "rust"}


def test_the_history_goes_back_to_its_day_and_can_be_resumed():
    connector = listening(Network(Search(*range(0, 500_000, 1_000))))
    since = datetime.fromtimestamp(START + 150_000, UTC)
    pages = stopped(connector.history({}, since), 2)
    pages += stopped(connector.history(pages[-1].cursor, since), 100)
    assert ids(connector, pages) == [str(46_000_000 + number) for number in range(499, 149, -1)]
    assert not list(connector.history(pages[-1].cursor, since))


def test_an_empty_answer_is_an_end_and_no_problem():
    connector = listening(Network(Search()))
    (page,) = all_pages(connector)
    assert (list(page.records), page.more) == ([], False)
    assert connector.welcome().sample == []


def test_a_welcome_shows_the_newest_hits():
    connector = listening(Network(lambda _: told({"hits": fixture(__file__, "search-2026-12-01")})))
    assert [post["author_handle"] for post in connector.welcome().sample][:2] == ["quietlamp", "lanfeng"]


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"hits": None},
        {"hits": ["text"]},
        [],
        {"hits": [{"objectID": "1"}]},
        {"hits": [{"objectID": "1", "created_at_i": "gestern"}]},
    ],
)
def test_an_answer_of_another_shape_is_told_as_one(answer):
    assert isinstance(problem_of(listening(Network(lambda _: told(answer)))), ShapeChanged)


@pytest.mark.parametrize(("status", "problem"), [(429, Throttled), (503, Unavailable), (403, NotAllowed)])
def test_a_refusal_says_what_it_is(status, problem):
    assert type(problem_of(listening(Network(refusing(status))))) is problem


def test_the_wait_that_is_asked_for_is_kept():
    assert problem_of(listening(Network(refusing(429, retry_after="37")))).wait == 37


def test_posts_are_asked_for_again_at_the_official_interface():
    items = {
        "1": {"id": 1, "deleted": True, "type": "comment"},
        "2": {"id": 2, "type": "story", "title": "x"},
        "3": {"id": 3, "dead": True, "type": "story"},
        "4": None,
    }
    network = Network(lambda request: told(items[request.url.path.split("/")[-1].removesuffix(".json")]))
    standing = list(listening(network).again(list(items)))
    assert [(one.native_id, one.gone) for one in standing] == [
        ("1", True),
        ("2", False),
        ("3", True),
        ("4", False),
    ]
    assert network.paths[0] == "/v0/item/1.json"
