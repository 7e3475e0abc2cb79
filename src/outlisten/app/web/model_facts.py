"""What the tab Models says about the model that reads every post: what it reads, and how often it errs."""

from __future__ import annotations

from dataclasses import dataclass

from outlisten.language import ModelCard, model_card
from outlisten.language.card import Evaluation, LabelEvaluation, ModelBroken


@dataclass(frozen=True, slots=True)
class LabelErrors:
    """Of posts that truly have the label, the share in which it was found; of all others, the share in
    which it was found wrongly; with the posts behind each.
    """

    label: str
    found: float
    wrongly: float
    with_label: int
    without: int


@dataclass(frozen=True, slots=True)
class LanguageFacts:
    """One language: the held-out posts its error rates come from, and those rates."""

    lang: str
    set: str
    posts: int
    errors: list[LabelErrors]


@dataclass(frozen=True, slots=True)
class ModelFacts:
    card: ModelCard
    languages: list[LanguageFacts]
    evaluations: list[Evaluation]
    each: list[LabelEvaluation]


def model_facts() -> ModelFacts | None:
    """The facts, or None when the model's files are missing or altered."""
    try:
        card = model_card()
    except ModelBroken:
        return None
    held_out = [one for one in card.evaluations if _tested_on(card, one)]
    each = [one for one in card.each if _tested_on(card, one)]
    return ModelFacts(card, [_language(card, lang) for lang in card.languages], held_out, each)


def _language(card: ModelCard, lang: str) -> LanguageFacts:
    name, _, split = card.rates_from[lang].partition(" ")
    measured = card.evaluation(lang, name, split)
    errors = []
    for label in card.labels:
        rates = card.rates(lang, label)
        errors.append(LabelErrors(label, rates.tpr, rates.fpr, rates.n_pos, rates.n_neg))
    return LanguageFacts(lang, card.rates_from[lang], measured.confusion.n, errors)


def _tested_on(card: ModelCard, measured: Evaluation | LabelEvaluation) -> bool:
    """Whether the model never saw these posts, not even to be calibrated."""
    part = (measured.task, measured.set, measured.split, measured.lang)
    return {use.use for use in card.data if (use.task, use.set, use.split, use.lang) == part} == {"test"}
