"""The filter of voices: visible, removable, and never part of what is typed or saved."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from outlisten.app.listening.models import Brand

DAY = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("archive")


@pytest.fixture
def talk(pages_store, make_posts):
    """Five people, four posts of the company, one paid, one nobody signed; all about the queue."""
    voices = ["earned"] * 5 + ["owned"] * 4 + ["paid", "unknown"]
    said = {"text": "Harbour queue 排队", "created_at": datetime(2026, 3, 10, 9, 30, tzinfo=UTC)}
    posts = ({**said, "voice": voice, "author": f"{voice} {n}"} for n, voice in enumerate(voices))
    pages_store.add(make_posts(*posts))
    return pages_store


def shown(browser, address: str) -> str:
    return browser.get(address).content.decode()


@pytest.mark.parametrize(
    ("query", "language", "sentence"),
    [
        (
            "queue",
            "en",
            "5 posts by companies themselves, their employees, partners and paid voices are left out.",
        ),
        ("排队", "zh-hans", "公司自己、员工、合作方和付费的声音共 5 条帖子未计入。"),
    ],
)
def test_listen_counts_those_who_speak_for_nobody_and_says_what_it_left_out(
    talk, browser, query, language, sentence
):
    viewer = browser("viewer", language=language)
    page = shown(viewer, f"/listen/result?q={query}&period=all")
    assert sentence in page
    assert page.count('data-post="') == 6


def test_the_number_left_out_opens_exactly_those_posts(talk, browser):
    viewer = browser("viewer")
    page = shown(viewer, "/listen/result?q=queue&period=all")
    address = re.search(r'data-left-out="5"><a href="/listen/\?([^"]+)"', page)[1].replace("&amp;", "&")
    assert shown(viewer, f"/listen/result?{address}").count('data-post="') == 5


def test_taking_the_filter_away_counts_everybody(talk, browser):
    viewer = browser("viewer")
    page = shown(viewer, "/listen/?q=queue&period=all")
    without = re.search(r'href="\?([^"]+)" data-without="voice"', page)[1].replace("&amp;", "&")
    assert "voice=all" in without
    result = shown(viewer, f"/listen/result?{without}")
    assert result.count('data-post="') == 11
    assert "left out" not in result


@pytest.mark.parametrize("typed", ["queue voice:owned", "排队 声源:自有"])
def test_a_query_that_names_a_voice_is_not_filtered(talk, browser, typed):
    page = shown(browser("viewer"), f"/listen/result?q={typed}&period=all")
    assert page.count('data-post="') == 4


def test_the_query_box_and_the_link_that_saves_hold_only_what_was_typed(talk, browser):
    page = shown(browser("analyst"), "/listen/?q=queue&period=all")
    assert ">queue</textarea>" in page
    assert '/settings/topics/new?q=queue"' in page


def test_compare_counts_the_same_voices_and_says_so(talk, browser):
    Brand.objects.create(name="Harbour", side="own", query="Harbour")
    viewer = browser("viewer")
    assert 'data-without="voice"' in shown(viewer, "/compare/")
    page = shown(viewer, "/compare/result")
    assert "5 posts by companies themselves" in page
    assert "data-left-out" not in shown(viewer, "/compare/result?voice=all")


def test_today_counts_the_same_voices_and_says_so(talk, browser):
    Brand.objects.create(name="Harbour", side="own", query="Harbour")
    viewer = browser("viewer")
    page = shown(viewer, "/")
    assert 'data-without="voice"' in page
    assert "5 posts by companies themselves" in page
    assert re.search(r'<bdi>Harbour</bdi></a>.*?<td class="is-number">6</td>', page, re.DOTALL)
    everybody = shown(viewer, "/?voice=all")
    assert re.search(r'<bdi>Harbour</bdi></a>.*?<td class="is-number">11</td>', everybody, re.DOTALL)


def test_who_speaks_shows_every_voice_beside_the_ratio(talk, browser):
    page = shown(browser("viewer"), "/listen/voices?q=queue&period=all")
    assert 'Earned : owned is <span class="ol-unbroken">1.2 : 1' in page
    assert 'data-voice="owned">owned 4</a>' in page


@pytest.mark.parametrize("address", ["", "voice=earned"])
def test_telling_words_set_topics_apart_and_not_voices(pages_store, make_posts, browser, address):
    ads = [{"voice": "owned", "author": f"shop{n}", "text": "Buy premium now 抢购"} for n in range(40)]
    people = [{"voice": "earned", "author": f"客人{n}", "text": "queue endless 排队 cold" if n % 2 else "friendly waiter 热情"}
              for n in range(80)]  # fmt: skip
    pages_store.add(make_posts(*({"created_at": DAY, **post} for post in (*ads, *people))))
    viewer = browser("viewer")
    assert "ls-term" not in shown(viewer, f"/listen/terms?{address}&period=all")
    page = shown(viewer, f"/listen/terms?q=queue&{address}&period=all")
    assert "endless" in page
    assert "waiter" not in page
    about = shown(viewer, f"/listen/terms?q=NOT+zzz&{address}&period=all")
    assert "endless" not in about, "all people's posts against all people's posts"


def test_a_side_that_names_voices_itself_leaves_nothing_out(talk, browser):
    Brand.objects.create(name="Harbour", side="own", query="Harbour voice:(owned OR earned)")
    assert "data-left-out" not in shown(browser("viewer"), "/compare/result")
    Brand.objects.create(name="排队", side="competitor", query="排队")
    assert 'data-left-out="5"' in shown(browser("viewer", email="2@example.org"), "/compare/result")


@pytest.mark.parametrize(("language", "said"), [("en", "There are more"), ("zh-hans", "还有更多")])
def test_a_count_that_ran_out_of_time_says_so(talk, browser, monkeypatch, language, said):
    facets = type(talk).facets

    def cut(*asked, **more):
        return {name: replace(rows, cut=True) for name, rows in facets(*asked, **more).items()}

    monkeypatch.setattr(type(talk), "facets", cut)
    assert said in shown(browser("viewer", language=language), "/listen/result?q=queue&period=all")
