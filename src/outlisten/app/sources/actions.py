"""Setting sources up: test, keep, pause, fetch older posts, remove, replay what was rejected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from outlisten.app.listening.store import pipeline
from outlisten.app.listening.wording import locale
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.sources.entries import LONGEST_NAME, Given, free_name, with_kept_secrets
from outlisten.app.sources.models import Outage, RejectedRecord, Source
from outlisten.app.sources.running import wake
from outlisten.app.sources.running.noting import digest, note_hours, note_rejected
from outlisten.app.sources.secrets import seal
from outlisten.app.sources.setting import connected, setting
from outlisten.app.trust.audit import record
from outlisten.app.web.live import publish
from outlisten.sources.collecting import take
from outlisten.sources.connector import Page, Welcome
from outlisten.sources.manifest import Manifest
from outlisten.sources.options import entered
from outlisten.sources.problems import NotOffered
from outlisten.sources.registry import connector, manifests

State = Source.State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person entered: the connector, its options and secrets as text, and a name (blank: one is made)."""

    connector: str
    given: Given
    name: str = ""


def try_out(wanted: Wanted, *, of: Source | None = None, by: Actor) -> Welcome:
    """Ask the network with these entries, keeping nothing. Secrets left blank are those that `of` has.

    Raises Refused, NoConnector, SourceProblem.
    """
    require(by, Act.MANAGE_SOURCES)
    kind = connector(wanted.connector)
    manifest = kind.manifest()
    values = entered(manifest.options, _whole(manifest, wanted.given, of), locale())
    secret = {option.name for option in manifest.secrets}
    options = {name: value for name, value in values.items() if name not in secret}
    one = kind(setting(options, {name: str(values[name]) for name in secret if name in values}))
    try:
        return one.welcome()
    finally:
        one.close()


@transaction.atomic
def keep(wanted: Wanted, *, of: Source | None = None, by: Actor) -> Source:
    """Save a new or changed source; it is asked at once. Raises Refused, NoConnector, WrongOption."""
    require(by, Act.MANAGE_SOURCES)
    manifest = connector(wanted.connector).manifest()
    if of is not None:  # the network may have renewed a secret since the form was read
        of.refresh_from_db(from_queryset=Source.objects.select_for_update())
    given = _whole(manifest, wanted.given, of)
    entered(manifest.options, given, locale())
    secret = {option.name for option in manifest.secrets}
    source = of or Source(connector=wanted.connector, made_by=by if isinstance(by, Account) else None)
    options = {name: text for name, text in given.items() if name not in secret and text}
    if of is not None and options != source.options:  # another thing is asked: its cursor means nothing there
        source.cursor, source.history_cursor, source.history_since = {}, {}, None
    source.options = options
    source.sealed = seal({name: text for name, text in given.items() if name in secret})
    source.name = _free_name(wanted.name.strip()[:LONGEST_NAME] or named(manifest, options), source)
    source.next_at, source.failures, source.lease_until, source.holder = timezone.now(), 0, None, ""
    source.save()
    record(
        f"source.{'change' if of else 'add'}", by=by, about=f"source:{source.pk}", connector=source.connector
    )
    transaction.on_commit(wake)
    return source


def listen_for(words: str, *, by: Actor) -> list[Source]:
    """One source a network that needs no account, each listening for these words; a network that has one already gets none.

    Raises Refused, WrongOption.
    """
    require(by, Act.MANAGE_SOURCES)
    made = []
    for manifest in manifests().values():
        asked = {"words": words}
        there = Source.objects.filter(connector=manifest.name, options=asked).exclude(state=State.REMOVED)
        if manifest.listens_by_default and not there.exists():
            made.append(keep(Wanted(manifest.name, asked), by=by))
    return made


def pause(source: Source, *, by: Actor) -> None:
    """Ask it no more until it is resumed; a worker that holds it lets go after its page. Raises Refused."""
    _set_state(source, State.PAUSED, by=by)


def resume(source: Source, *, by: Actor) -> None:
    """Ask it again, from where it stood. Raises Refused."""
    _set_state(source, State.ON, by=by)
    Source.objects.filter(pk=source.pk).update(next_at=timezone.now(), failures=0)
    wake()


def remove(source: Source, *, by: Actor) -> None:
    """Ask it never again and forget its secrets; its posts stay. Raises Refused."""
    _set_state(source, State.REMOVED, by=by)
    Source.objects.filter(pk=source.pk).update(sealed="")


def ask_now(source: Source, *, by: Actor) -> None:
    """Ask it as soon as a worker is free. Raises Refused."""
    require(by, Act.MANAGE_SOURCES)
    Source.objects.filter(pk=source.pk, state=State.ON).update(next_at=timezone.now())
    wake()


def fetch_history(source: Source, since: datetime, *, by: Actor) -> None:
    """Fetch older posts back to that moment, in the background, beside the new ones. Raises Refused, NotOffered."""
    require(by, Act.MANAGE_SOURCES)
    manifest = connector(source.connector).manifest()
    if not manifest.history:
        raise NotOffered(
            connector=manifest.title.en, act="go back in history",
            connector_zh=manifest.title.zh, act_zh="取回历史帖子",
        )  # fmt: skip
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(
            history_since=since, history_cursor={}, next_at=timezone.now()
        )
        record("source.history", by=by, about=f"source:{source.pk}", since=since.date().isoformat())
        transaction.on_commit(wake)


def replay(source: Source, *, by: Actor) -> tuple[int, int]:
    """Try every rejected record again; how many became posts (or were known already), and how many are still rejected.

    Raises Refused, SourceProblem, StoreError.
    """
    require(by, Act.MANAGE_SOURCES)
    rows = list(RejectedRecord.objects.filter(source=source))
    one = connected(source)
    try:
        taken = take(Page([row.record for row in rows], source.cursor), one, pipeline().ingest, source.key)
    finally:
        one.close()
    still = {digest(rejected.record) for rejected in taken.rejected}
    with transaction.atomic():
        RejectedRecord.objects.filter(pk__in=[row.pk for row in rows if row.digest not in still]).delete()
        note_rejected(source, taken.rejected)
        note_hours(source, taken.result.added)
        record(
            "source.replay", by=by, about=f"source:{source.pk}", added=taken.result.added, rejected=len(still)
        )
    return len(rows) - len(still), len(still)


def named(manifest: Manifest, options: Mapping[str, str]) -> str:
    """A name for a source that was given none: the network, and the first thing that it asks for."""
    asked = next(
        (options[o.name] for o in manifest.options if options.get(o.name) and o.kind != "choice"), ""
    )
    title = manifest.title.text(locale())
    return f"{title}: {asked.replace(chr(10), ', ')}"[:LONGEST_NAME] if asked else title


def _set_state(source: Source, state: str, *, by: Actor) -> None:
    require(by, Act.MANAGE_SOURCES)
    with transaction.atomic():
        changed = Source.objects.exclude(state=State.REMOVED).filter(pk=source.pk).exclude(state=state)
        if changed.update(state=state, lease_until=None, holder=""):
            if state != State.ON:
                Outage.objects.filter(source=source, until=None).update(until=timezone.now())
            record(f"source.{state}", by=by, about=f"source:{source.pk}")
            transaction.on_commit(partial(publish, "source", {"source": source.pk}))
    source.state = state


def _whole(manifest: Manifest, given: Given, of: Source | None) -> dict[str, str]:
    return with_kept_secrets(manifest.options, given, of.options if of else {}, of.sealed if of else "")


def _free_name(name: str, source: Source) -> str:
    others = Source.objects.exclude(pk=source.pk).exclude(state=State.REMOVED)
    return free_name(name, set(others.values_list("name", flat=True)))
