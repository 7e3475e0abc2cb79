"""Our brand beside others: who is spoken of, how people feel, and the words that set one apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from outlisten.app.listening.filters import ALL_VOICES, both
from outlisten.app.listening.queries.left_out import LeftOut, left_out
from outlisten.app.listening.queries.listen import PATIENCE, ask
from outlisten.app.listening.queries.names import Named, comparable
from outlisten.app.listening.queries.remembered import remembered
from outlisten.app.listening.queries.too_broad import too_broad
from outlisten.app.listening.questions import Question, first_error
from outlisten.app.listening.rows import COLUMNS, Line, lines
from outlisten.app.listening.store import posts
from outlisten.app.listening.teaching.measured import local_labels
from outlisten.app.people.rules import Actor
from outlisten.insights import (
    Estimate,
    Insight,
    earned_to_owned,
    keyness,
    share_of_voice,
    tone,
    voices_of_each,
    volume,
)
from outlisten.insights.evidence import phrase
from outlisten.query import Query, parse

# More lines than this in one picture cannot be told apart.
MOST = 6
TERMS, QUOTES = 15, 3
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Side:
    """A brand or topic in a comparison: its query with the page's filters, and with all of them but that of voices."""

    named: Named
    query: Query
    of_all_voices: Query


@dataclass(frozen=True, slots=True)
class Compared:
    """What the page compares. The first side is *us*; `question` holds the period and the filters."""

    question: Question
    sides: tuple[Side, ...]
    offered: tuple[Named, ...]
    problem: str = ""

    def address(self, keys: Iterable[str] | None = None, **more: str) -> str:
        """The page's address, with other sides when given."""
        chosen = [side.named.key for side in self.sides] if keys is None else keys
        rest = [*self.question.filters.address(), *self.question.period.address(), *more.items()]
        return urlencode([*(("who", key) for key in chosen), *rest])


def compared(actor: Actor, address: QueryDict) -> Compared:
    """The comparison an address asks for; without names, our first brand beside its group. Raises Refused."""
    question = ask(actor, address)
    offered = tuple(comparable())
    wanted = list(dict.fromkeys(address.getlist("who"))) or _usual(offered)
    by_key = {named.key: named for named in offered}
    unknown = next((key for key in wanted if key not in by_key), None)
    if unknown is not None:
        sentence = _("“%(key)s” is no brand or topic of this workspace; choose others.") % {
            "key": unknown[:40]
        }
        return Compared(question, (), offered, question.problem or sentence)
    sides = tuple(_side(by_key[key], question) for key in wanted[:MOST])
    if question.problem:
        return Compared(question, sides, offered, question.problem)
    broken = next((why for side in sides if (why := _broken(side))), "")
    return Compared(question, () if broken else sides, offered, broken)


def _broken(side: Side) -> str:
    """Why the posts of a side cannot be looked for; blank when they can."""
    if not side.query.valid:
        why = {"name": side.named.name, "why": first_error(side.query)}
        return _("The query of “%(name)s” cannot be read: %(why)s") % why
    if why_not := too_broad(side.query):
        why = {"name": side.named.name, "why": why_not}
        return _("The query of “%(name)s” cannot be asked: %(why)s") % why
    return ""


def _usual(offered: Iterable[Named]) -> list[str]:
    """Our first brand, then the others of its group."""
    ours = next((named for named in offered if named.own), None)
    if ours is None:
        return []
    others = [
        n.key for n in offered if n.group == ours.group and n.key != ours.key and n.key.startswith("brand-")
    ]
    return [ours.key, *others][:MOST]


def _side(named: Named, question: Question) -> Side:
    of_all = parse(both(named.query, question.filters.with_voices().query_text()), question.as_of.context)
    return Side(named, _query_of(named, question), of_all)


def _query_of(named: Named, question: Question) -> Query:
    own = parse(named.query, question.as_of.context) if named.query else None
    return parse(both(named.query, question.filters.beside(own).query_text()), question.as_of.context)


def voices(asked: Compared) -> Insight:
    """Each side's share of all authors who speak of any of them."""
    queries = {side.named.name: side.query for side in asked.sides}
    window, zone = asked.question.window, asked.question.as_of.zone
    return _kept("voices", asked, lambda: share_of_voice(posts(), queries, window, zone=zone))


def tones(asked: Compared) -> dict[str, Insight]:
    """The corrected tone of each side, by name."""
    window, zone = asked.question.window, asked.question.as_of.zone
    return _kept(
        "tones",
        asked,
        lambda: {
            side.named.name: tone(posts(), side.query, window, zone=zone, labels=local_labels())
            for side in asked.sides
        },
    )


def volumes(asked: Compared) -> dict[str, Insight]:
    """Posts over time of each side, by name."""
    window, zone = asked.question.window, asked.question.as_of.zone
    return _kept(
        "volumes",
        asked,
        lambda: {side.named.name: volume(posts(), side.query, window, zone=zone) for side in asked.sides},
    )


def speakers(asked: Compared) -> Insight:
    """Who speaks of each side, of all voices whatever the page counts."""
    queries = {side.named.name: side.of_all_voices for side in asked.sides}
    window, zone = asked.question.window, asked.question.as_of.zone
    return _kept("speakers", asked, lambda: voices_of_each(posts(), queries, window, zone=zone))


def ratios(asked: Compared) -> dict[str, Estimate | None]:
    """Earned posts to one owned, of each side by name; None where one of the two is missing."""
    window = asked.question.window
    return _kept(
        "ratios",
        asked,
        lambda: {
            side.named.name: earned_to_owned(posts(), side.of_all_voices, window) for side in asked.sides
        },
    )


def with_voices(asked: Compared, voices: Iterable[str] = ()) -> Compared:
    """The same comparison counting these voices; without any, all of them."""
    question = asked.question
    return replace(asked, question=replace(question, filters=question.filters.with_voices(voices)))


def left_out_of(asked: Compared) -> LeftOut | None:
    """What the filter of voices leaves out of the sides together; a side that names voices itself is not filtered."""
    question = asked.question
    filtered = [side for side in asked.sides if side.query.text != side.of_all_voices.text]
    if not filtered:
        return None
    text = " OR ".join(f"({side.of_all_voices.text})" for side in filtered)
    return left_out(text, question.filters.voices, question.window, question.as_of.context)


def words_apart(asked: Compared, against: str) -> Insight:
    """What is said of us and not of the other side (or of all the others), and the other way round."""
    us, *others = asked.sides
    chosen = [side for side in others if side.named.key == against] or others
    them = chosen[0].query if len(chosen) == 1 else _either(chosen, asked.question)
    window, zone = asked.question.window, asked.question.as_of.zone
    return _kept(
        "apart",
        asked,
        lambda: keyness(posts(), us.query, them, window, top=TERMS, zone=zone),
        them.text,
    )


def _kept(name: str, asked: Compared, make: Callable[[], Answer], *more: str) -> Answer:
    """Remembered for this comparison: its names and their queries are part of the question."""
    sides = [part for side in asked.sides for part in (side.named.name, side.query.text)]
    return remembered(f"compare.{name}", asked.question, make, *sides, *more)


def _either(sides: Iterable[Side], question: Question) -> Query:
    return parse(" OR ".join(f"({side.query.text})" for side in sides), question.as_of.context)


def quotations(actor: Actor, evidence: str, word: str = "") -> list[Line]:
    """The newest few posts of a query, cut around `word`, or around its matches without one. Raises Refused."""
    asked = QueryDict(mutable=True)
    asked.update({"q": evidence, "period": "all", "voice": ALL_VOICES})
    question = ask(actor, asked)
    if question.query is None:
        return []
    page = posts().search(
        question.query, window=question.window, limit=QUOTES, columns=COLUMNS, budget=PATIENCE
    )
    marked = parse(phrase(word), question.as_of.context) if word else question.query
    return lines(page.posts, marked, room=300)
