"""Queries too long for an address: kept once, named by a short reference on every page and in every address."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.http import QueryDict

from outlisten.app.listening import long_queries, personal_data
from outlisten.app.listening.figures import posts_behind
from outlisten.app.listening.models import LongQuery, Topic
from outlisten.app.trust.persons import Person

PART = {"HX-Request": "true"}
WORDS = ["排队", "queue", "咖啡", *(f"{n:04d}号充电宝又坏了" for n in range(1400))]
LONG = " OR ".join(WORDS)[:19_990].rpartition(" OR ")[0]
# Long for an address, and quickly asked for.
MIDDLING = LONG[:2_000].rpartition(" OR ")[0]
pytestmark = pytest.mark.usefixtures("posts", "archive")


def opened(client, query: str, **more: str) -> str:
    """The address that a search for the query ends at."""
    answer = client.post("/listen/", {"q": query, "period": "all", **more}, follow=True)
    assert answer.status_code == 200
    return answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"]


def addresses(page: str) -> list[str]:
    found = re.findall(r'(?:href|hx-get|hx-post|action|value)="([^"]*)"', page)
    assert found
    return list(map(unescape, found))


def test_a_search_leads_to_a_short_address_that_shows_the_same_query(browser):
    client = browser("viewer")
    address = opened(client, LONG, lang="zh")
    assert len(address) < 200
    assert LONG in unescape(client.get(address).content.decode())
    assert QueryDict(address.partition("?")[2])["lang"] == "zh"
    assert LongQuery.objects.count() == 1


def test_an_address_that_holds_it_leads_there_too(browser):
    answer = browser("viewer").get("/listen/", {"q": LONG, "period": "all"})
    assert (answer.status_code, len(answer.url) < 200) == (303, True)


def test_a_shared_address_outlives_what_the_process_remembers(browser):
    address = opened(browser("viewer"), LONG)
    for reference in LongQuery.objects.values_list("reference", flat=True):
        long_queries._recent.drop(reference)
    assert LONG in unescape(browser("analyst").get(address).content.decode())


@pytest.mark.parametrize("part", ["", "result", "headline", "terms", "people", "voices"])
def test_no_page_of_it_is_heavy_and_none_repeats_it(browser, part):
    client = browser("analyst")
    address = opened(client, f"({LONG})", voice="all").replace("/listen/", f"/listen/{part}")
    page = client.get(address, headers=PART).content.decode()
    assert len(page.encode()) < 150_000
    assert page.count("0777号充电宝") == (0 if part else 1)
    assert max(map(len, addresses(page)), default=0) < 2_000 if 'href="' in page else True


def test_every_mark_of_a_figure_names_it(browser):
    client = browser("analyst")
    page = client.get(opened(client, MIDDLING).replace("/listen/", "/listen/result"), headers=PART)
    drawn = re.findall(r'<pre id="[^"]+" hidden>(.*?)</pre>', page.content.decode(), re.S)
    evidence = re.findall(r'"evidence": "([^"]+)"', unescape(" ".join(drawn)))
    assert len(evidence) > 2
    assert max(map(len, evidence)) < 200
    assert all(f"({MIDDLING})" in long_queries.whole(one) for one in evidence)


def test_the_filters_a_page_adds_do_not_make_it_too_long(browser):
    page = browser("viewer").get(
        opened(browser("analyst"), LONG, lang="zh", platform="weibo", sentiment="negative")
    )
    assert (page.status_code, page.context["question"].problem) == (200, "")
    assert page.context["question"].query.valid


@pytest.mark.parametrize("extra", ["", "x" * 2_100])
def test_what_is_over_the_limit_is_said_and_kept_in_the_box(browser, extra):
    typed = f"{LONG} {'y' * 20}{extra}"
    answer = browser("viewer").post("/listen/", {"q": typed}, follow=True)
    page = unescape(answer.content.decode())
    assert ("at most 20000 are allowed" in page) is bool(extra)
    assert typed in page


def test_to_be_saved_it_must_keep_the_limit_itself(browser):
    typed = f"{LONG} {'y' * 200}"
    said = browser("analyst").post("/settings/names/check", {"query": typed}, headers=PART).content.decode()
    assert "at most 20000 are allowed" in said


def test_typing_keeps_nothing(browser):
    client = browser("analyst")
    for address, name in (("/listen/check", "q"), ("/settings/names/check", "query")):
        said = client.post(address, {name: LONG, "period": "all"}, headers=PART).content.decode()
        assert len(said) < 10_000
    assert not LongQuery.objects.exists()


def test_the_meaning_of_a_long_query_does_not_wait_for_its_count(browser):
    client = browser("viewer")
    asked = {"q": MIDDLING, "period": "all", "voice": "all"}
    said = client.post("/listen/check", asked, headers=PART).content.decode()
    assert "counting …" in said
    assert 'hx-post="/listen/check"' in said
    assert "ls-ok" in said
    counted = client.post("/listen/check", {**asked, "counted": "1"}, headers=PART).content.decode()
    assert re.search(r'<span class="ls-count">\d+ posts</span>', counted)


def test_hints_repeat_only_their_place(browser):
    typed = " OR ".join(["华为 充电宝", *(["苹果", "蘋果"] * 300)])
    said = browser("viewer").post("/listen/check", {"q": typed}, headers=PART).content.decode()
    assert len(said.encode()) < 60_000


def test_its_parts_open_their_posts(browser):
    client = browser("analyst")
    address = opened(client, f"(排队 OR queue) -({LONG[20:3_000].rpartition(' OR ')[0]})")
    part = client.get(address.replace("/listen/", "/listen/parts"), headers=PART).content.decode()
    assert len(part.encode()) < 100_000
    link = next(one for one in addresses(part) if one.startswith("/listen/part?"))
    answer = client.get(link, follow=True)
    assert answer.status_code == 200
    assert len(answer.request["QUERY_STRING"]) < 300
    assert client.get(f"{link}9999").status_code == 404
    assert client.get(link.replace("part=", "part=x")).status_code == 404


def test_it_is_saved_as_a_topic_and_pinned_whole(browser):
    client = browser("analyst")
    page = client.get(opened(client, LONG)).content.decode()
    new = next(one for one in addresses(page) if one.startswith("/settings/topics/new?"))
    assert LONG in unescape(client.get(new).content.decode())
    client.post(new, {"name": "长", "query": LONG, "description": ""})
    assert Topic.objects.get().query == LONG
    listed = client.get("/settings/names").content.decode()
    assert max(map(len, addresses(listed))) < 2_000


def test_a_post_is_opened_with_the_query_it_was_found_by(browser):
    client = browser("analyst")
    result = client.get(opened(client, MIDDLING).replace("/listen/", "/listen/result"), headers=PART)
    link = next(one for one in addresses(result.content.decode()) if one.startswith("/posts/"))
    page = unescape(client.get(link).content.decode())
    assert "0000号充电宝" in page
    assert max(map(len, addresses(page))) < 2_000


def test_a_short_query_stays_readable_in_its_address(browser):
    answer = browser("viewer").post("/listen/", {"q": "排队 OR queue", "period": "30d"})
    assert QueryDict(answer.url.partition("?")[2]).dict() == {"q": "排队 OR queue", "period": "30d"}
    assert not LongQuery.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "a long query that is not kept here"), ("zh-hans", "这里没有保存")],
)
def test_a_reference_to_nothing_is_said(browser, language, said):
    answer = browser("viewer", language=language).get(f"/listen/?q=~{'0a' * 10}~")
    assert (answer.status_code, said in answer.content.decode()) == (400, True)


def test_what_stands_around_a_reference_is_read_with_it(db):
    long_queries.remember(LONG)
    long = QueryDict(posts_behind(f"(({LONG}) lang:zh) since:2026-01-01").partition("?")[2])["q"]
    assert re.fullmatch(r"\(\(?~[0-9a-f]{20}~\)? lang:zh\) since:2026-01-01", long)
    assert long_queries.whole(long) == f"(({LONG}) lang:zh) since:2026-01-01"


def test_who_is_erased_is_asked_for_in_no_address(db):
    many = " OR ".join(f"投诉{n}" for n in range(400))
    about = long_queries.abridged(f"author:王小明 OR {many}")
    other = long_queries.abridged(f"王小明 OR {many}")
    personal_data.erase(Person(platform="weibo", handle="王小明"))
    assert long_queries.whole_or_none(about) == ""
    assert "王小明" in long_queries.whole(other)


def test_json_of_the_palette_is_light(browser):
    Topic.objects.create(name="长", query=LONG)
    answer = browser("viewer").get("/palette.json")
    assert "长" in [entry["name"] for entry in answer.json()["entries"]]
    assert len(answer.content) < 50_000
