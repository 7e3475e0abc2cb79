from __future__ import annotations

import re

import pytest

from outlisten.app.decisions.actions.decisions import move
from outlisten.app.decisions.models import Claim, ClaimTest, Decision, Outcome

PART = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("posts", "archive")


def test_a_decision_is_recorded_from_an_insight_through_the_form(browser, insight):
    client, pinned = browser("analyst"), insight(title="等位太久")
    form = client.get(f"/decisions/new?insight={pinned.pk}").content.decode()
    assert re.search(rf'name="insights" value="{pinned.pk}"[^>]* checked', form)
    given = dict(re.findall(r'<option value="(\d+)" selected>', form) and [])
    owner = re.search(r'<option value="(\d+)" selected>An analyst', form)[1]
    given |= {
        "text": "开第二个柜台", "insights": pinned.pk, "level": "tactical", "horizon": "short", "state": "decided",
        "owner": owner, "review_on": "2099-01-31",
    }  # fmt: skip
    page = client.post("/decisions/new", given, follow=True).content.decode()
    made = Decision.objects.get()
    assert list(made.insights.all()) == [pinned]
    assert "开第二个柜台" in page
    assert f"/decisions/undo/{made.changes.get().pk}" in page


@pytest.mark.parametrize(
    ("left_out", "problem"),
    [("text", "required"), ("review_on", "required"), ("insights", "say that none stands behind it")],
)
def test_what_is_missing_is_said_and_nothing_is_kept(browser, insight, left_out, problem):
    client = browser("analyst")
    pinned = insight()
    owner = client.get("/decisions/new").wsgi_request.user.pk
    given = {
        "text": "x", "insights": pinned.pk, "level": "tactical", "horizon": "short", "state": "decided",
        "owner": owner, "review_on": "2099-01-31",
    }  # fmt: skip
    del given[left_out]
    answer = client.post("/decisions/new", given)
    assert answer.status_code == 400
    assert problem in answer.content.decode()
    assert not Decision.objects.exists()


def test_due_reviews_stand_first_and_on_today(browser, decision):
    decision("Later", review_in=40)
    decision("Due now", review_in=-2)
    decision("早就该看了", review_in=-9)
    client = browser("viewer")
    page = client.get("/decisions/").content.decode()
    places = [page.index(text) for text in ("早就该看了", "Due now", "Later")]
    assert places == sorted(places)
    assert "2 are due for review" in page
    assert "2 decisions are due for review." in client.get("/").content.decode()
    assert "due for review" not in browser("agency").get("/").content.decode()


def test_the_list_is_narrowed_by_its_filters(browser, decision):
    decision("Strategic one", level="strategic")
    decision("Tactical one", horizon="long", state="proposed")
    decision("Due one", review_in=0)
    client = browser("viewer")
    for query, kept in (
        ("level=strategic", "Strategic one"), ("horizon=long", "Tactical one"), ("state=proposed", "Tactical one"),
        ("due=1", "Due one"), ("q=Strategic", "Strategic one"),
    ):  # fmt: skip
        shown = re.findall(r'data-act="open">([^<]+)<', client.get(f"/decisions/?{query}").content.decode())
        assert shown == [kept], query
    assert "No decision fits" in client.get("/decisions/?state=nonsense").content.decode()


def test_the_board_moves_a_card_in_place(browser, decision):
    made, client = decision(), browser("analyst")
    part = client.post(f"/decisions/{made.pk}/move", {"state": "in_progress"}, headers=PART).content.decode()
    made.refresh_from_db()
    assert made.state == "in_progress"
    assert part.lstrip().startswith('<div class="dc-board"')
    assert f"/decisions/undo/{made.changes.first().pk}" in part


def test_moving_to_reviewed_leads_to_the_review(browser, decision):
    made, client = decision(), browser("analyst")
    answer = client.post(f"/decisions/{made.pk}/move", {"state": "reviewed"}, headers=PART)
    assert answer.headers["HX-Redirect"] == f"/decisions/{made.pk}/review"
    made.refresh_from_db()
    assert made.state == "decided"


def test_an_unknown_state_is_explained(browser, decision):
    made, client = decision(), browser("analyst")
    part = client.post(f"/decisions/{made.pk}/move", {"state": "magic"}, headers=PART).content.decode()
    assert "no state of a decision" in part


def test_a_review_keeps_what_came_of_it_with_its_interval(browser, decision):
    made, client = decision(), browser("analyst", language="zh-hans")
    given = {
        "verdict": "better",
        "text": "等位变短了",
        "value": "-31.5",
        "low": "-38",
        "high": "-25",
        "unit": "%",
    }
    page = client.post(f"/decisions/{made.pk}/review", given, follow=True).content.decode()
    assert "等位变短了" in page
    assert "−31.5%（−38 至 −25）" in page
    outcome = Outcome.objects.get()
    assert (outcome.value, outcome.low, outcome.high, outcome.decision.state) == (-31.5, -38, -25, "reviewed")


def test_a_change_shows_in_the_history(browser, decision):
    made, client = decision(), browser("analyst")
    client.post(f"/decisions/{made.pk}/move", {"state": "dropped"})
    page = client.get(f"/decisions/{made.pk}").content.decode()
    assert "<del>decided</del> → <ins>dropped</ins>" in page


def test_a_withdrawn_decision_leaves_the_list_and_stays_readable(browser, decision):
    made, client = decision("Withdraw me"), browser("analyst")
    client.post(f"/decisions/{made.pk}/withdraw")
    assert "Withdraw me" not in client.get("/decisions/").content.decode().split("ol-toasts")[0]
    assert "was withdrawn" in client.get(f"/decisions/{made.pk}").content.decode()
    assert "Withdraw me" in client.get("/decisions/?withdrawn=1").content.decode()


def test_a_viewer_reads_and_finds_no_button_that_fails(browser, decision):
    made, client = decision(), browser("viewer")
    for address in ("/decisions/", "/decisions/board", f"/decisions/{made.pk}", "/decisions/insights/"):
        page = client.get(address).content.decode()
        assert "/decisions/new" not in page
        assert f"/decisions/{made.pk}/move" not in page
    assert browser("agency").get("/decisions/").status_code == 403


def test_hostile_words_are_words(browser, decision, insight):
    hostile = "<script>alert(1)</script>\u202e"
    made = decision(hostile, why=hostile, insights=[insight(title=hostile, note=hostile, sentence=hostile)])
    client = browser("analyst")
    for address in ("/decisions/", "/decisions/board", f"/decisions/{made.pk}", f"/decisions/{made.pk}/edit",
                    "/decisions/insights/", "/decisions/new"):  # fmt: skip
        assert "<script>alert(1)" not in client.get(address).content.decode(), address


def test_a_tested_claim_can_show_what_came_of_a_decision(browser, decision):
    made, client = decision(), browser("analyst")
    claim = Claim.objects.create(
        text="等位投诉减少两成",
        promised_by="运营",
        size=-0.2,
        subject="brand-1",
        start="2026-01-01",
        until="2026-03-01",
    )
    assert "等位投诉减少两成" not in client.get(f"/decisions/{made.pk}/review").content.decode()
    ClaimTest.objects.create(claim=claim, as_of="2026-03-02", outcome="supported", finding="supported")
    given = {"verdict": "better", "text": "x", "claim": claim.pk}
    page = client.post(f"/decisions/{made.pk}/review", given, follow=True).content.decode()
    assert f'<a href="/decisions/claims/{claim.pk}">等位投诉减少两成</a> · supported' in page
    assert Outcome.objects.get().measured


def test_a_change_that_meets_a_newer_one_shows_it_and_can_then_be_saved(browser, account, decision):
    made, client = decision("Old text"), browser("analyst")
    page = client.get(f"/decisions/{made.pk}/edit").content.decode()
    given = {
        "seen": re.search(r'name="seen" value="(\d+)"', page)[1], "text": "我的新说法", "from_none": "on",
        "level": "tactical", "horizon": "short", "owner": made.owner_id, "review_on": "2099-01-31",
    }  # fmt: skip
    move(made, "in_progress", by=account("lead"))
    refused = client.post(f"/decisions/{made.pk}/edit", given)
    page = refused.content.decode()
    assert refused.status_code == 400
    assert "An lead changed this decision" in page
    assert "我的新说法" in page
    again = given | {"seen": re.search(r'name="seen" value="(\d+)"', page)[1]}
    client.post(f"/decisions/{made.pk}/edit", again)
    made.refresh_from_db()
    assert (made.text, made.state) == ("我的新说法", "in_progress")


@pytest.mark.parametrize(
    "address",
    [
        f"/decisions/new?insight={'9' * 5000}",
        f"/decisions/new?insight={'9' * 30}&insight=٣",
        "/decisions/?q=%00&owner=%00&department=%00",
        "/decisions/insights/?q=%00",
        f"/decisions/claims/new?instead={'9' * 5000}",
        f"/decisions/{'9' * 40}",
    ],
)
def test_an_address_made_to_break_the_page_does_not(browser, pages_store, address):
    assert browser().get(address).status_code in (200, 404)
