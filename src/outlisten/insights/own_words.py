"""The words of a query itself, which every one of its posts has and which therefore say nothing new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from outlisten.insights.notes import Note
from outlisten.insights.post_words import BETWEEN_HAN, HAN_RUN
from outlisten.query import Query
from outlisten.query.tokens import FIELD, GAP, tokenise
from outlisten.query.tree import Exact, Hashtag, Mention, Node, Person, Words, walk

SHOWN = 12
HAN_WORD = 2  # a longer word that holds an own term of two characters or more is own too


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Folded words to leave out: `tokens` whole, `han` also where a word holds them or is part of them."""

    tokens: frozenset[str]
    han: frozenset[str]

    def is_own(self, word: str) -> bool:
        """Whether a word of a post is one of the query's."""
        if word in self.tokens:
            return True
        return any(word in term or (len(term) >= HAN_WORD and term in word) for term in self.han)

    @property
    def notes(self) -> tuple[Note, ...]:
        """The note that names the words left out."""
        left_out = sorted(self.tokens | self.han)
        more = ["…"] if len(left_out) > SHOWN else []
        return (Note("own_words", {"words": ", ".join([*left_out[:SHOWN], *more])}),) if left_out else ()


def own_words(queries: Sequence[Query], without: Sequence[str] = ()) -> OwnWords:
    """The words of some queries, those they exclude too (only the other side has these), and of `without`."""
    said = [text for query in queries if query.tree for node in walk(query.tree) for text in _words_of(node)]
    streams = [tokenise(None, text).stream for text in (*said, *without)]
    items = {item for stream in streams for item in stream.split() if item not in {GAP, FIELD}}
    han = {run for stream in streams for run in HAN_RUN.findall(BETWEEN_HAN.sub("", stream))}
    return OwnWords(frozenset(item for item in items if not HAN_RUN.match(item)), frozenset(han))


def _words_of(node: Node) -> tuple[str, ...]:
    """What a part of a query looks for in a text, or whom its posts are addressed to."""
    match node:
        case Words(items):
            return (" ".join(items),)
        case Exact(text) | Hashtag(text) | Mention(text) | Person("to", text):
            return (text,)
        case _:
            return ()
