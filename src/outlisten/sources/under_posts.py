"""Walking what people write under posts, where a network has no list of everything that was written.

Such a network says of a post how many comments it has or when it last changed: that is its mark. Where the mark is another one
than last time, what stands under the post is walked. Any order will do: a walk counts as done only at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from outlisten.sources.connector import Cursor, Page, Record
from outlisten.sources.walking import MOST_KNOWN, Ask, Found, Known


@dataclass(frozen=True, slots=True)
class Topic:
    """A post that others write under; the `mark` is another one once something is new there."""

    id: str
    mark: str
    record: Record


Under = Callable[[Topic, Cursor], Iterator[Page]]  # what is new under a topic since its own cursor


def changed(cursor: Cursor, lists: Iterable[Sequence[Topic]], under: Under) -> Iterator[Page]:
    """The topics whose mark is new, each list of them followed by what is new under each.

    A run that stopped looks through the lists again, which is cheap, and leaves out what it was done with. Topics that are in
    no list any more are forgotten.
    """
    kept = dict(cursor.get("topics") or {})
    there: set[str] = set()
    for topics in lists:
        there.update(topic.id for topic in topics)
        waiting = [topic for topic in topics if not _is_done(kept.get(topic.id), topic)]
        told = [topic for topic in waiting if kept.get(topic.id, {}).get("mark") != topic.mark]
        kept |= {topic.id: {**kept.get(topic.id, {}), "mark": topic.mark, "done": False} for topic in told}
        if told:
            yield Page([topic.record for topic in told], {"topics": dict(kept)}, more=True)
        for topic in waiting:
            for page in under(topic, kept[topic.id].get("under") or {}):
                kept[topic.id] = {**kept[topic.id], "under": page.cursor, "done": not page.more}
                yield replace(page, cursor={"topics": dict(kept)}, more=True)
            kept[topic.id] = {**kept[topic.id], "done": True}
    yield Page([], {"topics": {name: state for name, state in kept.items() if name in there}})


def all_since(cursor: Cursor, ask: Ask, *, late: int, most: int = MOST_KNOWN) -> Iterator[Page]:
    """All of a listing in whatever order that is new; from an empty cursor the whole of it.

    `late`: how far below the newest known rank something unknown may still turn up; `most` ids are remembered of that stretch.
    """
    known: Known = dict(cursor.get("known") or {})
    floor = max(known.values()) - late if known else None
    walk = cursor.get("walk") or {}
    top, at = dict(walk.get("top") or known), walk.get("next")
    while True:
        listed = ask(at, floor)
        new = [
            one
            for one in listed.found
            if one.id not in top and one.id not in known and (floor is None or one.rank >= floor)
        ]
        top = _newest(top, listed.found, late, most)
        done, at = listed.next is None, listed.next
        rest = {"known": top} if done else {"known": known, "walk": {"top": top, "next": at}}
        yield Page([one.record for one in new], rest, listed.gone, more=not done)
        if done:
            return


def _is_done(state: Cursor | None, topic: Topic) -> bool:
    return state is not None and bool(state.get("done")) and state.get("mark") == topic.mark


def _newest(top: Known, found: Sequence[Found], late: int, most: int) -> Known:
    """The newest of both, as far down as something may still turn up."""
    ranks = top | {one.id: one.rank for one in found}
    lowest = max(ranks.values(), default=0) - late
    near = sorted(((rank, name) for name, rank in ranks.items() if rank >= lowest), reverse=True)
    return {name: rank for rank, name in near[:most]}
