"""Help while typing: the fields, values, operators and saved names that may stand where the caret is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from outlisten.query.fields import FIELDS, Field, field_named
from outlisten.query.folding import fold
from outlisten.query.parser import Context
from outlisten.query.printing import quoted
from outlisten.query.tree import Span

MOST = 12
_VALUE = re.compile(r"(?P<field>[^\W\d_]\w*)[:：](?P<list>[(（][^()（）]*?)?(?P<typed>[^\s()（）\"“”]*)$")
_WORD = re.compile(r"(?:^|[\s(（|｜\-－])(?P<typed>[^\W\d_][\w/]*)$")
_PLAIN = re.compile(r"[\w.]+")
OPERATORS = ("AND", "OR", "NOT", "NEAR/4", "NEAR/s", "ONEAR/4", "NOT NEAR/4", "ATLEAST/2(")
_NO_VALUES: Mapping[str, Sequence[str]] = {}


@dataclass(frozen=True, slots=True)
class Completion:
    """Something that may stand at the caret: `text` replaces what stands at `at`, `hint` says the same in the other
    language, or what kind of thing it is."""

    text: str
    at: Span
    hint: str = ""


def completions(
    text: str, caret: int, context: Context | None = None, known: Mapping[str, Sequence[str]] = _NO_VALUES
) -> list[Completion]:
    """At most twelve, the likeliest first. `caret` counts code points of the text.

    `known` are values that posts really have, by field, the most frequent first.
    """
    left = text[:caret]
    if found := _VALUE.search(left):
        field = field_named(found["field"])
        if field is not None:
            at = (found.start("typed"), caret)
            chinese = not found["field"].isascii() or not found["typed"].isascii()
            return _chosen(_values(field, context or Context(), known, chinese=chinese), found["typed"], at)
    if found := _WORD.search(left):
        return _chosen(_names(found["typed"]), found["typed"], (found.start("typed"), caret))
    return []


def _names(typed: str) -> Iterator[tuple[str, str, str]]:
    """(what it is compared with, what is written, hint) of operators, where capitals are typed, and of fields."""
    operators = [operator for operator in OPERATORS if operator.startswith(typed)]
    if operators:
        yield from ((operator, operator, "") for operator in operators)
        return
    for field in FIELDS:
        names = (field.name, *field.aliases)
        for name in names:
            others = [other for other in names if other != name]
            yield name, f"{name}:", " ".join(others)


def _values(
    field: Field, context: Context, known: Mapping[str, Sequence[str]], *, chinese: bool
) -> Iterator[tuple[str, str, str]]:
    spellings: dict[str, list[str]] = {}
    for spelling, value in (field.values or {}).items():
        spellings.setdefault(value, []).append(spelling)
    for name in _saved(field, context):
        yield name, _written(name), ""
    for value in dict.fromkeys([*known.get(field.name, ()), *spellings]):
        every = sorted({value, *spellings.get(value, ())}, key=str.isascii, reverse=not chinese)
        for spelling in every:
            yield spelling, _written(spelling), " ".join(other for other in every if other != spelling)


def _saved(field: Field, context: Context) -> Iterable[str]:
    if field.kind == "query":
        return context.kept.queries
    return context.kept.lists if field.kind == "list" else ()


def _written(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else quoted(value)


def _chosen(offered: Iterable[tuple[str, str, str]], typed: str, at: Span) -> list[Completion]:
    """Those that begin with what was typed, then those that hold it; each meaning once."""
    wanted = fold(typed)
    begin: list[Completion] = []
    hold: list[Completion] = []
    seen: set[str] = set()
    for compared, written, hint in offered:
        folded = fold(compared)
        meaning = written if not wanted else ""
        if wanted not in folded or (folded == wanted and not written.endswith((":", "("))) or meaning in seen:
            continue
        if not wanted:
            seen |= {written, *hint.split()}
        (begin if folded.startswith(wanted) else hold).append(Completion(written, at, hint))
    return [*begin, *hold][:MOST]
