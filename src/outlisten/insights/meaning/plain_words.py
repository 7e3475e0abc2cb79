"""A question in plain words as a query: its words, without those that carry no subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from outlisten.insights.evidence import phrase
from outlisten.insights.stop_words import stop_words
from outlisten.query import Context, Query, parse
from outlisten.query.folding import fold
from outlisten.query.segmenting import cut

# More words narrow nothing; a pasted letter must not become a question of a thousand words.
MOST = 12
_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+|[^\W_\u3400-\u9fff\uf900-\ufaff]+(?:['’][^\W_]+)*")


def content_words(text: str) -> tuple[str, ...]:
    """The first words of a text that carry a subject, folded, each once; all its words where none does."""
    words = dict.fromkeys(_words(fold(text[:2_000])))
    telling = [word for word in words if word not in stop_words()]
    return tuple((telling or list(words))[:MOST])


def _words(folded: str) -> Iterator[str]:
    for run in _RUN.findall(folded):
        if "\u3400" <= run[0] <= "\u9fff" or "\uf900" <= run[0] <= "\ufaff":
            longer = [
                word for word in cut(run) if len(word) > 1
            ]  # a single character is part of too many words
            yield from longer or [run]
        else:
            yield run


def with_words(words: tuple[str, ...], within: Query | None, *, all_of_them: bool) -> Query:
    """Posts that `within` finds and that hold all of the words, or any."""
    joined = (" " if all_of_them else " OR ").join(map(phrase, words))
    context = within.context if within else Context()
    return parse(f"({within.text}) ({joined})" if within and within.text else joined, context)


def words_in(post: Mapping[str, object], words: tuple[str, ...]) -> dict[str, int]:
    """How often each of the words stands in a post's title and text; those that do not are left out."""
    said = fold(f"{post.get('title') or ''}\n{post['text']}"[:5_000])
    counts = {word: _times(word, said) for word in words}
    return {word: times for word, times in counts.items() if times}


def _times(word: str, said: str) -> int:
    if word.isascii():
        return len(re.findall(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", said))
    return said.count(word)
