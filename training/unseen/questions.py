"""What agreement is asked about: each question turns a reader's labels into numbers, and has its κ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from unseen.kappa import Agreement, kappa, mean_kappa, pooled_kappa, with_interval
from unseen.labels import EMOTIONS, FLAGS, INTENTS, SENTIMENTS, Labels

Said = dict[str, Labels]
Code = int | list[bool] | None


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is read: its code in a reader's labels (None: not read), and its κ.

    `unread` is the code of a post that a reader cannot tell: for a single choice one of its own, which never agrees.
    """

    name: str
    code: Callable[[Labels], Code]
    unread: Code
    measure: Callable[..., float] = kappa


def agreement(question: Question, one: Said, other: Said) -> Agreement | None:
    """κ of two readers of the same posts; None where one of them never reads such a thing."""
    first, second = ([question.code(said[post]) for post in one] for said in (one, other))
    if any(all(code is None for code in codes) for codes in (first, second)):
        return None
    filled = ([question.unread if code is None else code for code in codes] for codes in (first, second))
    return with_interval(question.measure, *filled)


def _one_of(names: Sequence[str], value: Callable[[Labels], str | None]) -> Callable[[Labels], Code]:
    return lambda said: None if value(said) is None else names.index(str(value(said)))


def _each_of(
    names: Sequence[str], value: Callable[[Labels], frozenset[str] | None]
) -> Callable[[Labels], Code]:
    return lambda said: None if (found := value(said)) is None else [name in found for name in names]


_INTENTS = _each_of(INTENTS, lambda said: said.intents)
_NO_INTENT = [False] * len(INTENTS)

SENTIMENT = Question("sentiment", _one_of(SENTIMENTS, lambda said: said.sentiment), len(SENTIMENTS))
INTENTS_MEAN = Question("intents, mean over classes", _INTENTS, _NO_INTENT, mean_kappa)
INTENTS_POOLED = Question("intents, pooled", _INTENTS, _NO_INTENT, pooled_kappa)
QUESTIONS = (
    SENTIMENT,
    INTENTS_MEAN,
    INTENTS_POOLED,
    Question("urgency, 0 to 3, weighted", lambda said: said.urgency, 0, partial(kappa, ordered=True)),
    Question("emotion", _one_of(EMOTIONS, lambda said: said.emotion), len(EMOTIONS)),
    Question("flags, pooled", _each_of(FLAGS, lambda said: said.flags), [False] * len(FLAGS), pooled_kappa),
)


def one_intent(name: str) -> Question:
    """Whether a post has one intent."""
    return Question(name, lambda said: None if said.intents is None else int(name in said.intents), 0)
