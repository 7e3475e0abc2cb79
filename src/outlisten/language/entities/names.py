"""Brands and products that are given by name, and the model that stands behind such a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from outlisten.language.entities.entity import Find
from outlisten.language.folded_text import FoldedText
from outlisten.query.folding import fold

Known = Sequence[str] | Mapping[str, Sequence[str]]

# "x5 pro", "15 ultra": what makes a brand's name one of its products.
_MODEL = re.compile(
    r" ?(?:[a-z]{0,3}-?\d{1,4}[a-z]{0,2}|mk ?\d)(?![\w.%])(?: (?:pro|max|ultra|plus|mini|lite|se|air)\b){0,2}"
)
# Product lines that anybody knows without being told.
_LINES = re.compile(
    r"(?<![a-z0-9])(?:iphone|ipad|macbook|airpods|apple watch|galaxy [sza](?= ?\d)|pixel(?= ?\d)|thinkpad|"
    r"playstation|xbox|kindle|nintendo"
    r" switch|model [3sxy](?= )|ps[345])(?![a-z])(?: ?\d{1,2}[a-z]?(?![\d.]))?(?: (?:pro|max|ultra|plus|"
    r"mini|lite|se|air|fold|flip)\b){0,2}"
)


def find(whole: FoldedText, known: Known) -> Iterator[Find]:
    """The given names, each with its model where one follows; then product lines."""
    yield from _given(whole.text, _flat(known))
    for match in _LINES.finditer(whole.text):
        yield Find("product", *match.span(), "product-line")


def spans_of(text: str, known: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Where one of these names stands in folded text, the longest where several do, with the name as given."""
    automaton, terms = _automaton(known)
    if automaton is None:
        return
    for place, start, end in automaton.find_matches_as_indexes(text):
        if _stands_apart(text, start, end):
            yield start, end, terms[place]


def _given(text: str, known: tuple[str, ...]) -> Iterator[Find]:
    for start, end, _name in spans_of(text, known):
        model = _MODEL.match(text, end)
        if model:
            yield Find("product", start, model.end(), "name-and-model")
        else:
            yield Find("brand", start, end, "given-name")


def _flat(known: Known) -> tuple[str, ...]:
    if isinstance(known, Mapping):
        return tuple(dict.fromkeys(word for name, aliases in known.items() for word in (name, *aliases)))
    return tuple(known)


@lru_cache(64)
def _automaton(known: tuple[str, ...]) -> tuple[AhoCorasick | None, tuple[str, ...]]:
    folded = {fold(name).strip(): name for name in known}
    folded.pop("", None)
    if not folded:
        return None, ()
    automaton = AhoCorasick(
        list(folded), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    return automaton, tuple(folded.values())


def _stands_apart(text: str, start: int, end: int) -> bool:
    """A name in Latin letters is a word of its own: no letter or digit joins it."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    return not (_latin(text[start]) and _latin(before)) and not (_latin(text[end - 1]) and _latin(after))


def _latin(char: str) -> bool:
    return char.isascii() and char.isalnum()
