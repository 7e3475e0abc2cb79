"""How far a folder was read, without a server."""

from __future__ import annotations

import json

from outlisten.sources.email.place import FIRST, REMEMBERED, Place


class Folder:
    """A folder of numbers with ids."""

    def __init__(self, validity: int, mails: dict[int, str]) -> None:
        self.validity, self.mails = validity, mails

    def uids(self, first: int = 1) -> list[int]:
        return sorted(uid for uid in self.mails if uid >= first)

    def names(self, uids):
        return {uid: self.mails[uid] for uid in uids}


def taken(place: Place, folder: Folder) -> list[str]:
    """The ids that are new, noted one by one."""
    return [folder.mails[uid] for uid in place.look(folder) if place.take(uid, folder.mails[uid])]


def again(place: Place) -> Place:
    return Place.of(json.loads(json.dumps(place.as_cursor())))


def test_the_newest_come_first_time_and_the_rest_is_history():
    folder = Folder(1, {uid: f"m{uid}" for uid in range(1, FIRST + 51)})
    place = Place()
    assert taken(place, folder)[0] == "m51"
    assert taken(again(place), folder) == []


def test_a_mail_that_is_missing_is_missed_once():
    folder = Folder(1, {1: "a", 2: "乙", 3: "c"})
    place = Place()
    taken(place, folder)
    del folder.mails[2]
    place = again(place)
    taken(place, folder)
    assert place.missed == ["乙"]
    place.missed.clear()
    taken(place, folder)
    assert place.missed == []


def test_older_mails_than_those_remembered_are_not_missed():
    place = Place(validity=1)
    for uid in range(1, REMEMBERED + 11):
        place.take(uid, f"m{uid}")
    assert (len(place.known), min(place.known)) == (REMEMBERED, 11)


def test_new_numbers_for_the_same_mails_bring_only_new_ones():
    place = Place()
    taken(place, Folder(1, {5: "a", 6: "b", 7: "丙"}))
    place = again(place)
    renumbered = Folder(2, {1: "old", 2: "a", 3: "丙", 4: "new"})
    assert taken(place, renumbered) == ["new"]
    assert place.missed == ["b"]
    assert taken(again(place), renumbered) == []
