"""Where the words of a query stand in a post, as SQL: what `spans` says, over the arrays of one row.

Every expression here is an `Array(Tuple(Int32, Int32))` of places `[start, end)` in items of the stream. The items of
a row are turned into small numbers once, so that runs are found by comparing numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, groupby

from outlisten.query.binding import Parameters
from outlisten.query.tokens import FIELD, GAP
from outlisten.query.tree import Glob, Loose, Near, Node, Or, Saved, Skip, Wild, Within, Words, walk
from outlisten.query.wildcards import regex_source

_ITEMS = "splitByChar(' ', stream)"
_NEVER = 2**20  # no stream is so long that this would be near

Run = tuple[str | Glob, ...]


class SpanSql:
    """Writes the places of the words of one part of a query."""

    def __init__(self, node: Node, parameters: Parameters) -> None:
        self.parameters = parameters
        self._names = count()
        self._numbers = {item: number for number, item in enumerate(_literals(node), 1)}
        known = parameters.texts(list(self._numbers))
        numbers = parameters.bind(list(self._numbers.values()), "Array(UInt16)")
        self._stream = f"arrayMap(x -> transform(x, {known}, {numbers}, toUInt16(0)), {_ITEMS})"
        self._globs: dict[str, str] = {}

    def holds(self, node: Node, scope: str | None) -> str:
        """Whether the part stands anywhere."""
        if isinstance(node, Near):
            return self._near_exists(node, scope)
        return f"notEmpty({self.places(node, scope)})"

    def at_least(self, count: int, node: Node, scope: str | None) -> str:
        """Whether so many places of a part can be counted without one overlapping another."""
        ordered = f"arraySort(p -> (p.2, p.1), {self.places(node, scope)})"
        taken = "arrayFold((t, p) -> if(p.1 >= t.2, (t.1 + 1, p.2), t), {}, (toInt64(0), toInt32(0)))"
        return f"{taken.format(ordered)}.1 >= {count:d}"

    def places(self, node: Node, scope: str | None) -> str:
        """Every place of a part."""
        match node:
            case Words(items):
                return self._scoped(self._runs([items]), scope)
            case Wild(pieces):
                return self._scoped(self._wild(pieces), scope)
            case Loose(items, slop):
                return self._scoped(self._loose(items, slop), scope)
            case Or(parts):
                return self._either(parts, scope)
            case Within(field, part):
                return self.places(part, field)
            case Saved(_, part):
                return self.places(part, scope)
            case Near():
                return self._near(node, scope)
            case _:
                raise TypeError(f"{type(node).__name__} has no place that SQL could tell")

    def _name(self) -> str:
        """A name for the argument of a lambda that no lambda around it uses."""
        return f"p{next(self._names)}"

    def _scoped(self, places: str, scope: str | None) -> str:
        if scope is None:
            return places
        return f"arrayFilter(p -> p.1 {'<' if scope == 'title' else '>='} title_tokens, {places})"

    def _either(self, parts: Sequence[Node], scope: str | None) -> str:
        """Several parts; plain runs of the same length are looked for together."""
        runs = sorted(
            {part.items for part in parts if isinstance(part, Words)}, key=lambda run: (len(run), run)
        )
        found = [self._scoped(self._runs(list(same)), scope) for _, same in groupby(runs, key=len)]
        found += [self.places(part, scope) for part in parts if not isinstance(part, Words)]
        return found[0] if len(found) == 1 else f"arrayDistinct(arrayConcat({', '.join(found)}))"

    def _runs(self, runs: Sequence[Run]) -> str:
        """The places of runs of one length: items that stand one after the other."""
        size = len(runs[0])
        values = [f"v{place}" for place in range(size)]
        columns = [self._shifted(self._stream, place) for place in range(size)]
        either = " OR ".join(self._is_run(run, values, columns) for run in runs)
        if len(runs) > 1 and not any(isinstance(item, Glob) for run in runs for item in run):
            rows = ", ".join(f"({', '.join(str(self._numbers[str(item)]) for item in run)})" for run in runs)
            either = f"({', '.join(values[:size])}) IN ({rows})"
        starts = f"arrayFilter((i, {', '.join(values)}) -> {either}, arrayEnumerate({self._stream}), {', '.join(columns)})"
        return f"arrayMap(i -> (toInt32(i - 1), toInt32(i - 1 + {size})), {starts})"

    def _is_run(self, run: Run, values: list[str], columns: list[str]) -> str:
        """Whether the run begins at an item; a wildcard in it brings a column of its own."""
        tests = []
        for place, item in enumerate(run):
            if isinstance(item, Glob):
                values.append(f"v{len(values)}")
                columns.append(self._shifted(self._glob(item), place))
                tests.append(values[-1])
            else:
                tests.append(f"v{place} = {self._numbers[item]}")
        return f"({' AND '.join(tests)})"

    def _shifted(self, column: str, places: int) -> str:
        return f"arrayShiftLeft({column}, {places})" if places else column

    def _glob(self, glob: Glob) -> str:
        """Which items a wildcard stands for."""
        if glob.pattern not in self._globs:
            pattern = self.parameters.text(f"^{regex_source(glob.pattern)}$")
            self._globs[glob.pattern] = f"arrayMap(x -> match(x, {pattern}), {_ITEMS})"
        return self._globs[glob.pattern]

    def _wild(self, pieces: Sequence[str | Glob | Skip]) -> str:
        """Runs with so many items between them, none of them a gap."""
        runs: list[Run] = [()]
        for piece in pieces:
            runs = [*runs, ()] if isinstance(piece, Skip) else [*runs[:-1], (*runs[-1], piece)]
        skips = [piece for piece in pieces if isinstance(piece, Skip)]
        found = self._runs([runs[0]])
        for skip, run in zip(skips, runs[1:], strict=True):
            found = self._joined(found, skip, self._runs([run]))
        return found

    def _joined(self, left: str, skip: Skip, right: str) -> str:
        one, other, gap = self._name(), self._name(), self._name()
        marks = f"{self._numbers[GAP]}, {self._numbers[FIELD]}"
        gaps = f"arrayFilter((i, v) -> v IN ({marks}), arrayEnumerate({self._stream}), {self._stream})"
        whole = f"NOT arrayExists({gap} -> {gap} > {one}.2 AND {gap} <= {other}.1, {gaps})"
        test = f"{other}.1 - {one}.2 BETWEEN {skip.low} AND {skip.high} AND {whole}"
        pairs = f"arrayMap({other} -> ({one}.1, {other}.2), arrayFilter({other} -> {test}, {right}))"
        return f"arrayDistinct(arrayFlatten(arrayMap({one} -> {pairs}, {left})))"

    def _loose(self, words: Sequence[str], slop: int) -> str:
        """The smallest window from each word on in which all of them stand, if little else does."""
        start, place, window = self._name(), self._name(), self._name()
        ends = []
        for word in dict.fromkeys(words):
            later = f"arrayFilter({place} -> {place}.1 >= {start}.1, {self._runs([(word,)])})"
            end = f"arrayElement({later}, {words.count(word)}).2"  # 0 where there is none
            ends.append(f"if({end} = 0, {_NEVER}, {end})")
        end = f"greatest({', '.join(ends)})" if len(ends) > 1 else ends[0]
        windows = f"arrayMap({start} -> ({start}.1, toInt32({end})), {self._runs([(word,) for word in dict.fromkeys(words)])})"
        fits = f"{window}.2 - {window}.1 <= {len(words) + slop}"
        return (
            f"arrayFilter({window} -> {fits} AND {_same_field(f'{window}.1', f'{window}.2 - 1')}, {windows})"
        )

    def _near(self, near: Near, scope: str | None) -> str:
        left, right = self.places(near.left, scope), self.places(near.right, scope)
        one, other = self._name(), self._name()
        if near.negated:
            by = self._is_by(near, one, other)
            return f"arrayFilter({one} -> NOT arrayExists({other} -> {by}, {right}), {left})"
        together = f"(least({one}.1, {other}.1), greatest({one}.2, {other}.2))"
        beside = f"arrayFilter({other} -> {self._is_beside(near, one, other)}, {right})"
        pairs = f"arrayMap({other} -> {together}, {beside})"
        return f"arrayDistinct(arrayFlatten(arrayMap({one} -> {pairs}, {left})))"

    def _near_exists(self, near: Near, scope: str | None) -> str:
        left, right = self.places(near.left, scope), self.places(near.right, scope)
        one, other = self._name(), self._name()
        if near.negated:
            inner = f"NOT arrayExists({other} -> {self._is_by(near, one, other)}, {right})"
        else:
            inner = f"arrayExists({other} -> {self._is_beside(near, one, other)}, {right})"
        return f"arrayExists({one} -> {inner}, {left})"

    def _is_beside(self, near: Near, one: str, other: str) -> str:
        """Near, and not overlapping."""
        apart = f"({one}.2 <= {other}.1 OR {other}.2 <= {one}.1)"
        return f"({apart} AND {self._is_by(near, one, other)})"

    def _is_by(self, near: Near, one: str, other: str) -> str:
        """Near, or overlapping."""
        overlap = f"({one}.1 < {other}.2 AND {other}.1 < {one}.2)"
        near_enough = self._is_near(near, one, other)
        if near.ordered:
            near_enough = f"{other}.1 >= {one}.2 AND {near_enough}"
        return f"({_same_field(f'{one}.1', f'{other}.1')} AND ({overlap} OR ({near_enough})))"

    def _is_near(self, near: Near, one: str, other: str) -> str:
        if near.distance is not None:
            return f"greatest({other}.1 - {one}.2, {one}.1 - {other}.2) <= {near.distance:d}"
        starts, start = ("sentences" if near.unit == "sentence" else "paragraphs"), self._name()
        inside = f"{start} > least({one}.1, {other}.1) AND {start} < greatest({one}.2, {other}.2)"
        return f"NOT arrayExists({start} -> {inside}, {starts})"


def _same_field(one: str, other: str) -> str:
    return f"({one} < title_tokens) = ({other} < title_tokens)"


def _literals(node: Node) -> Iterable[str]:
    """Every item that is looked for as it stands, and the marks that nothing may cross."""
    found = [GAP, FIELD]
    for part in walk(node):
        match part:
            case Words(items) | Loose(items):
                found += items
            case Wild(pieces):
                found += [piece for piece in pieces if isinstance(piece, str)]
    return dict.fromkeys(found)
