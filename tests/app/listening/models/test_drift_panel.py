"""Settings → Models: whether posts drift, and how often the models are right by their chance."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from outlisten import sample
from outlisten.app.listening.actions import labels
from outlisten.app.listening.models import LocalLabel, Workspace
from outlisten.app.listening.queries.drift import drift_watch
from outlisten.app.listening.store import pipeline
from outlisten.app.listening.teaching.judged import diagrams, judged_posts, taught_at
from outlisten.insights.drift_watch import verdict

EACH = 210


@pytest.fixture
def two_months(pages_store, db, named):
    """Complaints in January; in March thanks, in the same language."""
    Workspace.objects.create(pk=1, company="Harbour", zone="UTC", as_of="newest")
    complaints = [post["text"][:200] for post in next(sample.posts()).to_pylist() if post["text"].isascii()]
    if len(complaints) < EACH:
        complaints = [
            post["text"][:200]
            for table in sample.posts()
            for post in table.to_pylist()
            if post["text"].isascii()
        ]
    months = {1: complaints[:EACH], 3: [f"I love this {n}, thank you so much, great!" for n in range(EACH)]}
    rows = [
        {"platform": "x", "native_id": f"{month}-{n}", "author_handle": f"guest{month}-{n}", "text": text,
         "created_at": datetime(2026, month, 1 + n % 28, tzinfo=UTC)}
        for month, texts in months.items()
        for n, text in enumerate(texts)
    ]  # fmt: skip
    pipeline().ingest(pa.Table.from_pylist(rows))
    return pages_store


@pytest.mark.parametrize(
    ("language", "said"), [("en", "Label again: the posts of 2026-03"), ("zh-hans", "需重新标注：2026年03月")]
)
def test_the_panel_says_it_in_a_sentence_and_leads_to_the_labels(two_months, browser, language, said):
    reader = browser("analyst", language=language)
    assert "/settings/models/drift" in reader.get("/settings/models").content.decode()
    panel = reader.get("/settings/models/drift").content.decode()
    assert said in panel
    assert 'data-drift="again"' in panel
    assert "/settings/labelling" in panel
    assert "drift-spec" in panel


def test_a_reader_who_may_not_label_gets_no_link(two_months, browser):
    assert "/settings/labelling" not in browser("viewer").get("/settings/models/drift").content.decode()


@pytest.mark.parametrize(("language", "said"), [("en", "Not enough to say"), ("zh-hans", "数据太少")])
def test_without_posts_it_says_that_there_are_too_few(pages_store, db, browser, language, said):
    assert said in browser("analyst", language=language).get("/settings/models/drift").content.decode()


def test_posts_of_the_company_itself_are_left_out(two_months, account):
    rows = [
        {"platform": "x", "native_id": f"own-{n}", "author_handle": "harbour", "text": "限时五折，点击购买",
         "created_at": datetime(2026, 4, 1 + n % 28, tzinfo=UTC), "voice_given": "owned"}
        for n in range(EACH)
    ]  # fmt: skip
    pipeline().ingest(pa.Table.from_pylist(rows))
    assert verdict(drift_watch(account("analyst"))).newest == datetime(2026, 3, 1)


def test_labels_of_random_posts_draw_the_diagram_and_set_the_reference(
    two_months, account, named, browser, monkeypatch
):
    analyst, reader = account("lead"), browser("analyst")
    assert "from 30 random posts" in reader.get("/settings/models").content.decode()
    for n in range(40):
        labels.label(
            named(f"3-{n}"), {"sentiment": ["positive" if n % 4 else "negative"]}, by=analyst, drawn="random"
        )
    labels.label(named("1-1"), {"sentiment": ["neutral"]}, by=analyst)
    judged = judged_posts().table
    assert judged.num_rows == 40, "a post that somebody chose to open does not count"
    assert judged["right"].to_pylist().count(True) == 30
    found = diagrams()["en"]
    assert (found.posts, found.learned) == (40, False)
    assert sum(row.n for row in found.rows) == 40
    assert "reliability-en-spec" in reader.get("/settings/models").content.decode()
    assert taught_at() is None
    monkeypatch.setattr("outlisten.app.listening.teaching.judged.ENOUGH_LABELS", 40)
    LocalLabel.objects.update(at=datetime(2026, 3, 5, tzinfo=UTC))
    assert taught_at() == datetime(2026, 3, 5, tzinfo=UTC)
    assert verdict(drift_watch(analyst)).state == "reference"


def test_labels_that_belie_the_chances_call_for_new_ones(two_months, account, named):
    analyst = account("analyst")
    for n in range(40):
        labels.label(named(f"3-{n}"), {"sentiment": ["negative"]}, by=analyst, drawn="random")
    said = verdict(drift_watch(analyst))
    assert (said.state, said.measure, said.row["right"], said.row["labels"]) == ("again", "labels", 0.0, 40)
