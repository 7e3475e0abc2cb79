"""Settings → Models: which models read the posts, and the offer to read them again."""

from __future__ import annotations

from outlisten.app.listening import rereading
from outlisten.app.listening.models import Rereading

from .conftest import MANY, NEW, OLD


def test_the_tab_says_what_was_read_by_other_models_and_offers_to_read_it_again(old_posts, browser):
    page = browser("admin").get("/settings/models").content.decode()
    assert f"{MANY} of {MANY} kept posts were read by other models" in page
    assert OLD in page
    assert "about 1 minute" in page
    assert "Read them again" in page


def test_an_analyst_sees_the_models_and_no_button(old_posts, browser):
    page = browser("analyst").get("/settings/models").content.decode()
    assert OLD in page
    assert "Read them again" not in page
    assert browser("viewer").post("/settings/models/reread").status_code == 403


def test_started_paused_resumed_done(old_posts, browser):
    admin = browser("admin")
    admin.post("/settings/models/reread", {"since": "2026-03-30", "until": "2026-03-31"})
    row = Rereading.objects.get()
    assert row.since.isoformat() == "2026-03-29T16:00:00+00:00"
    assert "about to be read again" in admin.get("/settings/models/read").content.decode()
    admin.post("/settings/models/pause")
    assert "Paused after 0 posts" in admin.get("/settings/models").content.decode()
    admin.post("/settings/models/resume")
    rereading.work_off_models()
    page = admin.get("/settings/models").content.decode()
    assert "2 posts were read again; 2 were read otherwise then" in page
    assert NEW in page


def test_in_chinese(old_posts, browser):
    page = browser("admin", language="zh-hans").get("/settings/models").content.decode()
    assert f"已保存的 {MANY} 条帖子中，有 {MANY} 条由其他模型读过" in page


def test_days_that_make_no_range_are_refused_with_a_sentence(old_posts, browser):
    admin = browser("admin")
    for days in (
        {"since": "2026-04-01", "until": "2026-03-01"},
        {"since": "yesterday"},
        {"until": "9999-12-31"},
    ):
        page = admin.post("/settings/models/reread", days, follow=True)
        assert page.status_code == 200
    assert not Rereading.objects.filter(since__isnull=False).exists()


def test_today_offers_it_to_those_who_may_start_it_and_not_while_it_runs(old_posts, browser):
    admin = browser("admin")
    assert f"{MANY} posts were read by older models" in admin.get("/").content.decode()
    assert "older models" not in browser("analyst").get("/").content.decode()
    admin.post("/settings/models/reread")
    assert "older models" not in admin.get("/").content.decode()
