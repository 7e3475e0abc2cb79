"""Places: countries and regions (Unicode CLDR, by Babel), Chinese provinces and cities, large cities of the world."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind
from babel import Locale

from outlisten.language.entities.entity import Find
from outlisten.language.folded_text import FoldedText
from outlisten.query.folding import fold

TABLE = files("outlisten.language.entities") / "tables" / "places.txt"
# Names in CLDR that posts use for something else, or as more than one word of a list.
_LEFT_OUT = frozenset({"world", "outlying oceania", "世界", "us", "um"})


def find(whole: FoldedText) -> Iterator[Find]:
    """Names of the table; in Latin letters with a capital as first letter, as words of their own."""
    automaton, kinds = _table()
    text = whole.text
    for number, start, end in automaton.find_matches_as_indexes(text):
        rule = kinds[number]
        if rule and (not text[start].isascii() or _is_name(whole, start, end)):
            yield Find("place", start, end, rule)


def _is_name(whole: FoldedText, start: int, end: int) -> bool:
    before, after = whole.text[start - 1 : start] if start else "", whole.text[end : end + 1]
    apart = not (before.isascii() and before.isalnum()) and not (after.isascii() and after.isalnum())
    return apart and before not in {"@", "#"} and whole.words(start, start + 1).isupper()


@cache
def _table() -> tuple[AhoCorasick, tuple[str, ...]]:
    """The automaton over all names, and for each the rule it stands for; "" for words that only look like a place."""
    rules: dict[str, str] = {}
    for locale in ("en", "zh_Hans", "zh_Hant"):
        for code, name in Locale.parse(locale).territories.items():
            folded = fold(name)
            if len(code) == 2 and len(folded) > 1 and folded not in _LEFT_OUT and "(" not in folded:
                rules[folded] = "country"
    rule = ""
    for line in TABLE.read_text("utf-8").splitlines():
        if line.startswith("["):
            rule = line.strip("[]").replace("no place", "")
        elif line and not line.startswith("#"):
            rules.update((fold(name.strip()), rule) for name in line.split(",") if name.strip())
    automaton = AhoCorasick(
        list(rules), matchkind=MatchKind.LeftmostLongest, implementation=Implementation.ContiguousNFA
    )
    return automaton, tuple(rules.values())
