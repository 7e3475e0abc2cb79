"""Walking down a listing that is sorted newest first: as far as what is known, or back in time.

A walk may stop between any two pages (a crash, a limit) and goes on from its cursor where it stopped. What is newest counts as
known only once the walk has come down to what was known before, so that no stop leaves a hole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from outlisten.sources.connector import Cursor, Page, Record
from outlisten.sources.problems import NotAllowed, NotThere, SourceProblem

MOST_KNOWN = 1_000  # ids kept in a cursor
Known = dict[str, int]  # id → rank of the newest records, down to `late` below the newest of all


@dataclass(frozen=True, slots=True)
class Found:
    """A record with its id and its rank: what the listing is sorted by, seconds or a number that grows."""

    rank: int
    id: str
    record: Record


@dataclass(frozen=True, slots=True)
class Listed:
    """One answer of a listing, newest first. `next` is where to go on (JSON), None at its end; `gone` as in a Page."""

    found: Sequence[Found]
    next: Any = None
    gone: Sequence[str] = ()


# Asks for what comes after `next` (None: from the top). What ranks below the second argument need not be sent.
Ask = Callable[[Any, int | None], Listed]


def newest(cursor: Cursor, ask: Ask, *, late: int = 0) -> Iterator[Page]:
    """What is new since the cursor, newest first; from an empty cursor the first page alone.

    `late`: how far below the newest known rank something unknown may still turn up, where a network lists late.
    """
    known: Known = dict(cursor.get("known") or {})
    floor = max(known.values()) - late if known else None
    walk = cursor.get("walk") or {}
    top, at = dict(walk.get("top") or known), walk.get("next")
    while True:
        listed = ask(at, floor)
        top = raised(top, listed.found, late)
        done = floor is None or _ended(listed, at) or any(one.rank < floor for one in listed.found)
        new = [one.record for one in listed.found if _is_new(one, known, floor)]
        rest = {"known": top} if done else {"known": known, "walk": {"top": top, "next": listed.next}}
        yield Page(new, rest, listed.gone, more=not done)
        if done:
            return
        at = listed.next


def older(cursor: Cursor, ask: Ask, before_time: Callable[[Found], bool]) -> Iterator[Page]:
    """Back in time from the top, or from where the cursor stopped, until a record is before the time that was asked for."""
    at, end = cursor.get("next"), bool(cursor.get("end"))
    while not end:
        listed = ask(at, None)
        wanted = [one for one in listed.found if not before_time(one)]
        end = _ended(listed, at) or len(wanted) < len(listed.found)
        at = listed.next
        yield Page([one.record for one in wanted], {"next": at, "end": end}, listed.gone, more=not end)


def parts(cursor: Cursor, walks: Mapping[str, Callable[[Cursor], Iterator[Page]]]) -> Iterator[Page]:
    """Several walks one after the other, each with a part of the cursor under its name; other parts are let go."""
    kept = {name: cursor[name] for name in walks if name in cursor}
    last = list(walks)[-1:]
    for name, walk in walks.items():
        for page in walk(kept.get(name, {})):
            kept = kept | {name: page.cursor}
            yield replace(page, cursor=kept, more=page.more or [name] != last)


def outlasting(cursor: Cursor, walks: Mapping[str, Callable[[Cursor], Iterator[Page]]]) -> Iterator[Page]:
    """Several walks as `parts`, of which one that is refused or not there keeps back none of the others.

    Raises the first such refusal (NotAllowed, NotThere) once all others are at their end.
    """
    met: list[SourceProblem] = []
    yield from parts(cursor, {name: partial(_going_on, walk=walk, met=met) for name, walk in walks.items()})
    if met:
        raise met[0]


def _going_on(
    cursor: Cursor, walk: Callable[[Cursor], Iterator[Page]], met: list[SourceProblem]
) -> Iterator[Page]:
    try:
        yield from walk(cursor)
    except (NotAllowed, NotThere) as problem:
        met.append(problem)


def begun(cursor: Cursor, rank: int) -> Cursor:
    """The cursor of several walks, in which those that never found anything go on from this rank.

    Else all that comes would be new to them, and they would take its first page alone.
    """
    nothing: Cursor = {"known": {}}
    return {name: {"known": {"": rank}} if part == nothing else part for name, part in cursor.items()}


def newest_of(cursor: Cursor, asks: Mapping[str, Ask], *, late: int = 0) -> Iterator[Page]:
    """What is new in several listings, each walked as `newest` does."""
    return parts(cursor, {name: partial(newest, ask=ask, late=late) for name, ask in asks.items()})


def older_of(cursor: Cursor, asks: Mapping[str, Ask], since: datetime) -> Iterator[Page]:
    """Several listings whose ranks are seconds of the epoch, each back to `since`."""
    first = since.timestamp()

    def before(one: Found) -> bool:
        return one.rank < first

    return parts(cursor, {name: partial(older, ask=ask, before_time=before) for name, ask in asks.items()})


def by_second(found: Sequence[Found], at: Any, *, more: bool) -> Listed:
    """An answer of a listing that is asked for by second: records of one second may stand on two pages.

    Where a second holds more than an answer can, the rest of it cannot be reached, and the second below is next.
    What it gives as `next`, and takes as `at`, is the oldest second so far (`second`) and which of it came (`ids`).
    """
    told = at["ids"] if at else []
    new = [one for one in found if one.id not in told]
    if not more:
        return Listed(new)
    if not new:
        return Listed(new, {"second": found[-1].rank - 1, "ids": []} if found else None)
    last = new[-1].rank
    before = told if at and at["second"] == last else []
    return Listed(new, {"second": last, "ids": [*before, *(one.id for one in new if one.rank == last)]})


def by_page(found: Sequence[Found], at: Any, following: Any, gone: Sequence[str] = ()) -> Listed:
    """An answer of a listing with numbered pages, which what is written meanwhile moves on to the next ones.

    What it gives as `next`, and takes as `at`, is the next page (`place`) with the oldest rank so far (`second`) and which of
    it came (`ids`): what is newer, or came already, is left out.
    """
    told = at["ids"] if at else []
    new = [one for one in found if one.id not in told and (not at or one.rank <= at["second"])]
    standing = [one for one in new if one.id not in gone]
    if following is None:
        return Listed(standing, None, gone)
    last = min([one.rank for one in found] + ([at["second"]] if at else []))
    before = told if at and at["second"] == last else []
    ids = [*before, *(one.id for one in new if one.rank == last)]
    return Listed(standing, {"place": following, "second": last, "ids": ids}, gone)


def raised(top: Known, found: Sequence[Found], late: int) -> Known:
    """The newest of both, as far down as something may still turn up."""
    all_ranks = top | {one.id: one.rank for one in found}
    if not all_ranks:
        return {}
    lowest = max(all_ranks.values()) - late
    near = sorted(((rank, name) for name, rank in all_ranks.items() if rank >= lowest), reverse=True)
    return {name: rank for rank, name in near[:MOST_KNOWN]}


def _is_new(one: Found, known: Known, floor: int | None) -> bool:
    """Unknown, or known and risen since: a question that was answered."""
    return one.rank >= (floor or one.rank) and one.rank > known.get(one.id, one.rank - 1)


def _ended(listed: Listed, at: Any) -> bool:
    """Whether nothing follows; an answer that points to itself would be asked for without end."""
    return listed.next is None or listed.next == at
