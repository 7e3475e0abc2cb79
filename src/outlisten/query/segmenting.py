"""Chinese words: a run of Han characters cut by a segmenter, and where in a post words begin and end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import accumulate

from outlisten.query.characters import is_han
from outlisten.query.tokens import FIELD, GAP, word_items


@cache
def segmenter() -> str:
    """Name and version of the segmenter, to be kept beside what it cut."""
    return f"rjieba {version('rjieba')}"


@lru_cache(maxsize=100_000)
def cut(run: str) -> tuple[str, ...]:
    """The words of a run of folded Han characters."""
    import rjieba  # its dictionary takes 30 MB: loaded when the first word is cut

    return tuple(rjieba.cut(run))


def word_edges(items: Sequence[str], body_start: int, words: Sequence[str] | None) -> frozenset[int]:
    """The positions in a stream where a word begins or ends.

    `words` is what another segmenter made of the body; without it Han runs are cut by ours. Every other token is a
    word by itself.
    """
    given = _edges_of(words, items, body_start) if words else None
    own = _own_edges(items[:body_start] if given is not None else items)
    return frozenset({*own, *(given or ())})


def _own_edges(items: Sequence[str]) -> Iterator[int]:
    at = 0
    while at < len(items):
        end = at + 1
        while is_han(items[at][0]) and end < len(items) and is_han(items[end][0]):
            end += 1
        lengths = map(len, cut("".join(items[at:end]))) if end - at > 1 else iter((1,))
        yield from accumulate(lengths, initial=at)
        at = end


def _edges_of(words: Sequence[str], items: Sequence[str], start: int) -> set[int] | None:
    """The edges of given words; None when they are not the words of this text."""
    edges, at = set(), start
    for word in words:
        wanted = [item for item in word_items(word) if item != GAP]
        while at < len(items) and items[at] in {GAP, FIELD}:
            at += 1
        if not wanted:
            continue
        if list(items[at : at + len(wanted)]) != wanted:
            return None
        edges |= {at, at + len(wanted)}
        at += len(wanted)
    return edges
