"""Of one post a label that is more likely wrong than right is shown as *cannot tell*; a person's word never is."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest

from outlisten.app.listening.actions import labels
from outlisten.app.listening.models import Workspace
from outlisten.app.listening.store import pipeline
from outlisten.app.listening.told import Told, both_told, tone_told
from outlisten.language import read
from outlisten.query import parse

VAGUE = {"en": "still waiting to see", "zh-hans": "就这样吧，再看看"}
WORDS = {
    "en": ("cannot tell: leans to", "negative"),
    "zh-hans": ("无法判断：偏向", "负面"),
}


@pytest.fixture
def vague(pages_store, db, named):
    """Two posts whose tone the models cannot tell."""
    Workspace.objects.create(pk=1, company="Harbour", zone="Asia/Shanghai", as_of="newest")
    rows = [
        {"platform": "x", "native_id": language, "author": "Ana", "text": text,
         "created_at": datetime(2026, 3, 10, tzinfo=UTC)}
        for language, text in VAGUE.items()
    ]  # fmt: skip
    pipeline().ingest(pa.Table.from_pylist(rows))
    return pages_store


@pytest.mark.parametrize(
    ("chance", "words"),
    [(0.49999, "cannot tell: leans to negative, 49%"), (0.5, "negative"), (None, "negative")],
)
def test_the_words_of_a_chance(chance, words):
    assert Told("sentiment", "negative", chance).words == words


def test_without_a_reading_there_is_nothing_to_lean_to():
    assert Told("emotion", None, None).words == "cannot tell"


@pytest.mark.parametrize("language", VAGUE)
def test_lists_and_the_page_of_a_post_say_so_and_the_store_keeps_the_label(vague, named, browser, language):
    said, _ = WORDS[language]
    reader = browser("analyst", language=language)
    listed = reader.get("/listen/result?period=all&voice=all").content.decode()
    assert listed.count("is-unsure") == 2
    assert "ol-tone is-negative" not in listed
    page = reader.get(f"/posts/{named(language)}").content.decode()
    assert page.count(said) >= 3, "beside the author, under what it says, and under how it was read"
    kept = vague.get(named(language))
    (reading,) = read([VAGUE[language]]).to_pylist()
    assert kept["sentiment"] == reading["sentiment"]
    assert vague.count(parse(f"sentiment:{reading['sentiment']}")).value >= 1


@pytest.mark.parametrize("language", VAGUE)
def test_a_persons_word_is_shown_bare(vague, named, browser, account, language):
    said, word = WORDS[language]
    labels.label(named(language), {"sentiment": ["negative"], "emotion": ["sadness"]}, by=account("lead"))
    post = vague.get(named(language))
    tone, emotion = both_told(post)
    assert (tone.sure, tone.label, emotion.sure, emotion.label) == (True, "negative", True, "sadness")
    page = browser("analyst", language=language).get(f"/posts/{named(language)}").content.decode()
    shown, _, history = page.partition("ls-history")
    assert said not in shown
    assert word in shown
    assert said in history, "what the models said before stays to be seen"


def test_an_emotion_has_the_chance_of_the_model_that_read_it(vague, named):
    from outlisten.language.chances import task_chances

    post = vague.get(named("en"))
    _tone, emotion = both_told(post)
    assert emotion.chance == pytest.approx(float(task_chances("emotion", [VAGUE["en"]]).table.max()))
    assert tone_told(post).chance == post["sentiment_score"]
