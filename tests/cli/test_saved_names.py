"""Saved topics used by name in commands."""

from __future__ import annotations

from pathlib import Path

import pytest

ROWS = "id,date,text\n1,2026-03-01,海港排队两个小时\n2,2026-03-02,The Harbour queue was endless\n3,2026-03-03,豆子真香\n"


@pytest.fixture
def run_with_topic(run, tmp_path: Path, transactional_db):
    """A home with three posts and the topic 排队."""
    (tmp_path / "posts.csv").write_text(ROWS, "utf-8")
    assert run("import", "posts.csv").status == 0
    from outlisten.app.listening.models import Topic

    Topic.objects.create(name="排队", query="排队 OR queue")
    return run


def test_search_compare_and_report_know_the_names(run_with_topic, tmp_path: Path) -> None:
    run = run_with_topic
    assert run("search", "query:排队", "--count", "--json").json["count"] == 2
    told = run("compare", "查询:排队 海港", "--against", "query:排队 Harbour", "--json").json
    assert (told["a"]["posts"], told["b"]["posts"]) == (1, 1)
    assert run("report", "--query", "query:排队", "--out", "r.html", "--since", "2026-01-01").status == 0


def test_a_name_that_is_not_there_is_refused_once_the_home_is_known(run_with_topic) -> None:
    ran = run_with_topic("search", "query:排对", "--count", locale="zh-hans")
    assert ran.status == 1
    assert "排对" in ran.err


def test_explain_says_what_the_name_stands_for(run_with_topic) -> None:
    told = run_with_topic("explain", "query:排队", "--json", "--locale", "en,zh-hans").json
    assert told["valid"]
    assert "“排队” (contain “排队” or “queue”)" in told["explanation"]
