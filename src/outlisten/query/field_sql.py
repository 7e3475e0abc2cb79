"""Fields of a query as SQL over the table `posts`: people, addresses, labels, numbers and dates."""

from __future__ import annotations

from outlisten.query.addresses import under
from outlisten.query.binding import Parameters
from outlisten.query.evaluate import SHOWN, SINGLE_PRECISION, date_bounds, name_source
from outlisten.query.fields import COLUMN_OF, NUMBERS, small
from outlisten.query.moments import Clock
from outlisten.query.tree import (
    Address,
    Code,
    Dates,
    Flag,
    Hashtag,
    Label,
    Listed,
    Mention,
    Node,
    Number,
    Person,
)

LISTS = frozenset({"intent", "topic", "flag"})
_LATEST = 2**32 - 1
_ENGAGEMENT = (
    "if(isNull(likes) AND isNull(comments) AND isNull(shares), NULL,"
    " ifNull(likes, 0) + ifNull(comments, 0) + ifNull(shares, 0))"
)


class FieldSql:
    """Writes the condition of one field at a time."""

    def __init__(self, clock: Clock, parameters: Parameters) -> None:
        self.clock = clock
        self.parameters = parameters
        self.bind = parameters.bind

    def condition(self, node: Node) -> str:
        """The condition of a field, in brackets where it needs them."""
        match node:
            case Hashtag(name, True):
                return f"arrayExists(tag -> startsWith(tag, {self.bind(name, 'String')}), hashtags)"
            case Hashtag(name):
                return self._has("hashtags", name)
            case Mention(name):
                return self._has("mentions", name)
            case Code(name):
                return self._has("codes", name)
            case Person():
                return self._person(node)
            case Listed():
                return self._listed(node)
            case Address(field, value):
                return self._address(field, value)
            case Label():
                return self._label(node)
            case Flag(field, value):
                return self._flag(field, value)
            case Number():
                return self._number(node)
            case Dates():
                return self._dates(node)
            case _:
                raise TypeError(f"{type(node).__name__} is not a field")

    def _has(self, column: str, value: str) -> str:
        return f"has({column}, {self.bind(value, 'String')})"

    def _person(self, node: Person) -> str:
        column = "to_names" if node.field == "to" else "author_names"
        if not node.wild:
            return self._has(column, node.name)
        pattern = self.bind(f"^(?s:{name_source(node.name)})$", "String")
        return f"arrayExists(name -> match(name, {pattern}), {column})"

    def _listed(self, node: Listed) -> str:
        found = []
        if node.accounts:
            found.append(f"hasAny(author_names, {self.parameters.texts(sorted(node.accounts))})")
        found += [self._address("site", site) for site in sorted(node.sites)]
        return f"({' OR '.join(found)})" if found else "0"

    def _address(self, field: str, value: str) -> str:
        if field == "link":
            return f"arrayExists(link -> match(link, {self.bind(under(value), 'String')}), links)"
        if field == "url":
            return f"position(lower(url), {self.bind(small(value), 'String')}) > 0"
        domain = f"lower(site) = {self.bind(value, 'String')}"
        return f"({domain} OR endsWith(lower(site), {self.bind(f'.{value}', 'String')}))"

    def _label(self, node: Label) -> str:
        if node.field in LISTS:
            column = COLUMN_OF.get(node.field, node.field)
            return f"arrayExists(label -> lower(label) = {self.bind(node.value, 'String')}, {column})"
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
        return flagged if value not in NUMBERS else f"({flagged} OR isNotNull({_number_column(value)}))"

    def _number(self, node: Number) -> str:
        column = _number_column(node.field)
        kind = "Float32" if node.field in SINGLE_PRECISION else "Float64"
        bounds = []
        if node.low is not None:
            bounds.append(f"{column} {'>=' if node.low_included else '>'} {self.bind(node.low, kind)}")
        if node.high is not None:
            bounds.append(f"{column} {'<=' if node.high_included else '<'} {self.bind(node.high, kind)}")
        return f"ifNull({' AND '.join(bounds)}, 0)"

    def _dates(self, node: Dates) -> str:
        start, end = date_bounds(node, self.clock)
        if start > _LATEST or end <= 1 or start >= end:
            return "0"
        low = f"created_at >= {self._moment(max(start, 1))}"
        return low if end > _LATEST else f"({low} AND created_at < {self._moment(end)})"

    def _moment(self, seconds: float) -> str:
        return f"toDateTime({self.bind(int(seconds), 'UInt32')}, 'UTC')"


def _number_column(name: str) -> str:
    return _ENGAGEMENT if name == "engagement" else name
