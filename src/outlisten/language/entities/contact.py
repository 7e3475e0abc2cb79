"""Ways to reach somebody on the net: links, e-mail addresses, mentions, IP addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address

from outlisten.language.entities.entity import Find
from outlisten.language.folded_text import FoldedText
from outlisten.query import entities as query_entities

_EMAIL = re.compile(
    r"(?<![a-z0-9._%+-])([a-z0-9_%+-][a-z0-9._%+-]{0,63})@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,"
    r"4}\.[a-z]{2,18}(?![a-z0-9-])"
)
# Mailboxes of a company, not of a person.
_SHARED = frozenset(
    "info support service help hello contact sales press security admin care feedback hr jobs office team noreply no-reply "
    "customerservice customercare kefu cs privacy legal media billing orders booking bookings webmaster marketing".split()
)
_BARE_LINK = re.compile(
    r"(?<![a-z0-9@./-])(?:www\.)?(?:[a-z0-9][a-z0-9-]{0,62}\.){1,4}(?:com|cn|net|org|io|co\.uk|hk|tw|edu|"
    r"gov|shop|app|dev|me|info|eu|de|fr|jp|us|ca)"
    r"(?![a-z0-9@-]|\.[a-z0-9])(?:/[!-~]*)?"
)
_IP4 = re.compile(r"(?<![a-z0-9.])(?:\d{1,3}\.){3}\d{1,3}(?![a-z0-9]|\.\d)")
_IP6 = re.compile(r"(?<![a-z0-9:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![a-z0-9:.])")
_VERSION = re.compile(
    r"(?:\bv|version|ver\.?|build|firmware|android|ios|chrome|版本|固件|更新到|升级到)[:号 ]{0,2}$"
)


def find(whole: FoldedText) -> Iterator[Find]:
    """Links first: what stands in one is part of it."""
    text = whole.text
    taken = list(_written(text))
    yield from taken
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Find("email", *match.span(), "e-mail", personal=match.group(1) not in _SHARED)
    if "." in text:
        for match in _BARE_LINK.finditer(text):
            yield Find("url", *match.span(), "bare-link")
        for match in _IP4.finditer(text):
            if _is_address(match.group()) and not _VERSION.search(
                text[max(0, match.start() - 12) : match.start()]
            ):
                yield Find("ip", *match.span(), "ip-address", personal=True)
    if text.count(":") > 1:
        for match in _IP6.finditer(text):
            if len(match.group()) > 6 and _is_address(match.group()):
                yield Find("ip", *match.span(), "ip-address", personal=True)
    yield from _mentions(text)


def _written(text: str) -> Iterator[Find]:
    for one in query_entities.find_entities(text):
        if one.kind == "address":
            yield Find("url", one.start, one.end, "link")


def _mentions(text: str) -> Iterator[Find]:
    if "@" in text:
        for one in query_entities.find_entities(text):
            if one.kind == "mention":
                yield Find("handle", one.start, one.end, "mention", personal=True)


def _is_address(written: str) -> bool:
    try:
        ip_address(written)
    except ValueError:
        return False
    return True
