"""What sets a result apart, who writes it, and its headline: the parts that take a moment and load after."""

from __future__ import annotations

from outlisten.app.listening.filters import both, clause
from outlisten.app.listening.queries.remembered import remembered
from outlisten.app.listening.questions import Question
from outlisten.app.listening.store import posts
from outlisten.app.listening.teaching.measured import local_labels
from outlisten.insights import (
    Headline,
    Insight,
    emotions_over_time,
    headline,
    intents_over_time,
    keyness,
    top_authors,
    voices_over_time,
)
from outlisten.insights.evidence import opposite, reparsed

TERMS, PEOPLE = 24, 8


def facts(question: Question) -> Headline:
    """The facts of the first sentence: posts, people, corrected tone and the change on the period before."""
    return remembered(
        "facts",
        question,
        lambda: headline(
            posts(), question.query, question.window, zone=question.as_of.zone, labels=local_labels()
        ),
    )


def telling_words(question: Question) -> Insight | None:
    """The words that set the posts apart from all others of the period by the same voices; None when all of these are
    asked for."""
    query, topic = question.query, question.of_all_voices
    if query is None or topic is None:
        return None
    voices = clause("voice", question.filters.voices) if question.filters.voices else ""
    others = reparsed(both(opposite(topic), voices), query)
    return remembered(
        "words",
        question,
        lambda: keyness(posts(), query, others, question.window, top=TERMS, zone=question.as_of.zone),
    )


def speakers(question: Question) -> Insight:
    """Who speaks over time, of all voices whatever the page counts."""
    query = question.of_all_voices
    return remembered(
        "speakers",
        question,
        lambda: voices_over_time(posts(), query, question.window, zone=question.as_of.zone),
    )


def wants(question: Question) -> Insight:
    """What people want over time."""
    return remembered(
        "wants",
        question,
        lambda: intents_over_time(posts(), question.query, question.window, zone=question.as_of.zone),
    )


def feelings(question: Question) -> Insight:
    """What people feel over time."""
    return remembered(
        "feelings",
        question,
        lambda: emotions_over_time(posts(), question.query, question.window, zone=question.as_of.zone),
    )


def writers(question: Question) -> Insight:
    """Who writes most."""
    return remembered(
        "writers",
        question,
        lambda: top_authors(posts(), question.query, question.window, top=PEOPLE, zone=question.as_of.zone),
    )
