"""The question a page asks, wholly read from its address: query text, filters and period."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from outlisten.app.listening.clock import AsOf
from outlisten.app.listening.filters import Filters, both, read_filters
from outlisten.app.listening.long_queries import NotKept, abridged, whole
from outlisten.app.listening.periods import BadPeriod, Period, read_period
from outlisten.app.listening.wording import locale
from outlisten.posts.store import TimeRange
from outlisten.query import Query, parse

LONGEST_PLAIN = 200  # characters of a query that may be plain words


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `query` is None for all posts; with a `problem` nothing is asked at all."""

    text: str
    filters: Filters
    period: Period
    as_of: AsOf
    typed: Query | None
    query: Query | None
    problem: str = ""
    building: bool = False  # whether the query is shown as rows

    @property
    def window(self) -> TimeRange:
        return self.period.window(self.as_of.today, self.as_of.zone)

    @property
    def evidence(self) -> str:
        """The query text behind every figure: what was typed and the filters."""
        return both(self.text, self.filters.query_text())

    @property
    def worth_saving(self) -> str:
        """What a saved query keeps: what was typed, and the filters that somebody chose."""
        return both(self.text, self.filters.chosen_text())

    @property
    def before_voices(self) -> str:
        """The query text with every filter but that of voices."""
        return both(self.text, self.filters.with_voices().query_text())

    @property
    def of_all_voices(self) -> Query | None:
        """The same question of all voices; None for all posts."""
        return parse(self.before_voices, self.as_of.context) if self.before_voices else None

    def address(self, **more: str) -> str:
        """The whole question as the query part of an address, with further parameters such as a cursor."""
        shown = {"build": "1"} if self.building else {}
        return write_address(self.text, self.filters, self.period, **shown, **more)

    def with_filter(self, name: str, value: str) -> str:
        """The address with one filter put in or taken out."""
        return replace(self, filters=self.filters.toggled(name, value)).address()

    def with_voices(self, voices: Iterable[str] = ()) -> str:
        """The address counting these voices; without any, all of them."""
        return replace(self, filters=self.filters.with_voices(voices)).address()

    def with_period(self, period: Period) -> str:
        """The address with another period."""
        return replace(self, period=period).address()

    @property
    def narrowed(self) -> bool:
        """Whether filters leave posts out."""
        return bool(self.filters.query_text())

    def without_filters(self) -> str:
        """The address of the same words in the same period, with every voice, network, language and tone."""
        return replace(self, filters=Filters(all_voices=True)).address()

    @property
    def for_meaning(self) -> str:
        """The address that asks for the same by meaning: the words as they are, within the same filters and period."""
        words = {"m": self.text[:LONGEST_PLAIN]} if self.text and '"' not in self.text else {}
        return write_address("", self.filters, self.period, **words)

    def with_term(self, term: str) -> str:
        """The address of the same question narrowed by a term in the query language."""
        return replace(self, text=both(self.text, term)).address()


def write_address(text: str, filters: Filters, period: Period, **more: str) -> str:
    """The query part of an address on Listen."""
    parts = [("q", abridged(text))] if text else []
    return urlencode([*parts, *filters.address(), *period.address(), *more.items()])


def read_question(address: QueryDict, as_of: AsOf, *, saving: bool = False) -> Question:
    """The question an address asks. What cannot be is said in `problem`, one sentence, and never guessed."""
    text, unread = _read_text(address.get("q", ""))
    period, problem = as_of.default_period, ""
    try:
        period = read_period(address, as_of.default_period)
    except BadPeriod as bad:
        problem = str(bad)
    context = as_of.saved_context if saving else as_of.context
    typed = parse(text, context, saving=saving) if text else None
    if typed is not None and not typed.valid:
        problem = first_error(typed)
    problem = unread or problem
    filters = read_filters(address).beside(typed)
    evidence = both(text, filters.query_text())
    query = parse(evidence, as_of.context) if evidence and not problem else None
    if query is not None and not query.valid:
        problem, query = _("One of the filters cannot be read: %(why)s") % {"why": first_error(query)}, None
    return Question(text, filters, period, as_of, typed, query, problem, address.get("build") == "1")


def _read_text(typed: str) -> tuple[str, str]:
    """The query that stands in an address, and why it cannot be read. Lines end as they do where it was typed."""
    try:
        return whole(typed).replace("\r\n", "\n").strip(), ""
    except NotKept as problem:
        return "", str(problem)


def first_error(query: Query) -> str:
    """The first error of an invalid query, in the reader's language."""
    return next((m.text(locale()) for m in query.messages if m.level == "error"), "")
