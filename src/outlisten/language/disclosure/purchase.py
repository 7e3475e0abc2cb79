"""What in a post sells: purchase links, discount codes, and words that lead to a shop."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal
from urllib.parse import urlsplit

from outlisten.language.folded_text import LIMIT, FoldedText
from outlisten.query.entities import find_entities

SellingKind = Literal["link", "code", "words"]
Selling = tuple[SellingKind, int, int]  # what it is, and its span


@dataclass(frozen=True, slots=True)
class _Table:
    hosts: frozenset[str]
    hosts_like: tuple[re.Pattern[str], ...]
    in_address: re.Pattern[str]
    code: tuple[re.Pattern[str], ...]
    words: tuple[re.Pattern[str], ...]


def selling(text: str) -> list[Selling]:
    """Each purchase link, code and call to buy in a text, by place; links are not opened."""
    whole = FoldedText(text)
    found = [
        *_links(text),
        *_in_words(whole, "code", _table().code),
        *_in_words(whole, "words", _table().words),
    ]
    return sorted(found, key=lambda one: one[1])


def is_shop(address: str) -> bool:
    """Whether an address is a shop's, or carries a referral."""
    table = _table()
    try:
        host = (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # such as "http://[": not an address
        return False
    parts = host.split(".")
    known = any(".".join(parts[at:]) in table.hosts for at in range(len(parts)))
    return (
        known
        or any(like.search(host) for like in table.hosts_like)
        or bool(table.in_address.search(address.lower()))
    )


def _links(text: str) -> Iterator[Selling]:
    if "://" not in text:
        return
    for entity in find_entities(text[:LIMIT]):
        if entity.kind == "address" and is_shop(entity.name):
            yield "link", entity.start, entity.end


def _in_words(
    whole: FoldedText, kind: SellingKind, patterns: tuple[re.Pattern[str], ...]
) -> Iterator[Selling]:
    for pattern in patterns:
        for match in pattern.finditer(whole.text):
            yield kind, *whole.place(*match.span())


@cache
def _table() -> _Table:
    given = tomllib.loads(
        (files("outlisten.language.disclosure.tables") / "purchase.toml").read_text("utf-8")
    )
    return _Table(
        hosts=frozenset(given["hosts"]),
        hosts_like=tuple(map(re.compile, given["hosts_like"])),
        in_address=re.compile(given["in_address"]),
        code=tuple(map(re.compile, given["code"])),
        words=tuple(map(re.compile, given["words"])),
    )
