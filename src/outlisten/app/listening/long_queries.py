"""Long queries in addresses: kept once, and named there by a short reference.

A reference, `~` and twenty hexadecimal digits and `~`, stands for its text wherever it stands in the `q` of an address,
so `(~…~) since:2026-11-01` is a long query with its days. It is made from the text alone: the same query always has the
same address, which can be shared, pinned and opened later.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import blake2b
from threading import Lock
from urllib.parse import quote_plus

from django.core.cache import cache
from django.utils.translation import gettext as _

from outlisten.app.listening.models import LongQuery

LONGEST = 1_500  # of a query in an address, as it is written there; proxies and chats take about 2,000 of a whole one
MOST_KEPT = 100_000  # characters; what is longer is no query
REMEMBERED, SECONDS = 64, 60
_REFERENCE = re.compile(r"~([0-9a-f]{20})~")


class NotKept(ValueError):
    """An address names a query that is not kept here; the message is one sentence for the reader."""


class _Recent:
    """The long texts that this process kept or read last: figures on a page repeat the query with more behind it."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._lock = Lock()

    def add(self, reference: str, text: str) -> None:
        with self._lock:
            self._texts.pop(reference, None)
            self._texts[reference] = text
            while len(self._texts) > REMEMBERED:
                self._texts.pop(next(iter(self._texts)))

    def get(self, reference: str) -> str | None:
        return self._texts.get(reference)

    def longest_first(self) -> list[str]:
        with self._lock:
            return sorted(self._texts.values(), key=len, reverse=True)

    def drop(self, reference: str) -> None:
        with self._lock:
            self._texts.pop(reference, None)


_recent = _Recent()


def too_long_for_an_address(text: str) -> bool:
    """Whether an address should name the text instead of holding it."""
    return len(text) > LONGEST or len(quote_plus(text)) > LONGEST


def abridged(text: str) -> str:
    """The text as it stands in an address: itself, or with its long parts kept and named. `whole` undoes it."""
    if not too_long_for_an_address(text) or "\x00" in text:
        return text
    for known in _recent.longest_first():
        if known in text:
            text = text.replace(known, _kept(known))
    return _kept(text) if too_long_for_an_address(text) else text


def whole(text: str) -> str:
    """The text of an address with everything that it names written out. Raises NotKept."""
    return _REFERENCE.sub(lambda found: _text_of(found[1]), text) if "~" in text else text


def whole_or_none(text: str) -> str:
    """The same; blank where it names something that is not kept."""
    try:
        return whole(text)
    except NotKept:
        return ""


def remember(text: str) -> None:
    """Keep a text that a page is about, so that everything on the page can name it."""
    if too_long_for_an_address(text) and "\x00" not in text:
        _kept(text)


def forget(references: Iterable[str]) -> int:
    """Keep these no longer: their addresses say so from now on. Returns how many there were."""
    gone = list(references)
    for reference in gone:
        _recent.drop(reference)
        cache.delete(f"listening.long_query.{reference}")
    return LongQuery.objects.filter(reference__in=gone).delete()[0]


def _kept(text: str) -> str:
    """The reference of a text that is kept from now on; the text itself where that would be too much."""
    if len(text) > MOST_KEPT:
        return text
    text = whole(text)
    reference = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
    there = f"listening.long_query.{reference}"
    if not cache.get(there):
        LongQuery.objects.get_or_create(reference=reference, defaults={"text": text})
        cache.set(there, True, SECONDS)
    _recent.add(reference, text)
    return f"~{reference}~"


def _text_of(reference: str) -> str:
    known = _recent.get(reference)
    if known is None:
        known = LongQuery.objects.filter(reference=reference).values_list("text", flat=True).first()
        if known is None:
            raise NotKept(
                _(
                    "This address names a long query that is not kept here. Ask whoever sent it for the query itself."
                )
            )
        _recent.add(reference, known)
    return known
