"""Posts found by what they mean: for a question in plain words, and those that are like a post."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from outlisten.app.listening.queries.post import post
from outlisten.app.listening.questions import Question
from outlisten.app.listening.rows import Line, line
from outlisten.app.listening.store import posts
from outlisten.app.people.rules import Actor
from outlisten.insights.meaning import Found, Hit, search
from outlisten.insights.meaning import alike as alike_posts
from outlisten.insights.meaning.plain_words import with_words
from outlisten.posts.store import Budget

# A person waits for the answer; what takes longer is cut, and the page says so.
PATIENCE = Budget(rows=1_000, seconds=8.0)
LONGEST = 2_000  # characters of a question
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """A post that was found and, in a sentence, why."""

    line: Line
    why: str


@dataclass(frozen=True, slots=True)
class Answers:
    """The posts found, best first; `cut` and `unread` as in `insights.meaning.Found`; `copies` of the post itself."""

    answers: list[Answer]
    cut: bool
    unread: int
    copies: int = 0


def by_meaning(question: Question, asked: str) -> Answers:
    """What answers a question in plain words, within the filters and the period of the page."""
    found = search(
        posts(), asked[:LONGEST], query=question.query, window=question.window, limit=SHOWN, budget=PATIENCE
    )
    return Answers(_answers(found), found.cut, found.unread)


def alike(actor: Actor, identifier: str) -> Answers:
    """The posts that say what this one says. Raises Refused; 404 for a post we do not hold."""
    found, copies = alike_posts(posts(), post(actor, identifier), budget=PATIENCE)
    return Answers(_answers(found), found.cut, found.unread, copies)


def _answers(found: Found) -> list[Answer]:
    return [Answer(_line(hit), why(hit.words, hit.similarity)) for hit in found.hits]


def _line(hit: Hit) -> Line:
    """The post as a line, the words of the question marked; `copies` counts it and its copies."""
    marked = with_words(hit.words, None, all_of_them=False) if hit.words else None
    return line({**hit.post, "copies": hit.copies + 1}, marked)


def why(words: Sequence[str], similarity: float) -> str:
    """Why a post was found: the words that stand in it, how alike it is, or both."""
    shown = {"words": _(", ").join(words), "similarity": number_format(similarity, 2)}
    if words:
        return _("Holds your words: %(words)s. Likeness of meaning: %(similarity)s.") % shown
    return _("None of your words; likeness of meaning: %(similarity)s.") % shown
