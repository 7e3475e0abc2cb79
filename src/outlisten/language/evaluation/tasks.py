"""What can be evaluated: each task with its labels and the measure that its field reports first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# one: one label a post. several: any number of labels. yes_no: has it or not. level: ordered labels.
Kind = Literal["one", "several", "yes_no", "level"]

YES, NO = "yes", "no"
SENTIMENTS = ("negative", "neutral", "positive")
INTENTS = (
    "help", "inquiry", "complaint", "suggestion", "praise", "thanks", "purchase", "leaving", "comparison",
)  # fmt: skip
EMOTIONS = (
    "anger", "joy", "sadness", "fear", "surprise", "disgust", "optimism", "gratitude", "neutral",
)  # fmt: skip
LEVELS = ("0", "1", "2", "3")
NONE = "none"


@dataclass(frozen=True, slots=True)
class Task:
    """`labels` is empty where any is allowed (language codes). `flag` names what a yes-or-no task looks for in
    the reading column `column`. `first` is the measure to quote.
    """

    name: str
    kind: Kind
    labels: tuple[str, ...]
    column: str
    first: str
    flag: str = ""


def _flag(name: str, column: str, flag: str, first: str = "f1") -> Task:
    return Task(name, "yes_no", (YES, NO), column, first, flag)


TASKS: dict[str, Task] = {
    task.name: task
    for task in (
        Task("sentiment", "one", SENTIMENTS, "sentiment", "macro_recall"),
        Task("intent", "several", INTENTS, "intent", "macro_f1"),
        Task("emotion", "one", EMOTIONS, "emotion", "macro_f1"),
        Task("language", "one", (), "lang", "accuracy"),
        _flag("promotion", "flags", "promotional"),
        _flag("disclosure", "flags", "disclosed"),
        _flag("suggestion", "intent", "suggestion"),
        _flag("complaint", "intent", "complaint"),
        Task("urgency", "level", LEVELS, "urgency", "weighted_kappa"),
        _flag("offensive", "flags", "offensive", "macro_f1"),
        _flag("sarcasm", "flags", "sarcasm"),
        _flag("spam", "flags", "spam"),
    )
}
"""Every task by its name."""
