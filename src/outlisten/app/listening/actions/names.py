"""Keeping brands, topics and lists: every act answers with what takes it back, for a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.forms.models import model_to_dict
from django.utils.translation import gettext as _

from outlisten.app.listening.actions.rereading import reread
from outlisten.app.listening.models import Brand, SavedList, Topic
from outlisten.app.listening.saved_query import checked
from outlisten.app.listening.uses import User, meant_otherwise, refuse_broken, users_of
from outlisten.app.listening.voices.affected import naming, written_by
from outlisten.app.listening.voices.stamp import voices_changed
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import record

Kept = Brand | Topic | SavedList
Values = dict[str, Any]
ACTS = {Brand: Act.EDIT_BRANDS, Topic: Act.EDIT_TOPICS, SavedList: Act.EDIT_TOPICS}
KINDS: dict[str, type[Brand] | type[Topic] | type[SavedList]] = {
    "brand": Brand,
    "topic": Topic,
    "list": SavedList,
}
SALT = "outlisten.listening.undo"
UNDO_SECONDS = 24 * 60 * 60


class CannotUndo(Exception):
    """The undo comes too late or meets something newer; the message is one sentence for the reader."""


@transaction.atomic
def keep(thing: Kept, *, by: Actor) -> str:
    """Save a new or changed brand, topic or list; the answer takes it back.

    Raises Refused, and ValidationError also where a saved query that uses the topic or list could not be read any more.
    """
    require(by, ACTS[type(thing)])
    before, users = _as_kept(thing), _users(thing)
    if isinstance(thing, Brand) and thing.pk is None:
        last = Brand.objects.filter(group=thing.group).aggregate(Max("position"))["position__max"]
        thing.position = 0 if last is None else last + 1
    thing.full_clean()
    thing.save()
    # Now that it is saved: a topic may use neither itself nor the name that it had.
    if not isinstance(thing, SavedList):
        checked(thing.query, thing.name if isinstance(thing, Topic) else None)
    _write_down(thing, thing.pk, "add" if before is None else "change", by)
    _named_otherwise(thing, before, _as_kept(thing), by)
    _meant_otherwise(users, before, _as_kept(thing), by)
    return _token(thing, thing.pk, before)


@transaction.atomic
def remove(thing: Kept, *, by: Actor) -> str:
    """Delete a brand, topic or list; the answer takes it back. Raises Refused, and ValidationError where it is used."""
    require(by, ACTS[type(thing)])
    before, pk, users = _as_kept(thing), thing.pk, _users(thing)
    thing.delete()
    _write_down(thing, pk, "remove", by)
    _named_otherwise(thing, before, None, by)
    _meant_otherwise(users, before, None, by)
    return _token(thing, pk, before)


@transaction.atomic
def undo(token: str, *, by: Actor) -> Kept | None:
    """Put back what `keep` or `remove` changed: the thing as it was, or None when it was new.

    Raises Refused, CannotUndo.
    """
    try:
        entry = signing.loads(token, salt=SALT, max_age=UNDO_SECONDS)
    except signing.SignatureExpired:
        raise CannotUndo(_("This was done more than a day ago and can no longer be undone.")) from None
    except signing.BadSignature:
        raise CannotUndo(_("This undo link is damaged; nothing was changed.")) from None
    kind = KINDS[entry["kind"]]
    require(by, ACTS[kind])
    thing = kind(pk=entry["pk"])
    now, users = _as_kept(thing), _users(thing)
    if entry["before"] is None:
        kind.objects.filter(pk=entry["pk"]).delete()
    else:
        thing = _put_back(kind, entry["pk"], entry["before"])
    _write_down(thing, entry["pk"], "undo", by)
    _named_otherwise(thing, now, entry["before"], by)
    try:
        _meant_otherwise(users, now, entry["before"], by)
    except ValidationError as used:
        raise CannotUndo(" ".join(used.messages)) from None
    return thing if entry["before"] else None


def _put_back(kind: type[Brand] | type[Topic] | type[SavedList], pk: int, before: dict[str, Any]) -> Kept:
    thing = kind.objects.filter(pk=pk).first() or kind(pk=pk)
    for name, value in before.items():
        setattr(thing, name, value)
    try:
        thing.full_clean(exclude=["id"])
    except ValidationError:
        raise CannotUndo(
            _("“%(name)s” cannot be put back: another of that name was made meanwhile.")
            % {"name": before["name"]}
        ) from None
    thing.save()
    return thing


def _as_kept(thing: Kept) -> dict[str, Any] | None:
    """The values in the database now; None when the thing is new."""
    kept = type(thing)._default_manager.filter(pk=thing.pk).first() if thing.pk else None
    if kept is None:
        return None
    values = model_to_dict(kept)
    values.pop("id")
    if "owner" in values:
        values["owner_id"] = values.pop("owner")
    return values


def _named_otherwise(
    thing: Kept, before: dict[str, Any] | None, after: dict[str, Any] | None, by: Actor
) -> None:
    """Have the posts read again that hold a brand's name of before or after: it says whom their writers are tied to."""
    names = {values["name"] for values in (before, after) if values}
    if isinstance(thing, Brand) and (before is None or after is None or len(names) > 1):
        reread(naming(names), by=by)


def _users(thing: Kept) -> list[User]:
    """The saved queries that use what is kept now; nobody uses a brand by its name."""
    if isinstance(thing, Brand) or not thing.pk:
        return []
    kept = type(thing)._default_manager.filter(pk=thing.pk).first()
    return users_of(kept) if kept is not None else []


def _meant_otherwise(users: list[User], before: Values | None, after: Values | None, by: Actor) -> None:
    """See that whoever uses what changed can still be read; forget the figures, and read again the voices, that rest
    on it. Raises ValidationError."""
    refuse_broken(users)
    reread([*meant_otherwise(users), *_listed_otherwise(users, before, after)], by=by)
    transaction.on_commit(voices_changed)


def _listed_otherwise(users: list[User], before: Values | None, after: Values | None) -> Iterator[str]:
    """Queries of the posts whose voice a campaign decides by a list: those it finds now, and of whom it names no more."""
    deciding = [user.text for user in users if user.decides_voices]
    if not deciding or before is None or after is None or "accounts" not in before:
        return
    if any(before[name] != after[name] for name in ("accounts", "sites")):
        yield from deciding
        gone = [
            set(before[name].splitlines()) - set(after[name].splitlines()) for name in ("accounts", "sites")
        ]
        yield from written_by(*map(sorted, gone))


def _write_down(thing: Kept, pk: int, deed: str, by: Actor) -> None:
    kind = _kind(thing)
    record(f"{kind}.{deed}", by=by, about=f"{kind}:{pk}")


def _kind(thing: Kept) -> str:
    return next(name for name, model in KINDS.items() if isinstance(thing, model))


def _token(thing: Kept, pk: int, before: dict[str, Any] | None) -> str:
    kind = _kind(thing)
    return signing.dumps({"kind": kind, "pk": pk, "before": before}, salt=SALT, compress=True)
