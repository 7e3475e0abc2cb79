"""What the query box says: whether a query can be read, what it means, hints with their place, the count."""

from __future__ import annotations

from dataclasses import dataclass, replace

from outlisten.app.listening.questions import Question
from outlisten.app.listening.snippets import Marked
from outlisten.app.listening.store import posts
from outlisten.app.listening.wording import locale
from outlisten.posts.errors import TooBroad
from outlisten.posts.store import Budget, Count
from outlisten.query import Message, Outline, Query, explain, outline, rewritten
from outlisten.query.tree import Span

TYPING = Budget(rows=1, seconds=2.0)
# Around a place in a long query, what is shown of it.
AROUND = 24
SHOWN = 160
# The box is asked at every pause in typing; a longer query may take seconds to rewrite (`explain --rewrite` has them).
REWRITTEN = 4_000
# A page always has a period of its own, so what the language says about a missing one does not hold here.
OF_THE_PERIOD = ("W105",)


@dataclass(frozen=True, slots=True)
class Hint:
    """A message: its level, its sentence, and its place in the query, marked among what stands around."""

    level: str
    code: str
    text: str
    place: Marked
    at: Span
    mended: str | None = None  # what to write at the place instead


@dataclass(frozen=True, slots=True)
class Mended:
    """A query with every suggestion taken, and what was said of what was changed, each sentence once."""

    text: str
    said: list[str]


@dataclass(frozen=True, slots=True)
class Box:
    """`valid` is None for an empty box; `count` is None until asked for, or when nothing can be counted."""

    valid: bool | None
    meaning: str
    hints: list[Hint]
    count: Count | None = None
    mended: Mended | None = None
    outline: Outline | None = None  # the meaning in groups, where it is too long for a sentence

    @property
    def errors(self) -> list[Hint]:
        return [hint for hint in self.hints if hint.level == "error"]

    @property
    def advice(self) -> list[Hint]:
        return [hint for hint in self.hints if hint.level != "error"]


def box(question: Question, *, counted: bool = False) -> Box:
    """What the box says about the typed part of a question."""
    typed = question.typed
    if typed is None:
        return Box(None, "", [], _count(question) if counted else None)
    hints = [hint(typed.text, message) for message in typed.messages if message.code not in OF_THE_PERIOD]
    if not typed.valid:
        return Box(False, "", hints, mended=_mended(typed))
    try:
        count = _count(question) if counted else None
        return Box(True, explain(typed, locale()), hints, count, outline=outline(typed, locale()))
    except TooBroad as refused:
        return Box(False, "", [hint(typed.text, _placed(refused.message, typed.text)), *hints])


def hint(text: str, message: Message) -> Hint:
    """A message with its place in the text marked. Of what is long, its beginning and its end are shown."""
    start, end = message.at
    before, there, after = (
        text[max(0, start - AROUND) : start],
        _shown(text[start:end]),
        text[end : end + AROUND],
    )
    place = Marked(before + there + after, [(len(before), len(before) + len(there))])
    return Hint(message.level, message.code, _said(message), place, message.at, message.suggestion)


def _said(message: Message) -> str:
    """The sentence, in which what is long is not written out."""
    short = {
        name: _shown(value) if isinstance(value, str) else value for name, value in message.values.items()
    }
    return replace(message, values=short).text(locale())


def _shown(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[: SHOWN * 2 // 3]} … {text[-SHOWN // 3 :]}"


def _mended(typed: Query) -> Mended | None:
    """The query as it is written here; None where no mistake has a suggestion."""
    if len(typed.text) > REWRITTEN:
        return None
    done = rewritten(typed.text, typed.context)
    said = dict.fromkeys(map(_said, done.taken))
    return Mended(done.text, list(said)) if said else None


def _placed(message: Message, text: str) -> Message:
    """What the store says of a word knows no place: it is the first one where the word was typed."""
    word = str(message.values["word"])
    at = text.lower().find(word)
    return message if at < 0 else replace(message, at=(at, at + len(word)))


def _count(question: Question) -> Count | None:
    if question.problem:
        return None
    return posts().count(question.query, window=question.window, budget=TYPING)
