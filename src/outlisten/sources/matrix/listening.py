"""One sync, or one page of a gap, as a page of records."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from outlisten.sources.connector import Page, Record
from outlisten.sources.matrix.client import Event, MatrixClient, PlaceUnknown, events
from outlisten.sources.matrix.heard import Heard, heard
from outlisten.sources.matrix.mapping import named
from outlisten.sources.matrix.notices import notice
from outlisten.sources.matrix.place import Place
from outlisten.sources.matrix.records import Records

Wanted = Callable[[Record], bool]


class Listening:
    """Reads an account's rooms, all or the chosen ones. `accepts` says whether to join where the account is invited."""

    def __init__(
        self, client: MatrixClient, records: Records, rooms: Sequence[str], wanted: Wanted, *, accepts: bool
    ) -> None:
        self._client, self._records, self._wanted = client, records, wanted
        self._rooms, self._accepts = rooms, accepts

    def news(self, place: Place, wait: float) -> tuple[Page, Place, bool]:
        """What is new since the place, the place after it, and whether rooms were joined, which the next sync brings."""
        try:
            told = self._client.sync(place.since, wait=wait, rooms=self._rooms)
        except PlaceUnknown:
            told, fresh = self._client.sync("", wait=0, rooms=self._rooms), replace(place, since="", gaps={})
            return self._page(told, fresh, [notice("place", self._client.host)])
        return self._page(told, place, [])

    def gap(self, place: Place) -> tuple[Page, Place]:
        """The next page of a gap, from its newest message down, and the place after it."""
        room, gap = next(iter(place.gaps.items()))
        back = self._client.before(room, gap["from"], to=gap["to"])
        if back is None:
            place = place.with_gap(room, None)
            return Page([notice("left", room)], place.as_json(), more=bool(place.gaps)), place
        found = heard(back.state, back.events)
        place = place.with_gap(room, {**gap, "from": back.end} if back.end else None)
        records, gone, place = self.said(place, room, found, newest_first=True)
        return Page(records, place.as_json(), gone, more=bool(place.gaps)), place

    def said(
        self, place: Place, room: str, found: Heard, *, newest_first: bool
    ) -> tuple[list[Record], list[str], Place]:
        """The records of what was heard in a room, what is gone there, and the place with what is known of the room."""
        if found.is_public is not None and not newest_first:
            place = place.with_public(room, is_public=found.is_public)
        kinds = {"encrypted": found.is_encrypted, "moved": found.successor is not None}
        fresh = [kind for kind, so in kinds.items() if so and f"{kind} {room}" not in place.told]
        place = place.with_told(f"{kind} {room}" for kind in fresh)
        records = self._records.of(
            room, found, account=place.account, is_public=room in place.public, newest_first=newest_first
        )
        told = [notice(kind, room, found.title) for kind in fresh]
        return [*told, *filter(self._wanted, records)], [named(room, one) for one in found.gone], place

    def _page(self, told: Mapping[str, Any], place: Place, records: list[Record]) -> tuple[Page, Place, bool]:
        before, gone = place.since, list[str]()
        place = replace(place, since=str(told["next_batch"]))
        rooms = told.get("rooms") or {}
        for room, one in [*_items(rooms, "join"), *_items(rooms, "leave")]:
            timeline = one.get("timeline") or {}
            if timeline.get("limited") and timeline.get("prev_batch") and before:
                place = place.with_gap(room, {"from": str(timeline["prev_batch"]), "to": before})
            state = self._events(one.get("state"))
            found = heard(state, self._events(timeline))
            said, taken, place = self.said(place, room, found, newest_first=False)
            records, gone = [*records, *said], [*gone, *taken]
        joined = False
        for room, one in _items(rooms, "invite"):
            kind = self._invited(room)
            joined = joined or not kind
            if kind and f"{kind} {room}" not in place.told:
                title = heard(self._events(one.get("invite_state")), ()).title
                records.append(notice(kind, room, title))
                place = place.with_told([f"{kind} {room}"])
        return Page(records, place.as_json(), gone, more=bool(place.gaps) or joined), place, joined

    def _invited(self, room: str) -> str:
        """What to tell of an invitation; nothing where it was accepted."""
        if not self._accepts:
            return "invited"
        return "" if self._client.join(room) else "not joined"

    def _events(self, told: Any) -> list[Event]:
        return events((told or {}).get("events") or [], self._client.host)


def _items(rooms: Mapping[str, Any], kind: str) -> list[tuple[str, Mapping[str, Any]]]:
    return list((rooms.get(kind) or {}).items())
