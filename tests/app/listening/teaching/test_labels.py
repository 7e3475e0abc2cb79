"""What a person says that a post says: it shows, wins, stays and can be taken back."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.http import Http404

from outlisten.app.listening.actions import corrections, labels
from outlisten.app.listening.models import LocalLabel
from outlisten.app.listening.rereading import model_pages
from outlisten.app.listening.rereading.pages import COLUMNS
from outlisten.app.listening.store import pipeline
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow
from outlisten.query import parse

NAMES = [("irony", "x"), ("irony-zh", "weibo")]


@pytest.mark.parametrize(("native_id", "platform"), NAMES)
def test_a_persons_word_shows_at_once_and_is_found(kept, named, analyst, native_id, platform):
    post = named(native_id, platform)
    assert kept.get(post)["sentiment"] != "negative"
    labels.label(post, {"sentiment": ["negative"], "intent": ["complaint"]}, by=analyst)
    shown = kept.get(post)
    assert (shown["sentiment"], shown["sentiment_score"], shown["intent"]) == (
        "negative",
        None,
        ["complaint"],
    )
    assert kept.count(parse(f"sentiment:negative platform:{platform}")).value >= 1


@pytest.mark.parametrize(("native_id", "platform"), NAMES)
def test_it_wins_when_the_post_comes_in_again_and_when_models_read_again(
    kept, named, analyst, batch, native_id, platform
):
    post = named(native_id, platform)
    labels.label(post, {"sentiment": ["negative"]}, by=analyst)
    model_pages.revised(kept.search(None, limit=10, columns=COLUMNS).posts)
    assert kept.get(post)["sentiment"] == "negative"
    given = kept.get(post)
    pipeline().ingest(
        batch(
            {
                "native_id": native_id,
                "platform": platform,
                "author": given["author"],
                "text": given["text"],
                "likes": 5,
            }
        )
    )
    assert kept.get(post)["sentiment"] == "negative"


def test_a_word_on_other_words_does_not_count(kept, named, analyst, batch):
    labels.label(named("irony"), {"sentiment": ["negative"]}, by=analyst)
    pipeline().ingest(
        batch(
            {
                "native_id": "irony",
                "author": "Ben",
                "text": "I love this place, great coffee, wonderful staff",
            }
        )
    )
    assert kept.get(named("irony"))["sentiment"] == "positive"


def test_taking_it_back_lets_the_models_decide_again(kept, named, analyst):
    before = kept.get(named("irony"))
    token = labels.label(named("irony"), {"sentiment": ["negative"], "emotion": ["anger"]}, by=analyst)
    corrections.undo(token, by=analyst)
    after = kept.get(named("irony"))
    assert not LocalLabel.objects.exists()
    for column in ("sentiment", "sentiment_score", "emotion"):
        assert after[column] == before[column]


def test_undoing_the_second_word_brings_the_first_back(kept, named, analyst):
    labels.label(named("irony"), {"sentiment": ["negative"]}, by=analyst)
    token = labels.label(named("irony"), {"sentiment": ["neutral"]}, by=analyst)
    corrections.undo(token, by=analyst)
    assert kept.get(named("irony"))["sentiment"] == "negative"


def test_two_people_keep_their_own_labels_and_the_latest_stands(kept, named, analyst, account):
    lead = account("lead")
    labels.label(named("irony"), {"sentiment": ["neutral"]}, by=analyst)
    labels.label(named("irony"), {"sentiment": ["negative"]}, by=lead)
    assert kept.get(named("irony"))["sentiment"] == "negative"
    assert LocalLabel.objects.count() == 2
    labels.label(named("irony"), {"sentiment": None}, by=lead)
    assert kept.get(named("irony"))["sentiment"] == "neutral"


def test_no_intent_at_all_is_an_answer(kept, named, analyst):
    labels.label(named("slow"), {"intent": []}, by=analyst)
    assert kept.get(named("slow"))["intent"] in ([], None)
    assert LocalLabel.objects.get().labels == []


def test_a_random_post_stays_random_when_it_is_opened_later(kept, named, analyst):
    labels.label(named("slow"), {"sentiment": ["neutral"]}, by=analyst, drawn=LocalLabel.Drawn.RANDOM)
    labels.label(named("slow"), {"sentiment": ["negative"]}, by=analyst)
    assert LocalLabel.objects.get().drawn == LocalLabel.Drawn.RANDOM


@pytest.mark.parametrize(
    "said",
    [{"sentiment": ["angry"]}, {"sentiment": []}, {"sentiment": ["neutral", "negative"]}, {"mood": ["x"]}],
)
def test_only_labels_that_are_offered_are_taken(kept, named, analyst, said):
    with pytest.raises(ValidationError):
        labels.label(named("slow"), said, by=analyst)
    assert not LocalLabel.objects.exists()


def test_who_may_not_is_refused_and_a_post_we_do_not_hold_is_not_found(kept, named, analyst, account):
    with pytest.raises(Refused):
        labels.label(named("slow"), {"sentiment": ["neutral"]}, by=account("viewer"))
    with pytest.raises(Http404):
        labels.label("0" * 16, {"sentiment": ["neutral"]}, by=analyst)


def test_it_is_written_down_without_the_words(kept, named, analyst):
    labels.label(named("slow"), {"sentiment": ["neutral"]}, by=analyst)
    row = AuditRow.objects.filter(act="post.label").get()
    assert named("slow") not in str(row.about)
    assert "queue" not in str(row.details)


def test_erasing_the_posts_erases_what_was_said_of_them(kept, named, analyst):
    from outlisten.app.listening.personal_data import forget_posts

    labels.label(named("slow"), {"sentiment": ["neutral"]}, by=analyst)
    assert forget_posts(frozenset([named("slow")])) == 1
    assert not LocalLabel.objects.exists()
