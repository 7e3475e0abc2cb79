"""The questions that the fast tier answers about a post, and the labels it answers with.

The names are those of the columns of a post and of the query language; what each means stands in
`training/written/GUIDELINES.md`.
"""

from __future__ import annotations

from dataclasses import dataclass

SENTIMENTS = ("negative", "neutral", "positive")
INTENTS = (
    "help", "inquiry", "complaint", "suggestion", "praise", "thanks", "purchase", "leaving", "comparison",
)  # fmt: skip
EMOTIONS = (
    "anger", "joy", "sadness", "fear", "surprise", "disgust", "optimism", "gratitude", "neutral",
)  # fmt: skip
URGENCY_LEVELS = ("nothing waits", "within days", "today", "at once")
REASONS = ("safety", "money", "deadline", "anger", "reach", "contacted")
FLAGS = ("promotional", "spam", "sarcasm", "offensive", "disclosed")


@dataclass(frozen=True, slots=True)
class Task:
    """One question: its labels, and whether a post has exactly one of them or any number."""

    name: str
    labels: tuple[str, ...]
    exclusive: bool


TASKS = {
    task.name: task
    for task in (
        Task("sentiment", SENTIMENTS, exclusive=True),
        Task("intent", INTENTS, exclusive=False),
        Task("emotion", EMOTIONS, exclusive=True),
        Task("urgency", URGENCY_LEVELS, exclusive=True),
        Task("urgency_reasons", REASONS, exclusive=False),
        Task("flags", FLAGS, exclusive=False),
    )
}
