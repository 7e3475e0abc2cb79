"""Finding the entities of a post."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence

from outlisten.language.entities import addresses, chat, contact, dates, money, names, numbers, phones, places
from outlisten.language.entities.entity import Entity, Find
from outlisten.language.folded_text import FoldedText

Finder = Callable[[FoldedText], Iterator[Find]]
# In the order in which they are believed, links and given names before all: a card number is no telephone.
_OF_PERSONS: tuple[Finder, ...] = (numbers.find, phones.find, chat.find, addresses.find)
_OTHERS: tuple[Finder, ...] = (dates.find, money.find, places.find)
# A pasted book is read this far; personal data behind it would stay unmasked, so for that it is far.
LIMIT, LIMIT_OF_OTHERS = 2_000_000, 10_000

Names = Sequence[str] | Mapping[str, Sequence[str]]


def find_entities(text: str, title: str | None = None, names: Names = ()) -> tuple[Entity, ...]:
    """Every entity of a post, in reading order; they do not overlap.

    `names` are the brands and products to look for, with or without aliases ({"海港": ["Harbor", "港港"]}); the longest
    match counts, names in Latin letters as words of their own, names in Han anywhere. Everything else is found by rules
    and small tables in Chinese and English. Spans count code points of the text, or with a title of title, line break and
    text. Where a reading is not sure (3.5.2, 24/7, "order 2 pizzas") nothing is found. Dates, sums and places are looked
    for in the first 10,000 characters, personal data in the first two million.
    """
    whole = FoldedText(f"{title}\n{text}" if title else text, LIMIT)
    kept: list[Find] = []
    for find in _by_belief(whole, names):
        at = bisect_left(kept, find.start, key=lambda other: other.start)
        if (at == 0 or kept[at - 1].end <= find.start) and (at == len(kept) or find.end <= kept[at].start):
            kept.insert(at, find)
    return tuple(_entity(find, whole) for find in kept)


def _by_belief(whole: FoldedText, known: Names) -> Iterator[Find]:
    yield from contact.find(whole)
    yield from names.find(whole, known)
    for finder in _OF_PERSONS:
        yield from _longest_first(finder(whole))
    if len(whole.original) <= LIMIT_OF_OTHERS:
        yield from (find for finder in _OTHERS for find in _longest_first(finder(whole)))
    else:
        beginning = FoldedText(whole.original, LIMIT_OF_OTHERS)
        yield from (find for finder in _OTHERS for find in _longest_first(finder(beginning)))


def _longest_first(finds: Iterator[Find]) -> list[Find]:
    return sorted(finds, key=lambda find: (find.start - find.end, find.start))


def _entity(find: Find, whole: FoldedText) -> Entity:
    start, end = whole.place(find.start, find.end)
    return Entity(find.kind, start, end, whole.original[start:end], find.personal, find.rule)
