from __future__ import annotations

from datetime import timedelta

import pytest

from outlisten.app.listening.models import Brand

from .conftest import NEWEST

PART = {"HX-Request": "true"}


@pytest.fixture
def talk(pages_store, make_posts, brands):
    """Forty people on each side: queues at Harbour, refills at Valley."""
    harbour = [
        {
            "native_id": f"h{n}",
            "author": f"h{n}",
            "text": "Harbour queue was endless",
            "lang": "en",
            "created_at": NEWEST - timedelta(days=n),
            "sentiment": "negative",
        }
        for n in range(40)
    ]
    valley = [
        {
            "native_id": f"v{n}",
            "author": f"v{n}",
            "text": "Valley refill was generous",
            "lang": "en",
            "created_at": NEWEST - timedelta(days=n),
            "sentiment": "positive",
        }
        for n in range(40)
    ]
    pages_store.add(make_posts(*harbour, *valley))
    return pages_store


def test_our_brand_stands_beside_its_group_unasked(talk, browser, brands):
    page = browser("viewer").get("/compare/").content.decode()
    assert f'hx-get="/compare/result?who=brand-{brands[0].pk}&amp;who=brand-{brands[1].pk}' in page


def test_the_table_has_shares_with_intervals_that_open_their_posts(talk, browser):
    part = browser("viewer").get("/compare/result", headers=PART).content.decode()
    assert "50 % (" in part
    assert "Harbour" in part
    assert "/listen/?q=" in part


def test_each_side_has_its_own_words(talk, browser):
    part = browser("viewer").get("/compare/terms", headers=PART).content.decode()
    ours, theirs = part.split("Said of", 2)[1:]
    assert "queue" in ours
    assert "refill" in theirs
    assert "queue" not in theirs.replace("%22queue", "")


def test_a_word_opens_onto_what_people_say_with_it(talk, browser):
    part = browser("viewer").get("/compare/quotes?q=Harbour queue", headers=PART).content.decode()
    assert "<mark>queue</mark>" in part
    assert "/posts/" in part


def test_an_unknown_name_is_answered_with_one_sentence(talk, browser):
    response = browser("viewer").get("/compare/?who=brand-999")
    assert response.status_code == 400
    assert "brand-999" in response.content.decode()


def test_a_workspace_without_brands_says_what_to_do(pages_store, archive, browser):
    page = browser("analyst").get("/compare/").content.decode()
    assert "No brands yet" in page
    assert "/settings/brands/new" in page


def test_too_few_people_are_not_compared(pages_store, brands, browser):
    part = browser("viewer", language="zh-hans").get("/compare/result", headers=PART).content.decode()
    assert "人太少" in part


def test_a_stranger_is_sent_to_the_door(client, db):
    assert client.get("/compare/").status_code == 302
    assert Brand.objects.count() == 0


def test_whom_we_are_set_against_is_part_of_the_address(talk, browser, brands):
    address = f"/compare/?who=brand-{brands[0].pk}&who=brand-{brands[1].pk}&against=brand-{brands[1].pk}"
    page = browser("viewer").get(address).content.decode()
    asked = page.split('hx-get="/compare/terms?', 1)[1].split('"', 1)[0]
    assert f"against=brand-{brands[1].pk}" in asked


def test_a_quote_marks_the_word_that_was_opened_and_nothing_else(talk, browser):
    part = browser("viewer").get("/compare/quotes?q=Harbour queue&word=queue", headers=PART).content.decode()
    assert "<mark>queue</mark>" in part
    assert "<mark>Harbour</mark>" not in part
