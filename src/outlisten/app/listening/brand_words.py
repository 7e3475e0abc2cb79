"""What brands are called in posts: their names, and the other words for them that their queries look for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from outlisten.app.listening.models import Brand
from outlisten.query import parse
from outlisten.query.tree import And, Exact, Hashtag, Mention, Node, Not, Or, Person, Word, Words

# A query may hold a thousand words of other things: beyond this many it does not only say what a brand is called.
MOST = 40


def brand_words(brands: Iterable[tuple[str, str]] | None = None) -> Mapping[str, tuple[str, ...]]:
    """Each brand's name with the other words for it, of all brands unless some are given as names with their queries."""
    named = Brand.objects.values_list("name", "query") if brands is None else brands
    return {name: other_words(query) for name, query in named}


@lru_cache(512)
def other_words(query: str) -> tuple[str, ...]:
    """The words any of which is enough for a query to find a post; none where it asks for more than one thing.

    `海港 OR Harbour -招聘` gives 海港 and Harbour. Conditions on voice, language or day change nothing; a query that uses
    saved ones by name gives none.
    """
    tree = parse(query).tree
    found = tuple(dict.fromkeys(_enough(tree))) if tree is not None else ()
    return found if len(found) <= MOST else ()


def _enough(node: Node) -> Iterator[str]:
    match node:
        case Or():
            for part in node.parts:
                yield from _enough(part)
        case And():
            of_words = [found for part in node.parts if (found := tuple(_enough(part)))]
            if len(of_words) == 1:
                yield from of_words[0]
        case Not():
            return
        case Words(typed=typed):
            yield typed.removeprefix("=")
        case Word(typed=typed):
            yield typed
        case Exact(characters=characters):
            yield characters
        case (
            Hashtag(prefix=False, name=name) | Mention(name=name) | Person(field="to", wild=False, name=name)
        ):
            yield name
