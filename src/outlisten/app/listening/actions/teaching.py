"""Teaching the models from local labels, and switching off what they learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import transaction

from outlisten.app.listening.models import LocalLabel, LocalModel
from outlisten.app.listening.store import whole
from outlisten.app.listening.teaching.labelled import Labelled, labelled_tones
from outlisten.app.listening.teaching.learned import whole_text
from outlisten.app.listening.voices.stamp import voices_changed
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record
from outlisten.language import model_card
from outlisten.language.local import FEWEST, Fit, TextSpace, fit
from outlisten.language.local.learning import EACH

LANGUAGES = ("en", "zh")
UNLABELLED = 5_000  # posts from which the words that go together are learned


@dataclass(frozen=True, slots=True)
class Taught:
    """What came of a language: the version made, or how many random labels there are where they do not suffice."""

    lang: str
    random: int
    made: LocalModel | None


def teach(*, by: Actor) -> list[Taught]:
    """Learn from the labels of tone, language by language; used for new readings where it helps beyond noise.
    Raises Refused."""
    require(by, Act.TEACH)
    labelled = labelled_tones()
    return [_teach(lang, labelled, by) for lang in LANGUAGES]


def forget(*, by: Actor) -> int:
    """Use nothing of what was learned for new readings; the versions stay. Returns how many were in use."""
    require(by, Act.TEACH)
    with transaction.atomic():
        gone = LocalModel.objects.filter(used=True).update(used=False)
        record("models.forget", by=by, removed=gone)
    voices_changed()
    return gone


def _teach(lang: str, labelled: Labelled, by: Actor) -> Taught:
    rows = [row for row, code in enumerate(labelled.langs) if code == lang and labelled.chances.read[row]]
    labels, random = labelled.chances.labels, labelled.random[rows]
    truth = np.array([labels.index(labelled.labels[row]) for row in rows], np.int64)
    counts = np.bincount(truth, minlength=len(labels))
    if random.sum() < FEWEST or counts.min() < EACH:
        return Taught(lang, int(random.sum()), None)
    texts = [whole_text(labelled.texts[row], labelled.titles[row]) for row in rows]
    found = fit(
        labels, labelled.chances.table[rows].astype(np.float64), truth, texts, _space(lang), random=random
    )
    return Taught(lang, int(random.sum()), _keep(lang, found, by))


def _space(lang: str) -> TextSpace | None:
    posts = whole().sample(None, size=UNLABELLED, seed=0, columns=("title", "text", "lang")).table.to_pylist()
    return TextSpace.of([whole_text(post["text"], post["title"]) for post in posts if post["lang"] == lang])


@transaction.atomic
def _keep(lang: str, found: Fit, by: Actor) -> LocalModel:
    task = LocalLabel.Task.SENTIMENT
    LocalModel.objects.filter(task=task, lang=lang, used=True).update(used=False)
    made = LocalModel.objects.create(
        task=task, lang=lang, model=str(model_card()), learned=found.reading.as_json(), figures=figures(found),
        used=found.helps, by=by if isinstance(by, Account) else None,
    )  # fmt: skip
    record("models.teach", by=by, about=f"local_model:{made.pk}", on=found.helps)
    voices_changed()
    return made


def figures(found: Fit) -> dict[str, Any]:
    """What was measured on labels that each fold had not seen."""
    return {
        "n": found.n,
        "calibration_error": [found.before.error, found.after.error],
        "calibration_interval": [found.before.error_interval(), found.after.error_interval()],
        "log_loss": [found.loss_before, found.loss_after],
        "gain": list(found.gain),
        "macro_recall": [found.recall_before, found.recall_after],
        "recall_gain": list(found.recall_gain),
        "decides": found.reading.decides,
        "helps": found.helps,
        "before": [row._asdict() for row in found.before.rows()],
        "after": [row._asdict() for row in found.after.rows()],
    }
