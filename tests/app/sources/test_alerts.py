"""Sources that need a look are told on Today and marked in the menu, for as long as they do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

pytestmark = pytest.mark.django_db
PART = {"HX-Request": "true"}
TROUBLE = {
    "problem": "credential",
    "problem_said": {"en": "The token was refused.", "zh-hans": "令牌被拒绝。"},
}


@pytest.fixture
def source(feed, pages_store):
    """A source that is not due for a day; `source(drift="entry.title")`."""

    def make(name: str, **state: object):
        return feed(name=name, next_at=timezone.now() + timedelta(days=1), **state)

    return make


@pytest.mark.parametrize(
    ("state", "language", "said"),
    [
        (TROUBLE, "en", "The token was refused."),
        (TROUBLE, "zh-hans", "令牌被拒绝。"),
        ({"drift": "entry.title"}, "en", "another shape than before: entry.title"),
        ({"drift": "entry.title"}, "zh-hans", "数据格式与以前不同：entry.title"),
    ],
)
def test_today_says_what_ails_a_source_and_leads_to_it(source, browser, state, language, said):
    ailing = source("店铺 <b>Mastodon</b>", **state)
    source("Well", good_at=timezone.now())
    page = browser("viewer", language=language).get("/").content.decode()
    told = page.split('id="ailing-title"')[1].split("</section>")[0]
    assert said in told
    assert f'href="/settings/sources/{ailing.pk}"' in told
    assert "店铺 &lt;b&gt;Mastodon&lt;/b&gt;" in told
    assert "Well" not in told


@pytest.mark.parametrize("state", [{}, {"state": "paused", **TROUBLE}, {"state": "removed", **TROUBLE}])
def test_nothing_is_said_of_sources_that_are_well_paused_or_removed(source, browser, state):
    source("Quiet", **state)
    page = browser("viewer").get("/").content.decode()
    assert "ailing-title" not in page
    assert "ol-unwell" not in page


def test_problems_come_first_and_the_rest_is_behind_a_link(source, browser):
    source("A silent one", silent_since=timezone.now() - timedelta(days=2))
    for number in range(5):
        source(f"Refused {number}", **TROUBLE)
    told = browser("viewer").get("/settings/sources/ailing", headers=PART).content.decode()
    assert "6 sources need a look" in told
    assert "2 more" in told
    assert "A silent one" not in told


@pytest.mark.parametrize(
    ("language", "said"), [("en", "1 source needs a look"), ("zh-hans", "1 个来源需要看一看")]
)
def test_the_menu_and_the_tab_carry_a_mark_with_words(source, browser, language, said):
    source("店铺", **TROUBLE)
    client = browser("viewer", language=language)
    page = client.get("/settings/sources").content.decode()
    assert page.count('class="ol-unwell"') == 4  # rail, bar, list of rooms, tab
    assert said in client.get("/settings/sources/mark", headers=PART).content.decode()
    marks = client.get("/settings/sources/marks", headers=PART).content.decode()
    assert marks.count(said) == 6  # a title and hidden words in each of three places


def test_the_marks_are_emptied_when_all_is_well_again(source, browser):
    ailing, client = source("店铺", **TROUBLE), browser("viewer")
    ailing.problem = ""
    ailing.save()
    marks = client.get("/settings/sources/marks", headers=PART).content.decode()
    assert marks.count("hx-swap-oob") == 3
    assert "ol-unwell" not in marks


@pytest.mark.parametrize("part", ["ailing", "mark", "marks"])
def test_a_stranger_is_told_nothing(source, client, part):
    source("店铺", **TROUBLE)
    answer = client.get(f"/settings/sources/{part}", headers=PART)
    assert answer.status_code in (302, 401, 403)
    assert "店铺" not in answer.content.decode()
