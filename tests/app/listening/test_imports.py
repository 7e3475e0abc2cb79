from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from outlisten.app.listening.imports import leases, steps, worker
from outlisten.app.listening.models import ImportRun

State = ImportRun.State
CSV = """id,date,platform,author,text
1,2026-03-01,x,Ana,The queue was long
2,2026-03-02,weibo,阿明,排队两个小时
3,soon,x,Bob,bad date
"""


@pytest.fixture(autouse=True)
def _home(settings, tmp_path, monkeypatch):
    """Rejected rows go below the test's own folder."""
    from outlisten.home import Home

    settings.HOME = Home(tmp_path)


def upload(client, content: str | bytes = CSV, name: str = "talk.csv") -> ImportRun:
    data = content.encode() if isinstance(content, str) else content
    client.post("/import/", {"file": SimpleUploadedFile(name, data)})
    return ImportRun.objects.latest("id")


@pytest.fixture
def analyst(browser, pages_store):
    return browser("analyst")


def test_a_file_is_looked_at_before_anything_is_kept(analyst, pages_store):
    run = upload(analyst)
    worker.work_off()
    page = analyst.get(f"/import/{run.pk}").content.decode()
    assert "排队两个小时" in page
    assert "UTF-8" in page
    assert pages_store.count(None).value == 0


def test_a_started_file_is_taken_in_and_its_upload_removed(analyst, pages_store):
    run = upload(analyst)
    worker.work_off()
    analyst.post(f"/import/{run.pk}/start")
    worker.work_off()
    run.refresh_from_db()
    assert (run.state, run.report["added"], run.report["rejected"]) == (State.DONE, 2, 1)
    assert pages_store.count(None).value == 2
    assert run.path == ""


def test_the_same_file_again_adds_nothing(analyst, pages_store):
    for _ in range(2):
        run = upload(analyst)
        worker.work_off()
        analyst.post(f"/import/{run.pk}/start")
        worker.work_off()
    run.refresh_from_db()
    assert (run.report["added"], run.report["duplicate"]) == (0, 2)


def test_a_process_that_ends_gives_its_run_back_for_the_next_start(analyst, pages_store):
    run = upload(analyst)
    worker.work_off()
    analyst.post(f"/import/{run.pk}/start")
    held = leases.claim("a process that ends")
    steps.ENDING.set()
    try:
        steps.step(held)
    finally:
        steps.ENDING.clear()
    run.refresh_from_db()
    assert (run.state, run.lease_until) == (State.RUNNING, None)
    worker.work_off()
    run.refresh_from_db()
    assert (run.state, run.report["read"]) == (State.DONE, 3)


def test_rejected_rows_can_be_taken_away_with_their_reasons(analyst):
    run = upload(analyst)
    worker.work_off()
    analyst.post(f"/import/{run.pk}/start")
    worker.work_off()
    response = analyst.get(f"/import/{run.pk}/rejected")
    assert b"bad date" in b"".join(response.streaming_content)
    assert "talk-rejected.jsonl" in response.headers["Content-Disposition"]


def test_a_person_may_say_which_column_is_what(analyst, pages_store):
    run = upload(analyst, "when,what,who\n2026-03-01,排队两个小时,阿明\n", "odd.csv")
    worker.work_off()
    chosen = {"map-text": "what", "map-created_at": "when", "map-author": "who", "network": "weibo"}
    analyst.post(f"/import/{run.pk}/reading", chosen)
    worker.work_off()
    analyst.post(f"/import/{run.pk}/start")
    worker.work_off()
    post = pages_store.search(None).posts.to_pylist()[0]
    assert (post["text"], post["author"], post["platform"]) == ("排队两个小时", "阿明", "weibo")


@pytest.mark.parametrize("content", [b"", b"\x7fELF\x00\x01\x02" * 400])
def test_a_file_that_cannot_be_read_says_why_in_one_sentence(analyst, content):
    run = upload(analyst, content, "thing.csv")
    worker.work_off()
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert run.problem.count("\n") == 0
    assert run.problem in analyst.get(f"/import/{run.pk}").content.decode().replace("&#x27;", "'")


def test_an_upload_without_a_file_is_explained(analyst):
    response = analyst.post("/import/", {})
    assert response.status_code == 400
    assert "choose one" in response.content.decode()


def test_a_viewer_may_not_import(browser, pages_store):
    assert browser("viewer").get("/import/").status_code == 403


def waiting(**fields: object) -> ImportRun:
    return ImportRun.objects.create(
        file_name="talk.csv", path="/nowhere/talk.csv", state=State.WAITING, **fields
    )


def test_a_run_is_claimed_by_one_worker_only(db):
    waiting()
    assert leases.claim("first") is not None
    assert leases.claim("second") is None


def test_a_run_whose_worker_died_is_taken_over(db):
    run = waiting()
    leases.claim("dead")
    ImportRun.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    taken = leases.claim("alive")
    assert taken is not None
    assert (taken.pk, taken.holder, taken.state) == (run.pk, "alive", State.RUNNING)


def test_a_worker_that_lost_its_run_stops_at_the_next_batch(db):
    waiting()
    lost = leases.claim("slow")
    assert lost is not None
    ImportRun.objects.update(holder="other")
    with pytest.raises(leases.LeaseLost):
        leases.renew(lost, {"read": 1})


def test_a_cancelled_run_stays_cancelled(analyst, monkeypatch):
    run = upload(analyst)
    worker.work_off()
    analyst.post(f"/import/{run.pk}/start")
    held = leases.claim("worker")
    assert held is not None
    analyst.post(f"/import/{run.pk}/cancel")
    steps.step(held)
    run.refresh_from_db()
    assert run.state == State.CANCELLED


def test_what_nobody_expected_ends_in_a_sentence_and_keeps_the_upload(analyst, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    run = upload(analyst)
    worker.work_off()
    monkeypatch.setattr(steps, "import_file", broken)
    analyst.post(f"/import/{run.pk}/start")
    worker.work_off()
    run.refresh_from_db()
    assert run.state == State.FAILED
    assert "start it again" in run.problem
    assert Path(run.path).exists()


def test_progress_asks_again_while_it_runs_and_shows_the_page_when_it_is_over(analyst):
    run = upload(analyst)
    part = analyst.get(f"/import/{run.pk}/progress")
    assert "every 1s" in part.content.decode()
    worker.work_off()
    assert analyst.get(f"/import/{run.pk}/progress").headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("name", ["talk\x07\x1b[2Jé.csv", "反馈\x85\udcff<b>.csv"])
def test_a_hostile_file_name_is_only_text(analyst, name):
    run = ImportRun.objects.create(file_name=name.encode("utf-8", "replace").decode(), state=State.DONE)
    for address in ("/import/", f"/import/{run.pk}"):
        page = analyst.get(address).content.decode()
        assert not {"\x07", "\x1b", "\x85"} & set(page)
        assert "<b>" not in page.split("<bdi>")[-1].split("</bdi>")[0]
