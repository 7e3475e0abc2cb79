"""The panel of a post that says what it says, in both languages."""

from __future__ import annotations

import pytest

from outlisten.app.listening.actions import labels
from outlisten.app.listening.models import LocalLabel


@pytest.mark.parametrize(
    ("language", "said", "by"),
    [("en", "complains, asks for help", "corrected by a person"), ("zh-hans", "投诉、求助", "由人更正")],
)
def test_a_correction_shows_with_who_made_it(kept, named, analyst, browser, language, said, by):
    labels.label(named("slow"), {"intent": ["help", "complaint"]}, by=analyst)
    page = browser("viewer", language=language).get(f"/posts/{named('slow')}").content.decode()
    assert said in page
    assert by in page
    assert "An analyst" in page
    assert 'action="/posts/' + named("slow") + '/labels"' not in page  # a viewer only reads


def test_the_form_sends_what_changed_and_can_be_undone(kept, named, browser):
    client = browser("responder")
    sent = {"sentiment": "neutral", "intent": ["none"], "emotion": "", "promotion": "no"}
    back = client.post(f"/posts/{named('slow')}/labels", sent, follow=True)
    assert {(one.task, tuple(one.labels)) for one in LocalLabel.objects.all()} == {
        ("sentiment", ("neutral",)), ("intent", ()), ("promotion", ("no",)),
    }  # fmt: skip
    page = back.content.decode()
    assert "the models learn from it" in page
    again = client.post(f"/posts/{named('slow')}/labels", sent, follow=True)
    assert "Nothing was changed" in again.content.decode()
    cleared = client.post(f"/posts/{named('slow')}/labels", {"promotion": "no"}, follow=True)
    assert LocalLabel.objects.get().task == "promotion"
    undo = cleared.content.decode().split("/posts/undo/")[1][:8]
    client.post(f"/posts/undo/{undo}")
    assert LocalLabel.objects.count() == 3


def test_a_label_that_is_not_offered_is_one_sentence(kept, named, browser):
    back = browser("analyst").post(f"/posts/{named('slow')}/labels", {"sentiment": "sad"}, follow=True)
    assert "Choose from the labels" in back.content.decode()
    assert not LocalLabel.objects.exists()
