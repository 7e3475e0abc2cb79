"""The model card of the heads: what each part was used for, and every figure on parts that were not trained on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from heads.labelled import Labelled
from heads.measuring import evaluation
from heads.sentiment import OF_LANGUAGE
from heads.sets import TaskSets, suggestions
from sentiment_card import FAULTS as SENTIMENT_FAULTS
from sentiment_card import RATES_FROM, TERMS, UNSTATED, data_rows
from settings import load

from outlisten.language.fast.heads import Heads
from outlisten.language.fast.tasks import SENTIMENTS

ID, VERSION = "fast-heads", "1.0.0"
MORE_TERMS = {
    **TERMS,
    "written": "this project's own; Apache-2.0",
    "collected": "posts of sets named here; labels this project's own, Apache-2.0",
    "tweeteval/offensive": TERMS["tweeteval/emotion"],
    "tweeteval/irony": TERMS["tweeteval/emotion"],
    "goemotions": "Apache-2.0",
    "cold": "Apache-2.0",
    "liu_opinion_sets": "CC BY 4.0",
    "cfpb_complaints": "US government, public domain; titles of comcast_complaints_2015: no licence stated",
    "semeval2019_task9a": "CC BY-NC-SA 4.0; evaluated on only, never trained on",
}
# Each also stands in the catalogue `language`, in both languages.
FAULTS = (
    *SENTIMENT_FAULTS,
    "Intents, urgency, its reasons and most flags learnt from a few thousand written examples alone: expect less on posts of "
    "other industries and networks.",
    "Collected posts labelled here and written examples were labelled by language models, not by people: what such readers "
    "have in common, the heads have learnt too.",
    "Spam in Chinese and insults in the written examples are rare: their figures rest on a handful of texts.",
    "Sarcasm is found where it is loud; the quiet kind passes for praise.",
)


def card(
    sets: Mapping[str, Mapping[str, TaskSets]], heads: Mapping[str, Heads], data: Path
) -> dict[str, Any]:
    """The card as JSON, without trials and checksums."""
    found = [row for lang in sets for row in _figures(sets[lang], heads[lang])]
    found.append(evaluation(heads["en"], "intent", suggestions(data)))
    return {
        "id": ID,
        "version": VERSION,
        "labels": list(SENTIMENTS),
        "languages": list(sets),
        "rates_from": RATES_FROM,
        "data": [*_sentiment_uses(data), *_uses(sets), _use(suggestions(data), "intent", "test")],
        "evaluations": [row for row in found if "confusion" in row],
        "each": [_row(whole, one) for whole in found for one in whole.get("each", ())],
        "faults": list(FAULTS),
    }


def _figures(sets: Mapping[str, TaskSets], heads: Heads) -> Iterator[dict[str, Any]]:
    for task, parts in sets.items():
        yield from (evaluation(heads, task, part) for part in [*parts.tune, *parts.test])


def _row(whole: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    return {**{name: whole[name] for name in ("task", "set", "split", "lang")}, **one}


def _sentiment_uses(data: Path) -> Iterator[dict[str, Any]]:
    settings = load()[0]
    for lang, read in OF_LANGUAGE.items():
        yield from ({**row, "task": "sentiment"} for row in data_rows(read(data), settings[lang]))


def _uses(sets: Mapping[str, Mapping[str, TaskSets]]) -> Iterator[dict[str, Any]]:
    for parts_of in sets.values():
        for task, whole in parts_of.items():
            parts = whole
            if task == "sentiment":  # the others stand in the list of its own
                parts = TaskSets(whole.train[-1:], [], whole.test[:1])
            yield from (_use(part, task, "train") for part in parts.train)
            yield from (_use(part, task, "calibrate") for part in parts.tune)
            yield from (_use(part, task, "test") for part in parts.test)


def _use(part: Labelled, task: str, use: str) -> dict[str, Any]:
    note = f"weight {part.weight:g}" if use == "train" else ""
    return {
        "set": part.set, "split": part.split, "lang": part.lang, "use": use, "posts": len(part),
        "terms": MORE_TERMS.get(part.set, UNSTATED), "note": note, "task": task,
    }  # fmt: skip
