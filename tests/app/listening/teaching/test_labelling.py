"""The page Labelling: which post comes next, what is kept, and what counts."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from outlisten.app.listening.actions import labels
from outlisten.app.listening.models import LocalLabel
from outlisten.app.listening.queries.labelling import bench, progress
from outlisten.app.listening.teaching.agreement import agreement
from outlisten.app.listening.teaching.choosing import choose

Drawn = LocalLabel.Drawn


def test_some_posts_are_drawn_at_random_and_some_because_the_models_are_unsure(kept, analyst):
    drawn = Counter(choose("sentiment", analyst, seed).drawn for seed in range(30))
    assert set(drawn) == {Drawn.RANDOM, Drawn.UNCERTAIN}
    assert drawn[Drawn.RANDOM] > drawn[Drawn.UNCERTAIN]
    chosen = [choose("sentiment", analyst, seed) for seed in range(30)]
    unsure = {one.post["id"] for one in chosen if one.drawn == Drawn.UNCERTAIN}
    assert len(unsure) == 1  # of four posts one has the smallest margin


def test_a_labelled_post_does_not_come_again_to_the_same_person(kept, named, analyst):
    for native_id, platform in (("slow", "x"), ("irony", "x"), ("warm-zh", "weibo"), ("irony-zh", "weibo")):
        labels.label(named(native_id, platform), {"sentiment": ["neutral"]}, by=analyst, drawn=Drawn.RANDOM)
    assert all(choose("sentiment", analyst, seed) is None for seed in range(5))
    assert choose("emotion", analyst, 1) is not None


def test_another_person_is_asked_for_a_second_label_of_random_posts_only(kept, named, analyst, account):
    labels.label(named("slow"), {"sentiment": ["negative"]}, by=analyst, drawn=Drawn.RANDOM)
    labels.label(named("irony"), {"sentiment": ["negative"]}, by=analyst, drawn=Drawn.UNCERTAIN)
    lead = account("lead")
    seen = {chosen.post["id"] for seed in range(30) if (chosen := choose("sentiment", lead, seed))}
    assert named("slow") in seen
    assert named("irony") not in seen


def test_only_random_posts_count(kept, named, analyst):
    labels.label(named("slow"), {"sentiment": ["negative"]}, by=analyst, drawn=Drawn.RANDOM)
    labels.label(named("irony"), {"sentiment": ["negative"]}, by=analyst, drawn=Drawn.UNCERTAIN)
    labels.label(named("warm-zh", "weibo"), {"sentiment": ["positive"]}, by=analyst)
    found = progress("sentiment")
    assert (found.random, found.others, found.missing) == (1, 2, 99)


def test_the_agreement_of_two_people_is_counted_over_the_posts_of_both(db, analyst, account):
    lead = account("lead")
    for n in range(20):
        for who, label in (
            (analyst, "negative" if n < 10 else "positive"),
            (lead, "negative" if n < 8 else "positive"),
        ):
            LocalLabel.objects.create(
                post_id=f"{n:016x}", task="sentiment", labels=[label], words="w", by=who
            )
    found = agreement("sentiment")
    assert (found.posts, found.alike) == (20, 18)
    assert found.kappa.value == pytest.approx((0.9 - 0.5) / 0.5)
    assert found.kappa.low < found.kappa.value


def test_a_label_is_kept_with_how_its_post_was_chosen(kept, browser):
    client = browser("analyst")
    page = client.get("/settings/labelling?seed=7").content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page).group(1)
    drawn = re.search(r'data-drawn="(\w+)"', page).group(1)
    client.post("/settings/labelling/label", {"token": token, "label": "negative", "drawn": "opened"})
    made = LocalLabel.objects.get()
    assert (made.task, made.labels, made.drawn) == ("sentiment", ["negative"], drawn)


def test_a_damaged_token_keeps_nothing(kept, browser):
    back = browser("analyst").post(
        "/settings/labelling/label", {"token": "x", "label": "negative"}, follow=True
    )
    assert "fresh post" in back.content.decode()
    assert not LocalLabel.objects.exists()


@pytest.mark.parametrize(
    ("language", "said"), [("en", "100 more random posts"), ("zh-hans", "再标 100 条随机帖子")]
)
def test_the_page_says_how_far_it_is_and_hides_what_the_models_read(kept, browser, language, said):
    page = browser("responder", language=language).get("/settings/labelling?task=intent").content.decode()
    assert said in page
    assert "ol-tone" not in page


def test_without_posts_it_says_so(pages_store, cafe, analyst):
    assert bench(analyst, "sentiment", 1).chosen is None
