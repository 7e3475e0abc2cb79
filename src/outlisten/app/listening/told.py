"""What is said of one post on a page: the label, or *cannot tell* with what the models lean to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from outlisten.app.listening.deep_reader import deep_reader
from outlisten.app.listening.labels import value_label
from outlisten.app.listening.models import LocalLabel
from outlisten.app.listening.teaching.standing import standing
from outlisten.language.chances import Tier, task_chances
from outlisten.language.telling import cannot_tell

Task = LocalLabel.Task


@dataclass(frozen=True, slots=True)
class Told:
    """A label of `task` with its chance (0–1); the chance of a person's word is None, the label of a post not read."""

    task: str
    label: str | None
    chance: float | None

    @property
    def sure(self) -> bool:
        """Whether the label may be shown as the answer."""
        return not cannot_tell(self.label, self.chance)

    @property
    def name(self) -> str:
        """The label in the reader's language, be it sure or what the models lean to."""
        return value_label(self.task, self.label)

    @property
    def percent(self) -> int:
        """The chance in whole per cent, cut and not rounded: 49.9 % is less than half. 0 without a chance."""
        return int(100 * (self.chance or 0))

    @property
    def words(self) -> str:
        """negative; or: cannot tell: leans to negative, 43 %."""
        if self.label is None:
            return _("cannot tell")
        if self.sure:
            return self.name
        return _("cannot tell: leans to %(label)s, %(percent)d%%") % {
            "label": self.name, "percent": self.percent,
        }  # fmt: skip


def tone_told(post: Mapping[str, Any]) -> Told:
    """The tone of a post with `sentiment` and `sentiment_score`; without a score a person said it."""
    return Told(Task.SENTIMENT, post.get("sentiment"), post.get("sentiment_score"))


def both_told(post: Mapping[str, Any]) -> tuple[Told, Told]:
    """(tone, emotion) of a complete post. No chance is kept with an emotion: the models are asked for it again."""
    by_person = Task.EMOTION in standing([str(post["id"])]).of(post)
    label = post["emotion"]
    chance = None if by_person or label is None else _emotion_chance(post, str(label))
    return tone_told(post), Told(Task.EMOTION, label, chance)


def _emotion_chance(post: Mapping[str, Any], label: str) -> float:
    """By the tier that read the post; where that model is gone, by today's fast one. 0 where it is not read now."""
    deep = deep_reader()
    tier: Tier = "deep" if deep is not None and post["model"] == deep.model else "fast"
    found = task_chances(
        "emotion", [post["text"]], [post["title"]], [post.get("lang_given") or post["lang"]], tier
    )
    if label not in found.labels or not found.read[0]:
        return 0.0
    return float(found.table[0, found.labels.index(label)])
