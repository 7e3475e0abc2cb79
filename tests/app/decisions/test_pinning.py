from __future__ import annotations

from datetime import date

import pytest

from outlisten.app.decisions.models import Insight
from outlisten.app.trust.models import AuditRow

PART = {"HX-Request": "true"}
PIN = "/decisions/insights/pin"
pytestmark = pytest.mark.usefixtures("posts", "archive")


def test_the_headline_of_listen_is_pinned_with_query_days_and_number(browser):
    client = browser("analyst")
    part = client.get("/listen/headline?q=queue&voice=all&since=2026-03-01&until=2026-03-10", headers=PART)
    token = part.content.decode().split("insights/pin?figure=")[1].split('"')[0]
    client.post(PIN, {"figure": token.replace("%3A", ":"), "title": "Queues", "note": "排队是老问题"})
    kept = Insight.objects.get()
    assert (kept.query, kept.since, kept.until, kept.as_of) == (
        "queue", date(2026, 3, 1), date(2026, 3, 10), date(2026, 3, 10)
    )  # fmt: skip
    assert kept.sentence.startswith("4 posts by")
    assert (kept.value, kept.note, kept.pinned_by.role) == (4, "排队是老问题", "analyst")


@pytest.mark.parametrize(
    "address",
    ["/listen/result?q=queue", "/listen/headline?q=排队", "/compare/result", "/posts/{post}"],
)
def test_every_figure_and_post_offers_a_pin_to_those_who_may(browser, brands, pages_store, address):
    post = pages_store.search(None, limit=1).posts["id"][0].as_py()
    address = address.format(post=post)
    assert "data-pin" in browser("analyst").get(address, headers=PART).content.decode()
    assert "data-pin" not in browser("viewer").get(address, headers=PART).content.decode()


def test_a_post_is_kept_by_its_number_and_its_words_stay_in_the_store(browser, pages_store):
    post = pages_store.search(None, limit=1).posts.to_pylist()[0]
    client = browser("analyst", language="zh-hans")
    client.post(PIN, {"post": post["id"], "q": "queue", "title": "等位", "note": ""})
    kept = Insight.objects.get()
    assert (kept.kind, kept.post_id, kept.sentence) == ("post", post["id"], "")
    assert "two hours long" in client.get(f"/decisions/insights/{kept.pk}").content.decode()
    row = AuditRow.objects.get(act="insight.pin")
    assert post["id"] not in str(row.details)
    assert row.about == f"insight:{kept.pk}"


def test_a_figure_that_a_browser_made_up_is_not_kept(browser, figure):
    forged = figure()[:-3] + "abc"
    answer = browser("analyst").post(PIN, {"figure": forged, "title": "99 %"}, headers=PART)
    assert answer.status_code == 422
    assert "cannot be pinned" in answer.content.decode()
    assert not Insight.objects.exists()


def test_a_figure_of_nothing_is_pinned_as_nothing_not_as_missing(browser):
    client = browser("analyst")
    part = client.get("/listen/headline?q=nobodysaysthis&period=all", headers=PART).text
    if "insights/pin?figure=" not in part:
        part = client.get("/listen/result?q=nobodysaysthis&period=all", headers=PART).text
    client.post(
        PIN,
        {"figure": part.split("insights/pin?figure=")[1].split('"')[0].replace("%3A", ":"), "title": "无"},
    )
    assert Insight.objects.get().value == 0


def test_a_pin_without_a_title_keeps_the_form_open(browser, figure):
    answer = browser("analyst").post(PIN, {"figure": figure(), "title": " "}, headers=PART)
    assert answer.status_code == 422
    assert not Insight.objects.exists()


def test_pinning_answers_in_place_and_can_lead_to_a_decision(browser, figure):
    client = browser("analyst")
    stays = client.post(PIN, {"figure": figure(), "title": "a"}, headers=PART)
    assert stays.headers["HX-Trigger"] == "pinned"
    assert f"/decisions/insights/{Insight.objects.get().pk}/archive" in stays.content.decode()
    leads = client.post(PIN, {"figure": figure(), "title": "b", "decide": "1"}, headers=PART)
    assert leads.headers["HX-Redirect"] == f"/decisions/new?insight={Insight.objects.first().pk}"


@pytest.mark.parametrize("role", ["viewer", "responder", "agency"])
def test_who_may_not_pin_is_told_and_the_refusal_written_down(browser, figure, role):
    assert browser(role).post(PIN, {"figure": figure(), "title": "a"}).status_code == 403
    assert AuditRow.objects.get().outcome == "refused"


def test_a_hostile_post_is_pinned_as_words(browser, pages_store):
    hostile = next(p for p in pages_store.search(None, limit=10).posts.to_pylist() if "<script>" in p["text"])
    page = browser("analyst").get(f"{PIN}?post={hostile['id']}").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page
