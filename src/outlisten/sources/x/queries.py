"""A person's words as queries of X, for its searches and for the rules of its stream.

https://docs.x.com/x-api/posts/search/integrate/operators
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from outlisten.sources.connector import Setting
from outlisten.sources.problems import WrongOption

LONGEST = 512  # characters of a recent search; a rule of the stream may have twice as many
SIGNED = re.compile(r"[#@$]\w+")  # a hashtag, an account, a cashtag: operators of their own
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
# X tells Simplified from Traditional, and knows no language that is both.
CHINESE = {"zh": ("zh-CN", "zh-TW"), "zh-hans": ("zh-CN",), "zh-hant": ("zh-TW",)}


def queries(setting: Setting) -> list[str]:
    """As few queries as hold all words, each within X's limit; none without words. Raises WrongOption."""
    rest = _rest(setting)
    found: list[list[str]] = []
    for term in dict.fromkeys(filter(None, map(_term, setting.words("words")))):
        if len(_query([term], rest)) > LONGEST:
            raise WrongOption(option="words", reason="this is too long for one search of X")
        if found and len(_query([*found[-1], term], rest)) <= LONGEST:
            found[-1].append(term)
        else:
            found.append([term])
    return [_query(terms, rest) for terms in found]


def to_account(name: str) -> str:
    """A rule of the stream for what mentions an account or answers it."""
    return f"(@{name} OR to:{name}) -is:retweet"


def _query(terms: Sequence[str], rest: str) -> str:
    return f"{_either(terms)}{rest}"


def _term(word: str) -> str:
    """A word or a phrase in quotes, so that nothing in it is taken for an operator. X has no escape for a quote in a quote."""
    plain = " ".join(re.sub(r'["\\“”]', " ", word).split())
    return plain if not plain or SIGNED.fullmatch(plain) else f'"{plain}"'


def _rest(setting: Setting) -> str:
    """What holds for all words: languages, words left out, and whether reposts come too."""
    languages = [f"lang:{code}" for word in setting.words("languages") for code in _codes(word)]
    without = [f"-{term}" for term in map(_term, setting.words("without")) if term]
    parts = [
        *([_either(list(dict.fromkeys(languages)))] if languages else []),
        *without,
        *([] if setting.options.get("reposts") else ["-is:retweet"]),
    ]
    return "".join(f" {part}" for part in parts)


def _codes(word: str) -> tuple[str, ...]:
    if not LANGUAGE.fullmatch(word):
        raise WrongOption(option="languages", reason="a language is written with its code, such as en or zh")
    return CHINESE.get(word.lower(), (word,))


def _either(terms: Sequence[str]) -> str:
    return terms[0] if len(terms) == 1 else f"({' OR '.join(terms)})"
