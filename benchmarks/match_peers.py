"""What else can tell which of many queries find a post: loops over queries, eldar, SQLite FTS5, a bare automaton.

Each takes trees or posts as it needs them and returns the pairs it found as (query, post), both by number.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence

from ahocorasick_rs import AhoCorasick

from outlisten.query import Query, matches
from outlisten.query.needles import answers
from outlisten.query.tree import And, Label, Near, Node, Not, Or, Words, walk

Pairs = set[tuple[int, int]]
Post = Mapping[str, object]


def reference(queries: Sequence[Query], posts: Sequence[Post]) -> Pairs:
    """Our own evaluator, asked query by query."""
    return {
        (at, place)
        for place, post in enumerate(posts)
        for at, query in enumerate(queries)
        if matches(query, post)
    }


def all_needles(queries: Sequence[Query]) -> list[str]:
    """Every word, term and phrase of the queries as it stands in a stream between spaces."""
    found = {
        needle: None
        for query in queries
        if query.tree is not None
        for part in walk(query.tree)
        if isinstance(part, Words)
        for needle in answers(part) or ()
        if isinstance(needle, str)
    }
    return list(found)


def bare(needles: Sequence[str]) -> Callable[[Sequence[str]], int]:
    """ahocorasick_rs alone: finds every needle in each stream and does nothing with them."""
    automaton = AhoCorasick(needles)
    return lambda streams: sum(
        len(automaton.find_matches_as_indexes(f" {stream} ", overlapping=True)) for stream in streams
    )


Asked = Callable[[str, Post], bool]


class Expressions:
    """A loop over compiled regular expressions: one for each list of words, joined by Python's own and, or, not."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self.asked = [_asked(query.tree) for query in queries if query.tree is not None]

    def __call__(self, posts: Sequence[Post]) -> Pairs:
        return {
            (at, place)
            for place, post in enumerate(posts)
            for at, asked in enumerate(self.asked)
            if asked(str(post["stream"]), post)
        }


def _asked(node: Node) -> Asked:
    if isinstance(node, Words | Or):
        return _found(rf"(?<![^ ]){_any(node)}(?![^ ])")
    match node:
        case And(parts):
            every = list(map(_asked, parts))
            return lambda stream, post: all(asked(stream, post) for asked in every)
        case Not(part):
            inner = _asked(part)
            return lambda stream, post: not inner(stream, post)
        case Near(left, right, distance):
            one, other, between = _any(left), _any(right), rf"(?: [^ ]+){{0,{distance}}} "
            return _found(rf"(?<![^ ])(?:{one}{between}{other}|{other}{between}{one})(?![^ ])")
        case Label(field, value):
            return lambda stream, post: post[field] == value
        case _:
            raise TypeError(f"no expression for {node}")


def _found(expression: str) -> Asked:
    search = re.compile(expression).search
    return lambda stream, post: search(stream) is not None


def _any(node: Node) -> str:
    return rf"(?:{'|'.join(re.escape(' '.join(items)) for items in _phrases(node))})"


def _phrases(node: Node) -> list[tuple[str, ...]]:
    return [part.items for part in walk(node) if isinstance(part, Words)]


class Eldar:
    """PyPI `eldar`: boolean queries asked one by one of a text. It knows no NEAR and no fields.

    `on_streams`: words stand between spaces in our stream, so that it means what we mean. Otherwise the posts' own
    texts: words with its defaults; Chinese and phrases as parts of the text, for it has no other way to find them.
    """

    def __init__(self, queries: Sequence[Query], *, on_streams: bool) -> None:
        from eldar import Query as EldarQuery

        self.column = "stream" if on_streams else "text"
        self.on_streams = on_streams
        self.asked = []
        for query in queries:
            assert query.tree is not None
            parts = on_streams or any(_is_part(part) for part in walk(query.tree))
            written = _eldar(query.tree, padded=on_streams)
            self.asked.append(EldarQuery(written, match_word=not parts, ignore_accent=not parts))

    def __call__(self, posts: Sequence[Post]) -> Pairs:
        texts = [f" {post['stream']} " if self.on_streams else str(post["text"]) for post in posts]
        return {
            (at, place)
            for place, text in enumerate(texts)
            for at, asked in enumerate(self.asked)
            if asked(text)
        }

    @staticmethod
    def can_say(query: Query) -> bool:
        """Whether it can express the query."""
        return query.tree is not None and all(
            isinstance(part, Words | Or | And | Not) for part in walk(query.tree)
        )


def _is_part(node: Node) -> bool:
    return isinstance(node, Words) and (len(node.items) > 1 or not node.items[0].isascii())


def _eldar(node: Node, *, padded: bool) -> str:
    match node:
        case Words(items, typed=typed):
            return f'" {" ".join(items)} "' if padded else f'"{typed}"'
        case Or(parts):
            return f"({' OR '.join(_eldar(part, padded=padded) for part in parts)})"
        case And(parts):
            wanted = [_eldar(part, padded=padded) for part in parts if not isinstance(part, Not)]
            unwanted = [_eldar(part.part, padded=padded) for part in parts if isinstance(part, Not)]
            # It takes off one pair of brackets, never two.
            both = " AND ".join(wanted)
            return " AND NOT ".join([f"({both})" if unwanted and len(wanted) > 1 else both, *unwanted])
        case _:
            raise TypeError(f"eldar cannot say {node}")


class Fts5:
    """SQLite FTS5 cannot wait for posts: each batch goes into a table in memory, and every query is run on it."""

    def __init__(self, queries: Sequence[Query]) -> None:
        self.asked = [_sql(query.tree) for query in queries if query.tree is not None]
        self.fields = sorted({field for _, bound in self.asked for field in bound})

    def __call__(self, posts: Sequence[Post]) -> Pairs:
        db = sqlite3.connect(":memory:")
        unindexed = "".join(f", {field} UNINDEXED" for field in self.fields)
        db.execute(
            f"CREATE VIRTUAL TABLE words USING fts5(stream{unindexed}, tokenize=\"ascii tokenchars '|_'\")"
        )
        holes = ", ?" * (1 + len(self.fields))
        rows = (
            (place, post["stream"], *(post[field] for field in self.fields))
            for place, post in enumerate(posts)
        )
        db.executemany(
            f"INSERT INTO words(rowid, stream{''.join(f', {f}' for f in self.fields)}) VALUES (?{holes})",
            rows,
        )
        pairs = set()
        for at, (words, bound) in enumerate(self.asked):
            also = "".join(f" AND {field} = ?" for field in bound)
            found = db.execute(f"SELECT rowid FROM words WHERE words MATCH ?{also}", (words, *bound.values()))
            pairs |= {(at, place) for (place,) in found}
        db.close()
        return pairs


def _sql(tree: Node) -> tuple[str, dict[str, str]]:
    """What MATCH is given, and the values of fields."""
    parts = tree.parts if isinstance(tree, And) else (tree,)
    bound = {part.field: part.value for part in parts if isinstance(part, Label)}
    wanted = [_fts5(part) for part in parts if not isinstance(part, Label | Not)]
    unwanted = [_fts5(part.part) for part in parts if isinstance(part, Not)]
    written = " AND ".join(wanted)
    return " NOT ".join([f"({written})", *unwanted]), bound


def _fts5(node: Node) -> str:
    if isinstance(node, Near):
        pairs = [(one, other) for one in _phrases(node.left) for other in _phrases(node.right)]
        return (
            f"({' OR '.join(f'NEAR({_said(one)} {_said(other)}, {node.distance})' for one, other in pairs)})"
        )
    return f"({' OR '.join(map(_said, _phrases(node)))})"


def _said(items: tuple[str, ...]) -> str:
    return f'"{" ".join(items)}"'
