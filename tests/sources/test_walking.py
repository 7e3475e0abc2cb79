"""A walk down a listing brings everything once, wherever it stops and whatever comes meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outlisten.sources.connector import Cursor, Page
from outlisten.sources.problems import NotThere, Throttled
from outlisten.sources.walking import (
    Found,
    Listed,
    begun,
    by_second,
    newest,
    newest_of,
    older,
    outlasting,
    parts,
)

PAGE = 3


class Listing:
    """A network that lists by second, several posts in some, but fewer than an answer holds."""

    def __init__(self, *seconds: int) -> None:
        self.posts: list[tuple[int, str]] = []
        self.asked = 0
        self.add(*seconds)

    def add(self, *seconds: int) -> None:
        for second in seconds:
            if sum(known == second for known, _ in self.posts) < PAGE - 1:
                self.posts.append((second, f"{second}-{len(self.posts)}"))

    def ask(self, at: Any, floor: int | None) -> Listed:
        self.asked += 1
        rest = [p for p in sorted(self.posts, reverse=True) if not at or p[0] <= at["second"]]
        page = [p for p in rest if floor is None or p[0] >= floor][:PAGE]
        found = [Found(second, name, {"id": name}) for second, name in page]
        return by_second(found, at, more=len(page) == PAGE)


def kept(cursor: Cursor) -> Cursor:
    return json.loads(json.dumps(cursor))


def names(pages: list[Page]) -> list[str]:
    return [record["id"] for page in pages for record in page.records]


def test_an_empty_cursor_brings_the_newest_page_alone():
    pages = list(newest({}, Listing(1, 2, 3, 4, 5).ask))
    assert [len(page.records) for page in pages] == [PAGE]
    assert not pages[-1].more


def test_an_empty_listing_ends_at_once_and_is_asked_again_from_the_top():
    (page,) = newest({}, Listing().ask)
    assert (list(page.records), page.more) == ([], False)
    (page,) = newest(kept(page.cursor), Listing(7).ask)
    assert len(page.records) == 1


@given(
    first=st.lists(st.integers(100, 110), min_size=1, max_size=8),
    runs=st.lists(st.tuples(st.lists(st.integers(0, 6), max_size=9), st.integers(1, 5)), max_size=6),
)
def test_nothing_is_lost_or_doubled_by_stops_between_pages(first, runs):
    listing = Listing(*first)
    known = {name for _, name in sorted(listing.posts, reverse=True)[PAGE:]}
    pages = list(newest({}, listing.ask))
    cursor = kept(pages[-1].cursor)
    for later, stop in [*runs, ([], 1_000), ([], 1_000)]:
        latest = max(second for second, _ in listing.posts)
        listing.add(*(latest + more for more in later))
        for _, page in zip(range(stop), newest(cursor, listing.ask), strict=False):
            pages.append(page)
            cursor = kept(page.cursor)
    brought = names(pages)
    assert len(brought) == len(set(brought))
    assert {name for _, name in listing.posts} - known <= set(brought)


def test_what_is_listed_late_is_still_brought_once():
    listing = Listing(100, 120)
    pages = list(newest({}, listing.ask, late=60))
    listing.add(90, 110)
    pages += newest(kept(pages[-1].cursor), listing.ask, late=60)
    pages += newest(kept(pages[-1].cursor), listing.ask, late=60)
    assert sorted(names(pages)) == ["100-0", "110-3", "120-1", "90-2"]


def test_a_second_with_more_than_an_answer_holds_does_not_hide_what_is_below():
    posts = [Found(9, f"{n}", {"id": f"{n}"}) for n in range(5)] + [Found(8, "以前", {"id": "以前"})]

    def ask(at: Any, _floor: int | None) -> Listed:
        rest = [one for one in posts if not at or one.rank <= at["second"]]
        return by_second(rest[:PAGE], at, more=len(rest) > PAGE)

    assert names(list(older({}, ask, lambda _: False))) == ["0", "1", "2", "以前"]


def test_what_has_risen_since_comes_again():
    answered = [Found(200, "问题", {"id": "问题"}), Found(190, "other", {"id": "other"})]
    cursor: Cursor = {"known": {"问题": 195, "other": 190}}
    assert names(list(newest(cursor, lambda *_: Listed(answered), late=60))) == ["问题"]


def test_without_anything_new_one_question_is_enough():
    listing = Listing(*range(20))
    cursor = list(newest({}, listing.ask))[-1].cursor
    listing.asked = 0
    (page,) = newest(kept(cursor), listing.ask)
    assert (list(page.records), listing.asked) == ([], 1)


def test_an_answer_that_points_to_itself_ends_the_walk():
    listing = Listed([Found(5, "a", {"id": "a"})], "here")
    cursor: Cursor = {"known": {"b": 5}, "walk": {"top": {"b": 5}, "next": "here"}}
    assert [page.more for page in newest(cursor, lambda *_: listing)] == [False]
    assert [page.more for page in older({"next": "here"}, lambda *_: listing, lambda _: False)] == [False]


@pytest.mark.parametrize("stop", [1, 2, 3])
def test_the_way_back_in_time_goes_on_where_it_stopped_and_ends_at_its_day(stop):
    listing = Listing(*range(1, 13))
    way = older({}, listing.ask, lambda one: one.rank < 4)
    pages = [page for _, page in zip(range(stop), way, strict=False)]
    pages += older(kept(pages[-1].cursor), listing.ask, lambda one: one.rank < 4)
    assert [int(name.split("-")[0]) for name in names(pages)] == list(range(12, 3, -1))
    assert not list(older(kept(pages[-1].cursor), listing.ask, lambda one: one.rank < 4))


def test_parts_keep_a_place_each_and_say_more_until_the_last_is_done():
    listings = {"中文": Listing(1, 2), "english": Listing(3)}

    def walks(cursor: Cursor) -> Iterator[Page]:
        return parts(cursor, {name: lambda c, of=of: newest(c, of.ask) for name, of in listings.items()})

    pages = list(walks({"gone": {"known": {"x": 1}}}))
    assert [page.more for page in pages] == [True, False]
    assert set(pages[0].cursor) == {"中文"}
    assert set(pages[-1].cursor) == {"中文", "english"}
    assert names(list(walks(kept(pages[-1].cursor)))) == []


@pytest.mark.parametrize(("problem", "brought"), [(NotThere, ["2-1", "1-0"]), (Throttled, [])])
def test_a_walk_that_is_not_there_keeps_back_no_other_but_a_pause_ends_them_all(problem, brought):
    def missing(_: Cursor) -> Iterator[Page]:
        raise problem(address="https://论坛.example/", host="论坛.example", status=404)

    listing, pages = Listing(1, 2), []
    with pytest.raises(problem):
        pages.extend(outlasting({}, {"没有": missing, "中文": lambda cursor: newest(cursor, listing.ask)}))
    assert names(pages) == brought


def test_a_listing_that_was_empty_misses_nothing_of_a_burst_later() -> None:
    listing = Listing()
    [page] = newest_of({}, {"words": listing.ask})
    cursor = kept(begun(page.cursor, 100))
    listing.add(*range(101, 112))
    found = list(newest_of(cursor, {"words": listing.ask}))
    assert len(names(found)) == 11
    assert kept(begun(found[-1].cursor, 999)) == kept(found[-1].cursor), (
        "a walk that found something stays as it is"
    )
