"""Sources as commands find and show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from outlisten.cli.endings import Refused
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.app.people.models import Account
    from outlisten.app.sources.models import Run, Source
    from outlisten.app.sources.queries import Shown

COUNTED = ("added", "updated", "duplicate", "rejected", "gone")


def source_called(session: Session, me: Account, named: str) -> Source:
    """The source of this name, else of this number. Raises Refused with those there are."""
    found = source_if_any(me, named)
    if found is not None:
        return found
    from outlisten.app.sources.queries import sources

    known = ", ".join(on_one_line(one.name) for one in sources(me)) or session.words("none yet")
    raise Refused(
        session.words("There is no source {name}. There are: {known}.").format(
            name=on_one_line(named), known=known
        )
    )


def source_if_any(me: Account, named: str) -> Source | None:
    """The source of this name, else of this number, else None."""
    from outlisten.app.sources.queries import sources
    from outlisten.query.folding import fold

    there, wanted = list(sources(me)), named.strip()
    by_name = next((one for one in there if fold(one.name) == fold(wanted)), None)
    return by_name or next((one for one in there if str(one.pk) == wanted), None)


def source_json(source: Source) -> dict[str, object]:
    """A source with how it fares; nothing of its secrets."""
    from outlisten.app.sources.shown import fares

    now = fares(source)
    return {
        "id": source.pk, "name": source.name, "connector": source.connector, "state": source.state,
        "health": now.state, "sentence": now.sentence, "problem": source.problem or None,
        "asked_at": source.asked_at, "good_at": source.good_at, "next_at": source.next_at,
    }  # fmt: skip


def listed_json(shown: Shown) -> dict[str, object]:
    """A source of the list, with what it brought."""
    counts = {"day": shown.today, "four_weeks": shown.weeks, "rejected": shown.rejected}
    return {**source_json(shown.source), **counts}


def run_json(run: Run) -> dict[str, object]:
    """One ask."""
    counts = {name: getattr(run, name) for name in COUNTED}
    return {
        "at": run.at,
        "seconds": run.seconds,
        "read": run.records,
        **counts,
        "problem": run.problem or None,
    }


def counts_of(session: Session, run: Run) -> str:
    """What one ask brought, in words."""
    return session.words(
        "read {read:,} · added {added:,} · updated {updated:,} · duplicate {duplicate:,} · rejected {rejected:,}"
    ).format(
        read=run.records, added=run.added, updated=run.updated, duplicate=run.duplicate, rejected=run.rejected
    )


def source_line(session: Session, source: Source) -> str:
    """A source as a row: number, name, connector, a word, and the sentence."""
    from outlisten.app.sources.shown import fares

    now = fares(source)
    parts = (str(source.pk), source.name, source.connector, now.word, now.sentence)
    return "\t".join(on_one_line(part) for part in parts)


def say_source(session: Session, source: Source, sentence: str) -> int:
    """What became of a source after an act."""
    if session.json:
        session.emit(source_json(source))
    else:
        session.print(sentence.format(name=on_one_line(source.name), number=source.pk))
    return 0
