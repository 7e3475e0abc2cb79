"""Declaring accounts and campaigns. Every act answers with what takes it back, for a day, and has the posts concerned
read again."""

from __future__ import annotations

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _

from outlisten.app.listening.actions.names import SALT, UNDO_SECONDS, CannotUndo
from outlisten.app.listening.actions.rereading import reread
from outlisten.app.listening.clock import zone_of
from outlisten.app.listening.filters import names_voices
from outlisten.app.listening.models import Campaign, DeclaredAccount
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.saved_query import checked
from outlisten.app.listening.voices.affected import affected
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import pseudonym, record

Declaration = DeclaredAccount | Campaign
KINDS: dict[str, type[DeclaredAccount] | type[Campaign]] = {"account": DeclaredAccount, "campaign": Campaign}
# A paste is read in one go, and each line is a row.
MOST_LINES = 1_000


@transaction.atomic
def declare(thing: Declaration, *, by: Actor) -> str:
    """Keep a new or changed declaration; the answer takes it back. Raises Refused, ValidationError."""
    require(by, Act.DECLARE_VOICES)
    before = _as_kept(thing)
    _check(thing)
    if thing.pk is None and isinstance(by, Account):
        thing.declared_by = by
    thing.full_clean()
    thing.save()
    _changed("voice.change" if before else "voice.declare", thing, before, by)
    return _token([(thing, before)])


@transaction.atomic
def end(thing: Declaration, *, on: date | None = None, by: Actor) -> str:
    """The declaration holds until that day, included, or until today; the answer takes it back.

    Raises Refused, ValidationError.
    """
    require(by, Act.DECLARE_VOICES)
    before = _as_kept(thing)
    thing.until = on or timezone.now().astimezone(zone_of(workspace())).date()
    thing.full_clean()
    thing.save()
    _changed("voice.end", thing, before, by)
    return _token([(thing, before)])


@transaction.atomic
def withdraw(thing: Declaration, *, by: Actor) -> str:
    """Delete a declaration that was a mistake; the answer takes it back. Raises Refused."""
    require(by, Act.DECLARE_VOICES)
    before, pk = _as_kept(thing), thing.pk
    thing.delete()
    thing.pk = pk
    _changed("voice.withdraw", thing, before, by)
    return _token([(thing, before)])


@dataclass(frozen=True, slots=True)
class Pasted:
    """What became of a pasted list: how many were declared, which were before, which lines cannot be; `undo` takes the
    new ones back."""

    declared: int
    known: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    undo: str


@transaction.atomic
def declare_many(names: Iterable[str], like: DeclaredAccount, *, by: Actor) -> Pasted:
    """Declare an account for every name, all of them `like` one another in the rest. Raises Refused, ValidationError.

    A name that is declared for those days already is passed over; one that cannot be is told with its reason.
    """
    require(by, Act.DECLARE_VOICES)
    wanted = list(dict.fromkeys(name.strip() for name in names if name.strip().removeprefix("@")))
    if len(wanted) > MOST_LINES:
        raise ValidationError(
            _("%(n)d lines are more than the %(most)d that go in at once; paste them in parts.")
            % {"n": len(wanted), "most": MOST_LINES}
        )
    made: list[DeclaredAccount] = []
    known: list[str] = []
    refused: list[tuple[str, str]] = []
    for name in wanted:
        account = _copy(like, name, by)
        try:
            account.full_clean()
        except ValidationError as problem:
            if account.known_already():
                known.append(name)
            else:
                refused.append((name[:80], " ".join(problem.messages)))
            continue
        account.save()
        made.append(account)
    for account in made:
        _write_down("voice.declare", account, by)
    reread(affected(made), by=by)
    return Pasted(len(made), tuple(known), tuple(refused), _token([(one, None) for one in made]))


@transaction.atomic
def undo(token: str, *, by: Actor) -> list[Declaration]:
    """Put back what the act changed: the declarations as they were, none where they were new.

    Raises Refused, CannotUndo.
    """
    require(by, Act.DECLARE_VOICES)
    back: list[Declaration] = []
    concerned: list[Declaration] = []
    for entry in _entries(token):
        kind = KINDS[entry["kind"]]
        now = kind.objects.filter(pk=entry["pk"]).first()
        concerned += [copy(now)] if now is not None else []
        if entry["before"] is not None:
            back.append(_put_back(now or kind(pk=entry["pk"]), entry["before"], by))
        elif now is not None:
            _write_down("voice.withdraw", now, by)
            kind.objects.filter(pk=now.pk).delete()
    _read_again([*concerned, *back], by)
    return back


def _put_back(thing: Declaration, before: dict[str, Any], by: Actor) -> Declaration:
    for name, value in before.items():
        setattr(thing, name, value)
    try:
        thing.full_clean(exclude=["id"])
    except ValidationError:
        raise CannotUndo(
            _("“%(name)s” cannot be put back: something else was declared meanwhile.") % {"name": thing}
        ) from None
    thing.save()
    _write_down("voice.undo", thing, by)
    return thing


def _check(thing: Declaration) -> None:
    """A campaign's query must look for something, and for words: its voice cannot rest on voices."""
    if not isinstance(thing, Campaign):
        return
    try:
        query = checked(thing.query)
    except ValidationError as problem:
        raise ValidationError({"query": problem.messages}) from None
    if names_voices(query):
        raise ValidationError({"query": _("Leave out voice: here; this query decides the voice.")})


def _changed(act: str, thing: Declaration, before: dict[str, Any] | None, by: Actor) -> None:
    """Write the act down, and have the posts of the declaration read again: as it was, and as it is."""
    _write_down(act, thing, by)
    _read_again([type(thing)(**before) if before else thing, thing], by)


def _read_again(things: Iterable[Declaration], by: Actor) -> None:
    """Have the posts of some declarations read again, in as few rounds as there can be."""
    things = list(things)
    accounts = [one for one in things if isinstance(one, DeclaredAccount)]
    campaigns = [one for one in things if isinstance(one, Campaign)]
    reread(affected(accounts, campaigns), by=by)


def _write_down(act: str, thing: Declaration, by: Actor) -> None:
    who = {}
    if isinstance(thing, DeclaredAccount):
        who = {"person": pseudonym("person", f"{thing.platform}:{thing.account}"), "platform": thing.platform}
    kind = next(name for name, model in KINDS.items() if isinstance(thing, model))
    record(
        act, by=by, about=f"{kind}:{thing.pk}", voice=thing.voice, brand=thing.brand_id,
        since=_iso(thing.since), until=_iso(thing.until), **who,
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _copy(like: DeclaredAccount, name: str, by: Actor) -> DeclaredAccount:
    return DeclaredAccount(
        platform=like.platform, account=name, voice=like.voice, brand=like.brand, since=like.since,
        until=like.until, markets=like.markets, note=like.note,
        declared_by=by if isinstance(by, Account) else None,
    )  # fmt: skip


def _as_kept(thing: Declaration) -> dict[str, Any] | None:
    """The values in the database now; None when the declaration is new."""
    kept = type(thing)._default_manager.filter(pk=thing.pk).first() if thing.pk else None
    if kept is None:
        return None
    values = (
        {**model_to_dict(kept), "folded": kept.folded}
        if isinstance(kept, DeclaredAccount)
        else model_to_dict(kept)
    )
    values.pop("id")
    for name in ("brand", "declared_by"):
        values[f"{name}_id"] = values.pop(name)
    return values


def _token(changes: Iterable[tuple[Declaration, dict[str, Any] | None]]) -> str:
    entries = [
        {
            "kind": next(name for name, model in KINDS.items() if isinstance(thing, model)),
            "pk": thing.pk,
            "before": before and {name: _plain(value) for name, value in before.items()},
        }
        for thing, before in changes
    ]
    return signing.dumps(entries, salt=f"{SALT}.voices", compress=True)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _entries(token: str) -> list[dict[str, Any]]:
    try:
        entries: list[dict[str, Any]] = signing.loads(token, salt=f"{SALT}.voices", max_age=UNDO_SECONDS)
    except signing.SignatureExpired:
        raise CannotUndo(_("This was done more than a day ago and can no longer be undone.")) from None
    except signing.BadSignature:
        raise CannotUndo(_("This undo link is damaged; nothing was changed.")) from None
    for entry in entries:
        for name in ("since", "until"):
            if entry["before"] and entry["before"][name]:
                entry["before"][name] = date.fromisoformat(entry["before"][name])
    return entries
