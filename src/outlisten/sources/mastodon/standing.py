"""How kept posts stand: our server's own by its interface, all others by asking the server they were written on."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator, Sequence
from urllib.parse import urlsplit

from outlisten.sources.connector import Standing
from outlisten.sources.mastodon.answering import by_own_id
from outlisten.sources.mastodon.client import MastodonClient
from outlisten.sources.mastodon.records import Records
from outlisten.sources.problems import Unreachable

# Mastodon's addresses: /users/NAME/statuses/NUMBER, and since 4.5 also /ap/users/NUMBER/statuses/NUMBER.
NUMBERED = re.compile(r"/users/[^/]+/statuses/(\d+)$")
AT_ONCE = 20
# Many small servers are slow or gone; whoever asks holds a lease meanwhile. Posts left over are asked for another time.
LONGEST = 90.0  # seconds


def standings(
    client: MastodonClient,
    records: Records,
    native_ids: Sequence[str],
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Standing]:
    """Each post: gone, as it is now, or not known. Raises SourceProblem when our own server does not answer."""
    until, silent = clock() + LONGEST, set[str]()
    standing = _together(client, native_ids)
    for native_id in native_ids:
        if native_id in standing:
            yield Standing(native_id, record=records.one(standing[native_id], by="again"))
        elif clock() > until or urlsplit(native_id).netloc in silent:
            yield Standing(native_id)
        else:
            yield _one(client, records, native_id, silent)


def _together(client: MastodonClient, native_ids: Sequence[str]) -> dict[str, dict[str, object]]:
    """Those of our own server that it gives many at once. One that is left out is no proof: it is asked for alone."""
    numbers = [found[1] for one in native_ids if (found := _own_number(client, one))]
    groups = [numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE)]
    return {str(one.get("uri")): dict(one) for group in groups for one in client.statuses(group)}


def _one(client: MastodonClient, records: Records, native_id: str, silent: set[str]) -> Standing:
    if status := by_own_id(client, native_id):
        return Standing(native_id, record=records.one(status, by="again"))
    if _own_number(client, native_id):
        return Standing(native_id, gone=True)
    try:
        return Standing(native_id, gone=client.stands(native_id) is False)
    except Unreachable:
        silent.add(urlsplit(native_id).netloc)
        return Standing(native_id)


def _own_number(client: MastodonClient, native_id: str) -> re.Match[str] | None:
    """The number in an address that surely is our own server's: then what is not found under it is gone."""
    return NUMBERED.search(native_id) if native_id.startswith(f"{client.server}/") else None
