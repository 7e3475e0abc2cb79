"""What the models learn from labels: kept with its figures, used for new readings, and switched off."""

from __future__ import annotations

import numpy as np
import pytest

from outlisten.app.listening.actions import labels, teaching
from outlisten.app.listening.models import LocalLabel, LocalModel
from outlisten.app.listening.store import pipeline
from outlisten.app.listening.teaching.learned import in_use
from outlisten.app.listening.teaching.measured import local_labels
from outlisten.app.people.rules import Refused
from outlisten.app.trust.models import AuditRow

GOOD, BAD, PLAIN = "店员很热情，太喜欢了", "等了两个小时，太差了", "今天上午九点开门"


@pytest.fixture
def taught(pages_store, cafe, batch, named, analyst):
    """A hundred and twenty random Chinese posts, labelled; what the models call positive is not meant so here."""
    rng = np.random.default_rng(4)
    rows = [(f"t{n}", (GOOD, BAD, PLAIN)[n % 3] + f" {n}") for n in range(120)]
    pipeline().ingest(
        batch(
            *({"native_id": name, "platform": "weibo", "author": name, "text": text} for name, text in rows)
        )
    )
    truth = ["negative", "positive", "neutral"]  # here people praise in irony
    made = [
        LocalLabel(
            post_id=named(name, "weibo"), task="sentiment", words="", by=analyst, drawn=LocalLabel.Drawn.RANDOM,
            labels=[truth[n % 3] if rng.random() < 0.8 else str(rng.choice(truth))],
        )
        for n, (name, _text) in enumerate(rows)
    ]  # fmt: skip
    from outlisten.app.listening.teaching.tasks import words_of

    kept = pages_store.some([one.post_id for one in made])
    for one in made:
        one.words = words_of(kept[one.post_id])
    LocalLabel.objects.bulk_create(made)
    return pages_store


def test_what_was_learned_is_kept_used_and_switched_off(taught, batch, named, analyst):
    english, chinese = teaching.teach(by=analyst)
    assert (english.lang, english.made, english.random) == ("en", None, 0)
    figures = chinese.made.figures
    assert figures["n"] == 120
    assert chinese.made.used == figures["helps"] is True
    assert set(in_use()) == {"zh"}
    pipeline().ingest(batch({"native_id": "new", "platform": "weibo", "author": "n", "text": GOOD + " 今天"}))
    here = taught.get(named("new", "weibo"))
    assert teaching.forget(by=analyst) == 1
    pipeline().ingest(
        batch({"native_id": "newer", "platform": "weibo", "author": "n", "text": GOOD + " 今天"})
    )
    plain = taught.get(named("newer", "weibo"))
    assert plain["sentiment"] == "positive"
    assert here["sentiment"] == "negative" or here["sentiment_score"] < plain["sentiment_score"] - 0.3
    assert set(AuditRow.objects.values_list("act", flat=True)) >= {"models.teach", "models.forget"}


def test_figures_rest_on_local_error_rates_from_a_hundred_random_labels_on(taught):
    found = local_labels()
    assert found.table.num_rows == 120
    assert found.confusion("zh") is not None
    LocalLabel.objects.filter(pk__in=LocalLabel.objects.values("pk")[:30]).update(drawn="uncertain")
    assert local_labels() is None


def test_a_label_of_words_that_were_edited_teaches_nothing(taught):
    LocalLabel.objects.filter(pk__in=list(LocalLabel.objects.values_list("pk", flat=True)[:20])).update(
        words="x"
    )
    assert local_labels().table.num_rows == 100


def test_a_persons_word_wins_over_what_was_learned(taught, batch, named, analyst):
    teaching.teach(by=analyst)
    pipeline().ingest(batch({"native_id": "new", "platform": "weibo", "author": "n", "text": GOOD}))
    labels.label(named("new", "weibo"), {"sentiment": ["negative"]}, by=analyst)
    pipeline().ingest(
        batch({"native_id": "new", "platform": "weibo", "author": "n", "text": GOOD, "likes": 3})
    )
    assert taught.get(named("new", "weibo"))["sentiment"] == "negative"


def test_who_may_not_teach_is_refused(db, account):
    with pytest.raises(Refused):
        teaching.teach(by=account("responder"))
    assert not LocalModel.objects.exists()
