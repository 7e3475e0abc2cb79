"""The rows of the marker tables, made ready to be looked for in folded text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from outlisten.language.disclosure.tables import Row, rows
from outlisten.language.pattern_gate import Gate, Need, needed
from outlisten.query.folding import fold

# A label leads its line (after signs and emoji), and something closes it: a colon, a bar, a dash with a space, a
# hashtag, a mention, the end of the line. "Ad hoc", "AD 2020", "ad-free" and "Ad agencies" have none of these.
_LEADING = r"(?:^|\n)[^\w\n#@]*"
_CLOSED = (
    r"(?=\s*[|·•>\])】」』]|\s*:(?!\s*\d)|\s*[–—]|\s+-|-\s|\s+/|/\s|\s*\n|\s*$|\s+#(?!\d)|\s+@\w|\s+https?:"
    r"|\s*[/+&]\s*(?:gifted|affiliate|pr\b)|\s+[一-鿿]"
    "|\\s*[\u2600-\u27bf\U0001f300-\U0001faff])"
)
_OPEN, _SHUT = r"[\[【〔〖{(]", r"[\]】〕〗})]"
_MORE = r"(?:\s*[-–—|/:·+&,]\s*[^\]】〕〗})\n]{0,30})?"
_BAR = r"[|·•]\s*"
# What may be long is possessive or ends at the line: a post of ten thousand line breaks takes no longer than a book.
_CLOSING = r"(?:(?:[.!?。~|–—/]|\s-)\s*+|\n[^\S\n]*+)"
_CLOSING_HAN = r"(?<=[\s.!?。~|–—/-])"
_END = r"\s*+(?:[.。!]\s*+)?$"
_HAN = re.compile("[一-鿿]")


@dataclass(frozen=True, slots=True)
class Form:
    """A row with its patterns compiled."""

    row: Row
    pieces: tuple[str, ...]  # a text with none of them holds nothing of this row, hashtags apart
    patterns: tuple[tuple[int, re.Pattern[str]], ...]  # each with its number in the gate
    tags: tuple[re.Pattern[str], ...]
    unless: tuple[re.Pattern[str], ...]
    names: frozenset[str]  # our own, folded


@dataclass(frozen=True, slots=True)
class Forms:
    """Every row, and the gate that tells of a text which patterns need not be tried."""

    all: tuple[Form, ...]
    gate: Gate


@lru_cache(64)
def forms(names: tuple[str, ...] = ()) -> Forms:
    """Every row, with the company's own names put in where its patterns ask for them."""
    needs: list[Need] = []
    return Forms(tuple(_form(row, names, needs) for row in rows()), Gate(needs))


@cache
def rows_of_tags() -> dict[str, Row]:
    """Folded hashtag → its row."""
    return {fold(tag): row for row in rows() for tag in row.hashtag}


def _form(row: Row, names: tuple[str, ...], needs: list[Need]) -> Form:
    """The row made ready; what each of its patterns needs is added to `needs`."""
    labels = tuple(map(fold, row.label))
    first = len(needs)
    written = list(_label_patterns(labels))
    needs += [Need(pieces, apart=True) for _pattern, pieces in written]
    phrases = list(_with_names(row.phrase, names))
    needs += [Need(needed(phrase)) for phrase in phrases]
    return Form(
        row=row,
        pieces=tuple({*labels, *map(fold, row.contains)}),
        patterns=tuple(enumerate(map(re.compile, (*(pattern for pattern, _ in written), *phrases)), first)),
        tags=tuple(re.compile(rf"(?:{tag})\Z") for tag in _with_names(row.hashtag_like, names, edge="")),
        unless=tuple(map(re.compile, row.unless)),
        names=frozenset(map(fold, names)),
    )


def _label_patterns(labels: Sequence[str]) -> Iterator[tuple[str, frozenset[str]]]:
    """Where a label counts: leading its line, in brackets, between bars, closing the post. Each with its labels, which
    in Latin script stand apart from letters and digits in all of them."""
    for is_han in (True, False):
        chosen = frozenset(label for label in labels if bool(_HAN.search(label)) is is_han)
        for pattern in _around(chosen, is_han) if chosen else ():
            yield pattern, chosen


def _around(labels: frozenset[str], is_han: bool) -> Iterator[str]:
    group = "|".join(re.escape(label) for label in sorted(labels, key=lambda label: (-len(label), label)))
    closed = rf"(?:{_CLOSED}|(?=\s))" if is_han else _CLOSED
    closing = _CLOSING_HAN if is_han else _CLOSING
    yield rf"{_LEADING}(?P<label>{group}){closed}"
    yield rf"(?P<label>{_OPEN}\s*(?:{group}){_MORE}\s*{_SHUT})"
    yield rf"{_BAR}(?P<label>{group})(?=\s*(?:[|·•\n]|$))"
    yield rf"{closing}(?P<label>{group}){_END}"


def _with_names(
    patterns: Sequence[str], names: tuple[str, ...], *, edge: str = "(?![a-z0-9])"
) -> Iterator[str]:
    """Patterns with {name} filled in; where no name is known, those alternatives match nothing."""
    known = "|".join(re.escape(fold(name)) for name in sorted(names, key=len, reverse=True) if name.strip())
    for pattern in patterns:
        if "{name}" not in pattern:
            yield pattern
        else:
            yield pattern.replace("{name}", f"(?:{known}){edge}" if known else r"(?!)")
