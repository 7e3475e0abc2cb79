from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from outlisten.app.decisions.models import Insight
from outlisten.app.trust.models import AuditRow

PART = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("posts", "archive")


def test_an_insight_says_then_and_now(browser, insight, pages_store, make_posts):
    pinned = insight(
        measure="posts",
        value=5,
        sentence="5 posts.",
        address="/listen/?q=queue&voice=all&period=all",
        query="queue",
    )
    pages_store.add(
        make_posts(
            {"native_id": "n1", "text": "another queue", "created_at": datetime(2026, 3, 1, tzinfo=UTC)}
        )
    )
    client = browser("viewer")
    assert "5 posts." in client.get(f"/decisions/insights/{pinned.pk}").content.decode()
    now = client.get(f"/decisions/insights/{pinned.pk}/now", headers=PART).content.decode()
    assert "6 posts." in now
    assert "+1" in now


def test_a_moving_period_is_asked_for_its_own_days_and_for_todays(browser, insight, archive):
    pinned = insight(
        measure="posts", value=9, address="/listen/?q=queue&period=7d",
        since=date(2026, 2, 1), until=date(2026, 2, 7), as_of=date(2026, 2, 7),
    )  # fmt: skip
    now = browser("viewer").get(f"/decisions/insights/{pinned.pk}/now", headers=PART).content.decode()
    assert "since=2026-02-01&amp;until=2026-02-07" in now
    assert "4 Mar 2026 to 10 Mar 2026" in now


def test_a_line_of_compare_is_asked_again_by_its_name(browser, brands, insight):
    pinned = insight(measure="beside", subject="Harbour", value=1, address="/compare/?period=all")
    now = browser("viewer").get(f"/decisions/insights/{pinned.pk}/now", headers=PART).content.decode()
    assert "Harbour: " in now


def test_a_figure_that_cannot_be_asked_again_says_so(browser, insight):
    pinned = insight(measure="terms", address="/listen/?q=queue")
    now = browser("viewer").get(f"/decisions/insights/{pinned.pk}/now", headers=PART).content.decode()
    assert "cannot be asked again" in now


def test_a_figure_that_became_too_broad_says_why(browser, insight, pages_store, make_posts):
    pages_store.add(make_posts({"native_id": "zq", "text": " ".join(f"zq{n}" for n in range(10_001))}))
    pinned = insight(measure="posts", value=1, address="/listen/?q=zq*&period=all")
    now = browser("viewer").get(f"/decisions/insights/{pinned.pk}/now", headers=PART).content.decode()
    assert "zq* stands for more than 10000 different words" in now


@pytest.mark.parametrize(
    ("search", "found"), [("排队", "排队太久"), ("31 %", "Refills"), ("nothing-here", "")]
)
def test_insights_are_found_by_title_sentence_note_and_query(browser, insight, search, found):
    insight(title="排队太久", sentence="5 条帖子")
    insight(title="Refills")
    page = browser("viewer").get("/decisions/insights/", {"q": search}).content.decode()
    assert (found in page) if found else ("No insight fits." in page)
    assert ("Refills" in page) == (search == "31 %")


def test_an_archived_insight_leaves_the_list_and_comes_back(browser, insight):
    pinned, client = insight(), browser("analyst")
    page = client.post(f"/decisions/insights/{pinned.pk}/archive", follow=True).content.decode()
    assert f"/decisions/insights/{pinned.pk}/restore" in page  # the message takes it back
    assert "No insights yet" in page
    assert "Queues" in client.get("/decisions/insights/?archived=1").content.decode()
    client.post(f"/decisions/insights/{pinned.pk}/restore")
    assert not Insight.objects.get().archived
    assert list(AuditRow.objects.values_list("act", flat=True)) == ["insight.restore", "insight.archive"]


def test_archiving_twice_is_one_act(browser, insight):
    pinned, client = insight(), browser("analyst")
    for _ in range(2):
        client.post(f"/decisions/insights/{pinned.pk}/archive")
    assert AuditRow.objects.filter(act="insight.archive").count() == 1


def test_a_viewer_reads_insights_and_an_agency_does_not(browser, insight):
    pinned = insight()
    assert browser("viewer").get(f"/decisions/insights/{pinned.pk}").status_code == 200
    assert browser("agency").get(f"/decisions/insights/{pinned.pk}").status_code == 403
    assert browser("analyst").get("/decisions/insights/999").status_code == 404


def test_a_post_that_is_no_longer_kept_leaves_its_insight_readable(browser, insight):
    pinned = insight(kind="post", post_id="00000000000000aa", sentence="")
    assert "no longer kept" in browser("viewer").get(f"/decisions/insights/{pinned.pk}").content.decode()


def test_a_list_of_pinned_posts_asks_the_store_once(browser, insight, pages_store, make_posts, monkeypatch):
    given = make_posts(*({"text": f"等位 {n}", "native_id": f"p{n}"} for n in range(5)))
    pages_store.add(given)
    for identifier in given["id"].to_pylist():
        insight(kind="post", post_id=identifier, sentence="")
    asked, ask = [], pages_store.some
    monkeypatch.setattr(pages_store, "some", lambda ids: asked.append(len(ids)) or ask(ids))
    monkeypatch.setattr(pages_store, "get", None)
    page = browser("analyst").get("/decisions/insights/").text
    assert asked == [5]
    assert all(f"等位 {n}" in page for n in range(5))
