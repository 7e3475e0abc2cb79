"""From a typed query to its tree, with everything worth saying about it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from lark import Lark, Token, UnexpectedInput
from lark.lexer import Lexer as LarkLexer

from outlisten.query.lexemes import Lexeme
from outlisten.query.lexer import Lexer
from outlisten.query.limits import LIMITS, Limits, too_deep, too_long, too_many_terms
from outlisten.query.lint import lint
from outlisten.query.messages import Message
from outlisten.query.moments import Clock
from outlisten.query.shelf import Kept, Read, Shelf
from outlisten.query.tree import Node, Span, has_dates, is_anchored
from outlisten.query.tree_making import TreeMaker

UNANCHORED_DAYS = 31
MOST_MESSAGES = 100  # nobody reads more about one query; errors come before remarks


@dataclass(frozen=True, slots=True)
class Context:
    """What a query is read in: the as-of moment (None is the clock), the workspace's zone, the limits, and what is
    saved there and can be used by name."""

    now: datetime | None = None
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    limits: Limits = LIMITS
    kept: Kept = field(default_factory=Kept, hash=False)

    @property
    def clock(self) -> Clock:
        """What relative dates count from."""
        return Clock(self.now, self.zone)


@dataclass(frozen=True, slots=True)
class Query:
    """A query as typed, its tree (None when it cannot be used), and what there is to say about it."""

    text: str
    tree: Node | None
    messages: tuple[Message, ...]
    context: Context

    @property
    def valid(self) -> bool:
        """Whether the query can be used."""
        return self.tree is not None

    @property
    def search_days(self) -> int | None:
        """How many days back a search may look when it is given no range: None is as far as it likes."""
        if self.tree is None or is_anchored(self.tree) or has_dates(self.tree):
            return None
        return UNANCHORED_DAYS


def parse(
    text: str, context: Context | None = None, *, saving: bool = False, name: str | None = None
) -> Query:
    """The query these characters mean. Never raises: mistakes are messages with their place.

    `saving`: the query is to be kept, so it must say what it looks for (E201); `name` is what it is kept as, and what
    it may therefore not use (E306).
    """
    context = context or Context()
    tree, messages = _read(text, context, () if name is None else (name.strip(),))
    if tree is not None:
        messages += lint(text, tree, saving=saving, days=UNANCHORED_DAYS)
    usable = tree is not None and all(message.level != "error" for message in messages)
    messages = sorted(messages, key=lambda message: (message.level != "error", message.at))[:MOST_MESSAGES]
    messages.sort(key=lambda message: message.at)
    return Query(text, tree if usable else None, tuple(messages), context)


def _read(text: str, context: Context, uses: tuple[str, ...]) -> tuple[Node | None, list[Message]]:
    """The tree and the messages of a text; `uses` names the saved queries that led to it."""
    limits = context.limits
    if long := too_long(text, limits):
        return None, [long]
    lexer = Lexer(text)
    lexemes = lexer.lexemes()
    messages = [*lexer.messages, *_unpaired(lexemes)]
    messages += filter(None, (too_many_terms(lexemes, limits), too_deep(lexemes, limits)))
    if not lexemes and all(message.level != "error" for message in messages):
        messages.append(Message("E103", (0, len(text))))
    if any(message.level == "error" for message in messages):
        return None, messages
    return _built(lexemes, context, messages, uses), messages


def _unpaired(lexemes: Sequence[Lexeme]) -> Iterator[Message]:
    """Brackets without their partner."""
    opened: list[Span] = []
    for lexeme in lexemes:
        if lexeme.kind == "OPEN":
            opened.append(lexeme.at)
        elif lexeme.kind == "CLOSE" and opened:
            opened.pop()
        elif lexeme.kind == "CLOSE":
            yield Message("E105", lexeme.at)
    yield from (Message("E104", at) for at in opened)


def _saved(context: Context) -> Read:
    """Reads a saved query: its tree, None when it has mistakes, and the mistakes."""

    def read(text: str, uses: tuple[str, ...]) -> tuple[Node | None, Sequence[Message]]:
        tree, messages = _read(text, context, uses)
        mistakes = [message for message in messages if message.level == "error"]
        return None if mistakes else tree, mistakes

    return read


def _built(
    lexemes: Sequence[Lexeme], context: Context, messages: list[Message], uses: tuple[str, ...]
) -> Node | None:
    try:
        syntax = _grammar().parse([Token(lexeme.kind, lexeme) for lexeme in lexemes])
    except UnexpectedInput as error:
        messages.append(Message("E103", _missing_at(error, lexemes)))
        return None
    shelf = Shelf(context.kept, _saved(context), uses, context.limits)
    made = TreeMaker(context.limits, messages, shelf).transform(syntax)
    return made if isinstance(made, Node) else None


class _Given(LarkLexer):  # type: ignore[misc]  # no types are read from lark
    """Hands the grammar lexemes that were cut already."""

    def __init__(self, conf: object) -> None:
        pass

    def lex(self, data: Sequence[Token]) -> Iterator[Token]:
        """The tokens as they are."""
        yield from data


@cache
def _grammar() -> Lark:
    text = (files("outlisten.query") / "grammar.lark").read_text("utf-8")
    return Lark(text, start="query", parser="lalr", lexer=_Given)


def _missing_at(error: UnexpectedInput, lexemes: Sequence[Lexeme]) -> Span:
    """The operator or bracket whose neighbour is missing."""
    unexpected = getattr(getattr(error, "token", None), "value", None)
    if not isinstance(unexpected, Lexeme):
        return lexemes[-1].at
    place = lexemes.index(unexpected)
    before = lexemes[place - 1] if place else None
    if unexpected.kind == "CLOSE" and before:
        return (before.at[0], unexpected.at[1]) if before.kind == "OPEN" else before.at
    return unexpected.at
