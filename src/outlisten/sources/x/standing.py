"""How kept posts stand at X: its terms ask for what is deleted, hidden or edited there to be so here within a day.

https://docs.x.com/developer-terms/policy
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from outlisten.sources.connector import Record, Standing
from outlisten.sources.x.client import AT_ONCE, XClient
from outlisten.sources.x.records import records, versions
from outlisten.sources.x.refusals import kind

# Deleted; or of an account that was closed, suspended, or is open to its followers only. Of all these nothing may be kept.
GONE = frozenset({"resource-not-found", "not-authorized-for-resource"})


def standings(client: XClient, native_ids: Sequence[str], account: str) -> Iterator[Standing]:
    """Each post: gone, as its last version is now, or not known. Raises SourceProblem."""
    for at in range(0, len(native_ids), AT_ONCE):
        yield from _together(client, native_ids[at : at + AT_ONCE], account)


def _together(client: XClient, native_ids: Sequence[str], account: str) -> Iterator[Standing]:
    numbers = [one for one in native_ids if one.isascii() and one.isdigit()]
    told = client.posts(numbers) if numbers else {}
    found = _by_id(told, account)
    gone = {_about(error) for error in told.get("errors") or [] if kind(error) in GONE}
    edited = [versions(one["tweet"])[-1] for one in found.values()]
    later = [one for one in dict.fromkeys(edited) if one not in found]
    last = found | (_by_id(client.posts(later[:AT_ONCE]), account) if later else {})
    for one in native_ids:
        record = last.get(versions(found[one]["tweet"])[-1]) if one in found else None
        yield Standing(one, gone=one in gone, record=record)


def _by_id(told: Mapping[str, Any], account: str) -> dict[str, Record]:
    return {str(one["tweet"]["id"]): one for one in records(told, "again", account)}


def _about(error: Mapping[str, Any]) -> str:
    return str(error.get("resource_id") or error.get("value"))
