from __future__ import annotations

import io
import re
from html import unescape

import pyarrow.parquet as pq
import pytest
from asgiref.sync import async_to_sync

from outlisten.app.listening.models import Workspace
from outlisten.app.listening.queries.exports import exported
from outlisten.app.listening.queries.listen import ask

PART = {"HX-Request": "true"}
pytestmark = pytest.mark.usefixtures("posts", "archive")


def test_the_page_stands_before_anything_is_counted(browser):
    page = browser("viewer").get("/listen/?q=queue").content.decode()
    assert 'hx-get="/listen/result?q=queue&amp;period=all"' in page
    assert "10 Mar 2026" in page  # the newest post's day is today


def test_a_result_has_its_count_facets_and_marked_posts(browser):
    part = browser("viewer").get("/listen/result?q=queue", headers=PART).content.decode()
    assert "5 posts" in part
    assert "<mark>queue</mark>" in part
    assert 'href="/listen/?q=queue&amp;lang=en&amp;period=all"' in part


def test_a_chinese_query_marks_han_characters(browser):
    part = browser("viewer", language="zh-hans").get("/listen/result?q=排队", headers=PART).content.decode()
    assert "<mark>排队</mark>" in part
    assert "1 条帖子" in part


def test_a_filter_narrows_and_its_address_takes_it_out_again(browser):
    part = browser("viewer").get("/listen/result?lang=zh", headers=PART).content.decode()
    assert "2 posts" in part
    assert 'href="/listen/?period=all"' in part


def test_a_period_leaves_undated_posts_out(browser):
    part = browser("viewer").get("/listen/result?q=queue&period=7d", headers=PART).content.decode()
    assert "4 posts" in part
    assert "queue without a date" not in part


@pytest.mark.parametrize(
    ("address", "language", "offered"),
    [
        ("q=unsaid&period=7d", "en", "Look in all time"),
        ("q=unsaid&period=all", "en", "Look without filters"),
        ("q=没人说过&period=7d", "zh-hans", "在全部时间里找"),
        ("q=没人说过&period=all&lang=zh", "zh-hans", "不加筛选再找"),
    ],
)
def test_where_nobody_said_it_the_next_wider_question_is_offered(browser, address, language, offered):
    part = (
        browser("viewer", language=language).get(f"/listen/result?{address}", headers=PART).content.decode()
    )
    assert f">{offered}</a>" in part
    wider = unescape(re.search(rf'href="(\S+)">{offered}<', part)[1])
    assert wider != f"/listen/?{address}"


def test_where_no_post_of_any_time_or_voice_fits_nothing_is_offered(browser):
    part = (
        browser("viewer").get("/listen/result?q=unsaid&period=all&voice=all", headers=PART).content.decode()
    )
    assert "No kept post of any time fits this query." in part
    assert "btn-primary" not in part


def test_hostile_words_are_shown_and_never_run(browser):
    part = browser("viewer").get("/listen/result?q=queue", headers=PART).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in part
    assert "<script" not in part
    assert "&lt;b&gt;Eve&lt;/b&gt;" in part
    assert "javascript:alert" not in part


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("period=soon", "is not a period"),
        ("since=31.12.2025", "is not a day"),
        ("since=2026-03-02&until=2026-03-01", "swap the two days"),
        ("q=(queue", "Nothing was searched"),
    ],
)
def test_an_address_that_cannot_be_is_answered_with_one_sentence(browser, address, said):
    response = browser("viewer").get(f"/listen/?{address}")
    assert response.status_code == 400
    assert said in response.content.decode()


def test_a_cursor_we_did_not_make_is_refused_in_a_sentence(browser):
    response = browser("viewer").get("/listen/more?q=queue&after=1' OR 1=1", headers=PART)
    assert response.status_code == 422
    assert "not the address of a page" in response.content.decode()


def test_a_sentence_about_a_bad_address_is_in_the_readers_language(browser):
    page = browser("viewer", language="zh-hans").get("/listen/?period=soon").content.decode()
    assert "不是时段" in page


def test_a_stranger_is_sent_to_the_door(client):
    assert client.get("/listen/").status_code == 302
    assert client.get("/listen/export/csv").status_code == 302


def test_the_box_says_what_a_query_means_and_how_many_posts_it_finds(browser):
    part = browser("viewer").get("/listen/check?q=queue&period=all", headers=PART).content.decode()
    assert "Means:" in part
    assert "5 posts" in part


def test_the_box_marks_the_place_of_an_error(browser):
    part = browser("viewer").get("/listen/check?q=(queue", headers=PART).content.decode()
    assert "<mark>" in part
    assert "Means:" not in part


@async_to_sync
async def sent(response) -> bytes:
    """What the browser gets of an answer that is sent bit by bit."""
    return b"".join([piece async for piece in response.streaming_content])


def test_an_export_keeps_spreadsheets_from_running_formulas(browser):
    response = browser("analyst").get("/listen/export/csv?q=queue")
    written = sent(response).decode("utf-8-sig")
    assert response.headers["X-Outlisten-Posts"] == "5"
    assert "'=HYPERLINK" in written
    assert ",=HYPERLINK" not in written


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet", "jsonl"])
def test_every_form_of_export_has_every_post(browser, form):
    response = browser("analyst").get(f"/listen/export/{form}?q=queue")
    assert response.headers["X-Outlisten-Posts"] == "5"
    assert response.headers["X-Outlisten-Cut"] == "false"
    assert len(sent(response)) == int(response.headers["Content-Length"])


def test_an_export_says_when_it_was_cut(account, rf):
    analyst = account("analyst")
    made = exported(analyst, ask(analyst, rf.get("/?q=queue").GET), "parquet", limit=3)
    assert (made.rows, made.cut) == (3, True)
    assert pq.read_table(io.BytesIO(made.file.read())).num_rows == 3


def test_a_viewer_may_not_export(browser):
    viewer = browser("viewer")
    assert viewer.get("/listen/export/csv").status_code == 403
    assert "/listen/export/" not in viewer.get("/listen/").content.decode()


def test_an_unknown_form_of_export_is_no_page(browser):
    assert browser("analyst").get("/listen/export/exe").status_code == 404


def test_the_sample_says_beside_its_time_line_that_the_volume_is_an_artefact(browser):
    sentence = "says nothing about how many people complained"
    viewer = browser("viewer")
    assert sentence not in viewer.get("/listen/result", headers=PART).content.decode()
    Workspace.objects.update(sample=True)
    assert sentence in viewer.get("/listen/result", headers=PART).content.decode()


def test_a_menu_offers_every_value_that_posts_have(browser):
    page = browser("viewer").get("/listen/?q=queue").content.decode()
    for value in ("platform=x", "platform=weibo", "lang=en", "lang=zh"):
        assert f"&amp;{value}&amp;" in page
