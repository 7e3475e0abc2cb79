"""What the page Mirror asks: a company's words beside its customers', its own posts, and its answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from outlisten.app.listening.companies import COMPANY_VOICE, PEOPLES_VOICE, Company, companies
from outlisten.app.listening.queries.listen import ask
from outlisten.app.listening.queries.remembered import remembered
from outlisten.app.listening.questions import Question
from outlisten.app.listening.store import posts
from outlisten.app.people.rules import Actor
from outlisten.insights import Insight, keyness
from outlisten.insights.mirror import (
    Answers,
    Broadcast,
    ImageDistance,
    Talk,
    answers,
    broadcast,
    image_distance,
    read_side,
    read_talk,
)
from outlisten.query import Query, parse

TERMS = 15
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How one company behaves: its own posts, and its answers."""

    company: Company
    broadcast: Broadcast
    answers: Answers


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page asks: `question` holds the period, `company` whom it looks at; None where there is none."""

    question: Question
    company: Company | None
    offered: tuple[Company, ...]
    problem: str = ""

    def address(self, who: str | None = None, **more: str) -> str:
        """The page's address, with another company when given."""
        key = who if who is not None else self.company.key if self.company else ""
        return urlencode([("who", key), *self.question.period.address(), *more.items()])


def mirror(actor: Actor, address: QueryDict) -> Asked:
    """What an address asks; without a name, our first brand. Raises Refused."""
    only = QueryDict(mutable=True)
    only.update({name: address.get(name, "") for name in ("period", "since", "until") if name in address})
    question = ask(actor, only)
    offered = tuple(behaviours_kept(question))
    wanted = address.get("who", "")
    if not wanted:
        return Asked(question, offered[0] if offered else None, offered, question.problem)
    known = {
        name: one for one in reversed(offered) for name in (one.key, one.name, one.name.removeprefix("@"))
    }
    if wanted not in known:
        sentence = _("“%(name)s” is no brand or company account here; choose another.") % {
            "name": wanted[:40]
        }
        return Asked(question, None, offered, question.problem or sentence)
    return Asked(question, known[wanted], offered, question.problem)


def words_apart(asked: Asked) -> Insight:
    """Which words the company uses and which its customers use of it (different texts against authors)."""
    ours, theirs = _queries(asked)
    return _kept(
        "words",
        asked,
        lambda: keyness(
            posts(), ours, theirs, asked.question.window, top=TERMS, counted="texts", without=_names(asked),
            zone=asked.question.as_of.zone,
        ),
    )  # fmt: skip


def distance(asked: Asked) -> ImageDistance:
    """How far those words are apart, as one number."""
    ours, theirs = _queries(asked)
    window = asked.question.window
    return _kept(
        "distance", asked, lambda: image_distance(posts(), ours, theirs, window, without=_names(asked))
    )


def behaviours(question: Question) -> list[Behaviour]:
    """The behaviour of every company, from one reading of the posts; also of those without any."""
    return remembered("mirror.behaviours", question, lambda: _behaviours(question), *_brand_facts())


def behaviours_kept(question: Question) -> list[Company]:
    """The companies one can look at, in the order of the menu; none when the period cannot be read."""
    if question.problem:
        return []
    return [one.company for one in behaviours(question)]


def behaviour(asked: Asked) -> Behaviour | None:
    """The behaviour of the chosen company."""
    key = asked.company.key if asked.company else None
    return next((one for one in behaviours(asked.question) if one.company.key == key), None)


def _behaviours(question: Question) -> list[Behaviour]:
    context, window = question.as_of.context, question.window
    written = read_side(posts(), parse(COMPANY_VOICE, context), window)
    found = companies(written)
    called = frozenset[str]().union(*(company.called for company in found))
    talk = read_talk(posts(), written, parse(PEOPLES_VOICE, context), called, window)
    return [_behaviour(company, talk, question) for company in found]


def _behaviour(company: Company, talk: Talk, question: Question) -> Behaviour:
    theirs = talk.of(company.called)
    return Behaviour(company, broadcast(theirs, question.as_of.zone), answers(theirs, question.as_of.moment))


def _queries(asked: Asked) -> tuple[Query, Query]:
    """What the company writes, and what people say of it."""
    assert asked.company is not None
    context = asked.question.as_of.context
    return parse(asked.company.written, context), parse(asked.company.customers, context)


def _names(asked: Asked) -> list[str]:
    """A company's names set nothing apart."""
    return sorted(asked.company.called) if asked.company else []


def _brand_facts() -> list[str]:
    """What decides who the companies are, so that a change of it is seen at once."""
    from outlisten.app.listening.models import Brand, DeclaredAccount

    brands = Brand.objects.values_list("pk", "name", "side", "query")
    return [repr(list(brands)), repr(list(DeclaredAccount.objects.values_list("folded", "voice", "brand")))]


def _kept(name: str, asked: Asked, make: Callable[[], Answer]) -> Answer:
    company = asked.company
    return remembered(f"mirror.{name}", asked.question, make, *(repr(company),))
