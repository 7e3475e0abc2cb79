"""A query in words: one sentence in English or Chinese, brackets made visible."""

from __future__ import annotations

from collections.abc import Sequence

from outlisten.query.clauses import (
    ADDRESSES,
    DATES,
    HAVE,
    IN_WORDS,
    JOINED,
    LABEL,
    LABEL_SURE,
    NAMED,
    NUMBERS,
    PEOPLE,
    USED,
    WORDS,
    WORDS_IN,
    Clause,
)
from outlisten.query.fields import BY_NAME
from outlisten.query.fields import NUMBERS as NUMBER_FIELDS
from outlisten.query.moments import Clock, Moment
from outlisten.query.parser import Query
from outlisten.query.places_in_words import Places, nearness
from outlisten.query.tree import (
    Address,
    And,
    AtLeast,
    Code,
    Dates,
    Exact,
    Flag,
    Hashtag,
    Label,
    Listed,
    Loose,
    Mention,
    Near,
    Node,
    Not,
    Number,
    Or,
    Person,
    Saved,
    Wild,
    Within,
    Word,
    Words,
)
from outlisten.words import Locale, words

Plain = Words | Wild  # named by what was typed, and nothing more
MOST_NAMED = 12  # of a long list of alternatives


def explain(query: Query, locale: Locale = "en") -> str:
    """What the query finds, as one sentence; blank for a query that is not valid."""
    if query.tree is None:
        return ""
    teller = Teller(locale, query.context.clock)
    return teller.say("Posts that {clause}.", clause=teller.clause(query.tree))


class Teller:
    """Tells the parts of one query in one language. A clause follows "posts that"."""

    def __init__(self, locale: Locale, clock: Clock) -> None:
        self.translate = words("query", locale)
        self.locale = locale
        self.clock = clock
        self.places = Places(self.say, self._list)

    def say(self, sentence: str, /, **values: object) -> str:
        """The sentence in the language, its places filled."""
        return self.translate(sentence).format(**values)

    def either(self, clause: Clause, negated: bool, /, **values: object) -> str:
        """The clause or its opposite."""
        return self.say(clause.negated if negated else clause.positive, **values)

    def clause(self, node: Node, *, negated: bool = False) -> str:
        """What a part asks for, or with `negated` what it forbids."""
        match node:
            case Not(part):
                return self.clause(part, negated=not negated)
            case And() | Or():
                return self._group(node, negated)
            case Words() | Wild():
                return self.either(WORDS, negated, terms=_typed(node))
            case Within(scope, part):
                return self._within(scope, part, negated)
            case Near():
                return self.either(nearness(node), negated, **self.places.of_near(node))
            case AtLeast():
                return self.either(IN_WORDS["at least"], negated, **self.places.of_at_least(node))
            case Loose() | Word() | Exact():
                return self.either(IN_WORDS["named"], negated, name=self.places.named(node))
            case Saved(name, part):
                return self.either(USED["query"], negated, name=f"“{name}”", clause=self.clause(part))
            case _:
                return self._leaf(node, negated)

    def _group(self, node: And | Or, negated: bool) -> str:
        if all(isinstance(part, Plain) for part in node.parts):
            return self._alternatives(node, negated)
        if negated:
            return self.say("do not match ({clause})", clause=self.clause(node))
        if isinstance(node, Or):
            return self.say("; or ").join(self.alike(parts) for parts in gathered(node.parts))
        plain = [part for part in node.parts if isinstance(part, Plain)]
        rest = [part for part in node.parts if not isinstance(part, Plain)]
        words: list[Node] = [And(tuple(plain))] if len(plain) > 1 else list(plain)
        return self.say(", and ").join(map(self._joined, (*words, *rest)))

    def alike(self, parts: Sequence[Node]) -> str:
        """Alternatives of one kind in one clause, as `gathered` puts them together."""
        if len(parts) == 1:
            return self.clause(parts[0])
        if all(isinstance(part, Plain) for part in parts):
            return self._alternatives(Or(tuple(parts)), negated=False)
        named = self._list([self.name(part) for part in parts], "{first} or {last}")
        return self._one(parts[0], named, negated=False)

    def name(self, part: Node) -> str:
        """What a part that `gathered` put together is called."""
        match part:
            case Words() | Wild():
                return _typed(part)
            case Hashtag(name):
                return f"#{name}"
            case Mention(name):
                return f"@{name}"
            case Code(name):
                return f"[{name}]"
            case Exact():
                return self.places.named(part)
            case Person(_, name):
                return name
            case Address(_, value):
                return value
            case _:
                raise TypeError(f"{type(part).__name__} has no name")

    def _one(self, part: Node, name: str, *, negated: bool) -> str:
        """The clause of such a part with this name."""
        match part:
            case Hashtag(_, prefix):
                return self.either(NAMED["prefix" if prefix else "hashtag"], negated, name=name)
            case Mention():
                return self.either(NAMED["mention"], negated, name=name)
            case Code():
                return self.either(NAMED["code"], negated, name=name)
            case Exact():
                return self.either(IN_WORDS["named"], negated, name=name)
            case Person(field):
                return self.either(PEOPLE[field], negated, name=name)
            case Address(field):
                return self.either(ADDRESSES[field], negated, address=name)
            case _:
                raise TypeError(f"{type(part).__name__} has no name")

    def _joined(self, part: Node) -> str:
        """A part of an And; alternatives that are clauses of their own stand in brackets."""
        told = self.clause(part)
        bare = not isinstance(part, Or) or all(isinstance(inner, Plain) for inner in part.parts)
        return told if bare else self.say("({clause})", clause=told)

    def _alternatives(self, node: And | Or, negated: bool) -> str:
        """A group of nothing but words."""
        named = [_typed(part) for part in node.parts if isinstance(part, Plain)]
        if isinstance(node, And):
            clause = JOINED["both"] if len(named) == 2 else JOINED["all"]
            return self.either(clause, negated, terms=self._list(named, "{first} and {last}"))
        joiner = "{first} and {last}" if negated else "{first} or {last}"
        return self.either(JOINED["any"], negated, terms=self._list(named, joiner))

    def _list(self, named: Sequence[str], joiner: str) -> str:
        shown = list(named[:MOST_NAMED])
        if len(named) > MOST_NAMED:
            shown.append(self.say("{count} more", count=len(named) - MOST_NAMED))
        return self.say(joiner, first=self.say(", ").join(shown[:-1]), last=shown[-1])

    def _within(self, scope: str, part: Node, negated: bool) -> str:
        if isinstance(part, Plain):
            return self.either(WORDS_IN[scope], negated, terms=_typed(part))
        if isinstance(part, And | Or) and all(isinstance(inner, Plain) for inner in part.parts):
            joiner = "{first} and {last}" if isinstance(part, And) else "{first} or {last}"
            named = [_typed(inner) for inner in part.parts if isinstance(inner, Plain)]
            return self.either(WORDS_IN[scope], negated, terms=self._list(named, joiner))
        return self.either(WORDS_IN[f"{scope} clause"], negated, clause=self.clause(part))

    def _leaf(self, node: Node, negated: bool) -> str:
        match node:
            case Hashtag() | Mention() | Code() | Person() | Address():
                return self._one(node, self.name(node), negated=negated)
            case Listed(name):
                return self.either(USED["list"], negated, name=f"“{name}”")
            case _:
                return self._fact(node, negated)

    def _fact(self, node: Node, negated: bool) -> str:
        match node:
            case Label(field, value, floor):
                clause = LABEL if floor is None else LABEL_SURE
                said = {"field": self._field(field), "value": self._value(field, value)}
                return self.either(clause, negated, **said, floor=f"{floor or 0:g}")
            case Flag(field, value):
                number = value in NUMBER_FIELDS and field == "has"
                what = self._field(value) if number else self._value(field, value)
                return self.either(HAVE["number" if number else field], negated, what=what)
            case Number():
                return self._number(node, negated)
            case Dates():
                return self._dates(node, negated)
            case _:
                raise TypeError(f"{type(node).__name__} is not a part of a query")

    def _field(self, name: str) -> str:
        """A field as a person says it: its Chinese name, or the English one."""
        aliases = BY_NAME[name].aliases
        if self.locale == "zh-hans" and aliases:
            return aliases[-1]
        return "language" if name == "lang" else name

    def _value(self, field: str, value: str) -> str:
        """A value as a person says it."""
        spellings = BY_NAME[field].values or {}
        chinese = [spelling for spelling, meant in spellings.items() if meant == value and spelling != value]
        return chinese[0] if self.locale == "zh-hans" and chinese else value

    def _number(self, node: Number, negated: bool) -> str:
        low, high = (f"{bound:,g}" if bound is not None else "" for bound in (node.low, node.high))
        if node.low is not None and node.low == node.high:
            kind = "exactly"
        elif node.low is not None and node.high is not None:
            kind = "between"
        elif node.low is not None:
            kind = "at least" if node.low_included else "more than"
        else:
            kind = "at most" if node.high_included else "less than"
        return self.either(NUMBERS[kind], negated, field=self._field(node.field), low=low, high=high)

    def _dates(self, node: Dates, negated: bool) -> str:
        start, end = (self._moment(moment) if moment else "" for moment in (node.start, node.end))
        kind = (
            "on" if node.start == node.end else "between" if start and end else "since" if start else "until"
        )
        return self.either(DATES[kind], negated, start=start, end=end)

    def _moment(self, moment: Moment) -> str:
        """The moment as typed; one that is counted from today as the day, or the minute, it falls on."""
        if moment.typed[0].isdigit():
            return moment.typed
        start, end = (bound.astimezone(self.clock.zone) for bound in moment.span(self.clock))
        return f"{start:%Y-%m-%d %H:%M}" if start == end else f"{start:%Y-%m-%d}"


def gathered(parts: Sequence[Node]) -> list[list[Node]]:
    """Alternatives put together by kind, each kind where its first one stands: words with words, sites with sites."""
    groups: dict[object, list[Node]] = {}
    for place, part in enumerate(parts):
        groups.setdefault(_kind(part) or place, []).append(part)
    return list(groups.values())


def _kind(part: Node) -> object:
    match part:
        case Words() | Wild():
            return "words"
        case Hashtag(_, prefix):
            return "hashtag", prefix
        case Mention() | Code() | Exact():
            return type(part).__name__
        case Person(field) | Address(field):
            return field
        case _:
            return None


def _typed(node: Plain) -> str:
    return f"“{node.typed}”"
