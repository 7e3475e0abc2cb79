"""Finding disclosure markers in a post."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from outlisten.language.disclosure.forms import Form, Forms, forms, rows_of_tags
from outlisten.language.disclosure.marker import Marker, Place
from outlisten.language.disclosure.places import Layout
from outlisten.language.disclosure.tables import Row
from outlisten.language.folded_text import LIMIT, FoldedText
from outlisten.query.entities import Entity, find_entities
from outlisten.query.folding import fold


@dataclass(frozen=True, slots=True)
class _Find:
    """A row found at a span of the original."""

    row: Row
    start: int
    end: int
    named: str


def find_markers(title: str | None, text: str, *, names: Sequence[str] = ()) -> tuple[Marker, ...]:
    """Every disclosure marker of a post, in reading order; spans never overlap within title or text.

    `names` are the company's own names (brands, products): with them, words that count only beside a name are found
    too ("thanks Acme", 在某某工作, "i work for acme" in small letters). Reads the first 10,000 characters of each. The
    same words *about* advertising ("hate ads", 广告太多) are not markers: a marker stands by itself or says the tie.
    """
    own = tuple(names)
    in_title = [_marker(find, title or "", "title") for find in _finds(title or "", own)]
    tags = _hashtags(text)
    found = _finds(text, own, tags)
    if not found:
        return tuple(in_title)
    layout = Layout(text, tags)
    return (*in_title, *(_marker(find, text, layout.place_of(find.start, find.end)) for find in found))


def _marker(find: _Find, text: str, place: Place) -> Marker:
    return Marker(
        kind=find.row.kind, strength=find.row.best, start=find.start, end=find.end,
        words=text[find.start : find.end], rule=find.row.rule, row=find.row.name, named=find.named,
        place=place,
    )  # fmt: skip


def _hashtags(text: str) -> list[Entity]:
    if "#" not in text and "＃" not in text:
        return []
    return [entity for entity in find_entities(text[:LIMIT]) if entity.kind == "hashtag"]


def _finds(text: str, names: tuple[str, ...], tags: Sequence[Entity] | None = None) -> list[_Find]:
    """What is found in one text; where two finds overlap, a denial wins, then the longer."""
    if not text:
        return []
    tags = _hashtags(text) if tags is None else tags
    in_tags = [
        _Find(row, tag.start, tag.end, named) for tag in tags for row, named in _said_by_tag(names, tag.name)
    ]
    found = [*in_tags, *_in_words(FoldedText(text), forms(names))]
    found.sort(key=lambda find: (find.row.kind != "denial", find.start - find.end, find.start))
    kept: list[_Find] = []  # by their places
    for find in found:
        at = bisect_left(kept, find.start, key=lambda other: other.start)
        if (at == 0 or kept[at - 1].end <= find.start) and (at == len(kept) or find.end <= kept[at].start):
            kept.insert(at, find)
    return kept


@lru_cache(20_000)  # the same few tags stand in most posts of a day
def _said_by_tag(names: tuple[str, ...], written: str) -> tuple[tuple[Row, str], ...]:
    """The rows a hashtag is a marker of, each with the company it names."""
    name = fold(written)
    row = rows_of_tags().get(name)
    if row is not None:
        return () if f"#{written}" in row.not_written else ((row, ""),)
    found = []
    for form in forms(names).all:
        match = next((match for pattern in form.tags if (match := pattern.match(name))), None)
        if match:
            found.append((form.row, match.groupdict().get("named") or ""))
    return tuple(found)


def _in_words(whole: FoldedText, ready: Forms) -> Iterator[_Find]:
    opened = ready.gate.opened(whole.text)
    for form in ready.all if opened else ():
        patterns = [pattern for number, pattern in form.patterns if number in opened]
        if patterns and any(piece in whole.text for piece in form.pieces):
            yield from _of_form(whole, form, patterns)


def _of_form(whole: FoldedText, form: Form, patterns: list[re.Pattern[str]]) -> Iterator[_Find]:
    matches = [match for pattern in patterns for match in pattern.finditer(whole.text)]
    if not matches:  # nearly every post: what would stand apart need not be looked for
        return
    apart = [match.span() for pattern in form.unless for match in pattern.finditer(whole.text)]
    for match in matches:
        start, end = _span(match)
        if any(start < last and first < end for first, last in apart):
            continue
        found = _find(whole, form, match, start, end)
        if found is not None:
            yield found


def _span(match: re.Match[str]) -> tuple[int, int]:
    """The words themselves, without the line start or the signs that a pattern looks at."""
    if "label" in match.re.groupindex:
        return match.span("label")
    start, end = match.span()
    said = match.group()
    return start + len(said) - len(said.lstrip()), end - len(said) + len(said.rstrip())


def _find(whole: FoldedText, form: Form, match: re.Match[str], start: int, end: int) -> _Find | None:
    """The find with the company it names; None when what stands in the name's place is no name.

    In Latin script a name starts with a capital, a digit or @ ("I work for Acme", not "I work for peanuts"), unless it
    is one of our own.
    """
    group = next((name for name in match.re.groupindex if name.startswith("named") and match.group(name)), "")
    if not group:
        return _Find(form.row, *whole.place(start, end), "")
    first, last = match.span(group)
    if match.group(group) not in form.names:
        written = whole.words(first, last)
        name = _leading_names(written)
        if not name:
            return None
        if last == end and len(written) == last - first:
            end = first + len(name)
    return _Find(form.row, *whole.place(start, end), whole.words(first, min(last, end)).strip())


def _leading_names(written: str) -> str:
    """The words up to the first in small letters: "Acme Labs and love" → "Acme Labs"."""
    small = _SMALL.search(written)
    return written[: small.start()].rstrip() if small else written


_SMALL = re.compile(r"(?<![^\s])[a-zà-ÿ]")
