"""A query as SQL over the table `posts`.

The text index decides words: `stream` is cut at spaces only, so a term, a phrase or a Han run is a run of the
index's own tokens with nothing left to check. Values are bound, never written into the statement.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from outlisten.query.addresses import under
from outlisten.query.evaluate import SHOWN, SINGLE_PRECISION, date_bounds
from outlisten.query.fields import small
from outlisten.query.moments import Clock
from outlisten.query.parser import Query
from outlisten.query.tokens import FIELD
from outlisten.query.tree import (
    Address,
    And,
    Code,
    Dates,
    Flag,
    Hashtag,
    Label,
    Mention,
    Node,
    Not,
    Number,
    Or,
    Person,
    Within,
    Words,
    has_dates,
)

# Without it the engine leaves the index for a token in a quarter of the rows, and takes seconds instead of
# milliseconds.
SETTINGS: Mapping[str, int] = {"text_index_hint_max_selectivity": 1}
LISTS = frozenset({"intent", "topic"})
# The stream and the end of its title, so that a token is always found between two spaces.
_PADDED = "concat(' ', stream, ' ')"
_TITLE_END = f"position({_PADDED}, ' {FIELD} ')"
_LATEST = 2**32 - 1
_ENGAGEMENT = (
    "if(isNull(likes) AND isNull(comments) AND isNull(shares), NULL,"
    " ifNull(likes, 0) + ifNull(comments, 0) + ifNull(shares, 0))"
)


@dataclass(frozen=True, slots=True)
class Condition:
    """A boolean SQL expression over `posts`, the values of its `{name:Type}` parameters, and the settings it wants."""

    sql: str
    params: Mapping[str, object]
    settings: Mapping[str, str | int | float] = field(default_factory=lambda: dict(SETTINGS))


def compile_sql(query: Query) -> Condition:
    """The condition that selects the query's posts. Raises ValueError when the query is not valid."""
    if query.tree is None:
        raise ValueError("a query with mistakes cannot be asked")
    compiler = _Compiler(query.context.clock)
    sql = compiler.sql(query.tree, None)
    if has_dates(query.tree):
        sql = f"created_at > 0 AND ({sql})"  # undated posts are stored as 0
    return Condition(sql, compiler.params)


class _Compiler:
    """Writes the SQL of one query and collects its parameters."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.params: dict[str, object] = {}

    def bind(self, value: object, kind: str) -> str:
        """The parameter that stands for a value."""
        name = f"q{len(self.params)}"
        self.params[name] = value
        return f"{{{name}:{kind}}}"

    def sql(self, node: Node, scope: str | None) -> str:
        """The condition of a part, in brackets where it needs them."""
        match node:
            case And(parts):
                return self._joined(parts, scope, "hasAllTokens", " AND ")
            case Or(parts):
                return self._joined(parts, scope, "hasAnyTokens", " OR ")
            case Not(part):
                return f"NOT ({self.sql(part, scope)})"
            case Within(field, part):
                return self.sql(part, field)
            case Words(items):
                return self._words(items, scope)
            case Dates():
                return self._dates(node)
            case _:
                return self._field(node)

    def _joined(self, parts: Sequence[Node], scope: str | None, tokens: str, joiner: str) -> str:
        """Several parts; single tokens among them become one look-up of the index."""
        single = [token for part in parts if scope is None and (token := _token(part))]
        rest = [part for part in parts if scope is not None or not _token(part)]
        found = [f"{tokens}(stream, {self.bind(single, 'Array(String)')})"] if single else []
        found += [self.sql(part, scope) for part in rest]
        return found[0] if len(found) == 1 else f"({joiner.join(found)})"

    def _words(self, items: tuple[str, ...], scope: str | None) -> str:
        if len(items) == 1:
            found = f"hasAllTokens(stream, {self.bind(list(items), 'Array(String)')})"
        else:
            found = f"hasPhrase(stream, {self.bind(' '.join(items), 'String')})"
        if scope is None:
            return found
        needle = self.bind(f" {' '.join(items)} ", "String")
        if scope == "title":
            place = f"position({_PADDED}, {needle}) < {_TITLE_END}"
            return f"({found} AND title_tokens > 0 AND {place})"
        return f"({found} AND position({_PADDED}, {needle}, if(title_tokens > 0, {_TITLE_END} + 1, 1)) > 0)"

    def _dates(self, node: Dates) -> str:
        start, end = date_bounds(node, self.clock)
        if start > _LATEST or end <= 1 or start >= end:
            return "0"
        low = f"created_at >= {self._moment(max(start, 1))}"
        return low if end > _LATEST else f"({low} AND created_at < {self._moment(end)})"

    def _moment(self, seconds: float) -> str:
        return f"toDateTime({self.bind(int(seconds), 'UInt32')}, 'UTC')"

    def _field(self, node: Node) -> str:
        match node:
            case Hashtag(name, True):
                return f"arrayExists(tag -> startsWith(tag, {self.bind(name, 'String')}), hashtags)"
            case Hashtag(name):
                return self._has("hashtags", name)
            case Mention(name):
                return self._has("mentions", name)
            case Code(name):
                return self._has("codes", name)
            case Person(field, name):
                return self._has("to_names" if field == "to" else "author_names", name)
            case Address(field, value):
                return self._address(field, value)
            case Label():
                return self._label(node)
            case Flag(field, value):
                return self._flag(field, value)
            case Number():
                return self._number(node)
            case _:
                raise NotImplementedError(type(node).__name__)

    def _has(self, column: str, value: str) -> str:
        return f"has({column}, {self.bind(value, 'String')})"

    def _address(self, field: str, value: str) -> str:
        if field == "link":
            return f"arrayExists(link -> match(link, {self.bind(under(value), 'String')}), links)"
        if field == "url":
            return f"position(lower(url), {self.bind(small(value), 'String')}) > 0"
        domain = f"lower(site) = {self.bind(value, 'String')}"
        return f"({domain} OR endsWith(lower(site), {self.bind(f'.{value}', 'String')}))"

    def _label(self, node: Label) -> str:
        if node.field in LISTS:
            return f"arrayExists(label -> lower(label) = {self.bind(node.value, 'String')}, {node.field})"
        if node.field == "lang":
            label = "replaceAll(lower(lang), '_', '-')"
            family = self.bind(f"{node.value}-", "String")
            return f"({label} = {self.bind(node.value, 'String')} OR startsWith({label}, {family}))"
        labelled = f"lower({node.field}) = {self.bind(node.value, 'String')}"
        if node.floor is None:
            return labelled
        return f"({labelled} AND ifNull(sentiment_score >= {self.bind(node.floor, 'Float32')}, 0))"

    def _flag(self, field: str, value: str) -> str:
        flagged = f"arrayExists(flag -> lower(flag) = {self.bind(value, 'String')}, `{field}`)"
        if field == "is":
            return flagged
        if value in SHOWN:
            return f"({flagged} OR notEmpty({SHOWN[value]}))"
        return flagged if value not in _NUMBERS else f"({flagged} OR isNotNull({_number_column(value)}))"

    def _number(self, node: Number) -> str:
        column = _number_column(node.field)
        kind = "Float32" if node.field in SINGLE_PRECISION else "Float64"
        bounds = []
        if node.low is not None:
            bounds.append(f"{column} {'>=' if node.low_included else '>'} {self.bind(node.low, kind)}")
        if node.high is not None:
            bounds.append(f"{column} {'<=' if node.high_included else '<'} {self.bind(node.high, kind)}")
        return f"ifNull({' AND '.join(bounds)}, 0)"


_NUMBERS = frozenset({"likes", "comments", "shares", "views", "engagement", "rating", "followers"})


def _number_column(name: str) -> str:
    return _ENGAGEMENT if name == "engagement" else name


def _token(node: Node) -> str:
    """The token of a term that is a single one; otherwise blank."""
    return node.items[0] if isinstance(node, Words) and len(node.items) == 1 else ""
