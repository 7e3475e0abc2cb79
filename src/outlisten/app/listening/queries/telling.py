"""What sets a result apart, who writes it, and its headline: the parts that take a moment and load after."""

from __future__ import annotations

from outlisten.app.listening.questions import Question
from outlisten.app.listening.store import posts
from outlisten.insights import Headline, Insight, headline, keyness, top_authors, top_sources

TERMS, PEOPLE = 24, 8


def facts(question: Question) -> Headline:
    """The facts of the first sentence: posts, people, corrected tone and the change on the period before."""
    return headline(posts(), question.query, question.window, zone=question.as_of.zone)


def telling_words(question: Question) -> Insight | None:
    """The words that set the posts apart from all others of the period; None when all posts are asked for."""
    if question.query is None:
        return None
    return keyness(posts(), question.query, window=question.window, top=TERMS, zone=question.as_of.zone)


def writers(question: Question) -> Insight:
    """Who writes most."""
    return top_authors(posts(), question.query, question.window, top=PEOPLE, zone=question.as_of.zone)


def places(question: Question) -> Insight:
    """The platforms with most posts."""
    return top_sources(posts(), question.query, question.window, top=PEOPLE, zone=question.as_of.zone)
