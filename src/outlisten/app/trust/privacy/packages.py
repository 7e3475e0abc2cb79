"""Everything we hold of a person in one file they can take along."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from tempfile import TemporaryFile
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from outlisten.app.listening.store import whole
from outlisten.app.people.models import Account as Colleague
from outlisten.app.people.rules import Act
from outlisten.app.trust.audit import record
from outlisten.app.trust.home_reader import Asker, allowed
from outlisten.app.trust.models import PrivacyRequest
from outlisten.app.trust.persons import Person
from outlisten.app.trust.privacy.finding import person_pseudonym
from outlisten.app.trust.privacy.holdings import Holdings
from outlisten.posts.schema import names


def package(person: Person, *, by: Asker) -> tuple[PrivacyRequest, IO[bytes]]:
    """A ZIP with the posts as kept and as they came, their history, what each room holds, and a manifest with the
    number and hash of each file. Written down as a request. Raises Refused."""
    allowed(by, Act.ANSWER_PRIVACY)
    held = Holdings(person)
    request = _note(person, held, by)
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        listed = [_add(archive, name, things) for name, things in _parts(held)]
        manifest = {
            "request": request.pk, "made_at": request.done_at, "platform": person.platform,
            "handle": person.handle, "author_id": person.author_id, "name": person.name, "files": listed,
        }  # fmt: skip
        archive.writestr("manifest.json", _json(manifest, indent=2))
        archive.writestr("README.txt", _read_me())
    file.seek(0)
    return request, file


@transaction.atomic
def _note(person: Person, held: Holdings, by: Asker) -> PrivacyRequest:
    now = timezone.now()
    request = PrivacyRequest.objects.create(
        kind=PrivacyRequest.Kind.EXPORT, person=person_pseudonym(person), platform=person.platform,
        by=by if isinstance(by, Colleague) else None, asked_at=now, done_at=now, counts=held.counts,
    )  # fmt: skip
    record("person.export", by=by, about=f"request:{request.pk}", person=request.person, **_told(held.counts))
    return request


def _told(counts: dict[str, int]) -> dict[str, Any]:
    """The counts as details of the audit log."""
    return {name.replace(":", "_"): count for name, count in counts.items()}


def _parts(held: Holdings) -> Iterator[tuple[str, Iterator[object]]]:
    """(name of the file, what it holds, a line each)."""
    ids = sorted(held.person.post_ids)
    yield "posts.jsonl", (_post(post) for post in map(whole().get, ids) if post is not None)
    yield "history.jsonl", (_history(identifier) for identifier in ids)
    yield "rejected-rows.jsonl", iter(held.files)
    for room, things in held.rooms.items():
        yield f"rooms/{room}.jsonl", iter(things)


def _post(post: dict[str, object]) -> dict[str, object]:
    """As it came and as it was read; what only the search index needs says nothing new."""
    return {name: post[name] for name in names("given", "reading") if post[name] is not None}


def _history(identifier: str) -> dict[str, object]:
    kept = whole().history(identifier)
    return {"id": identifier, **{name: rows.table.to_pylist() for name, rows in kept.items()}}


def _add(archive: ZipFile, name: str, things: Iterator[object]) -> dict[str, object]:
    count, hashed = 0, sha256()
    with archive.open(name, "w") as out:
        for thing in things:
            line = (_json(thing) + "\n").encode("utf-8", "backslashreplace")
            out.write(line)
            hashed.update(line)
            count += 1
    return {"file": name, "count": count, "sha256": hashed.hexdigest()}


def _json(thing: object, indent: int | None = None) -> str:
    return json.dumps(thing, ensure_ascii=False, indent=indent, default=_plain)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime | date) else str(value)


def _read_me() -> str:
    """What the files are, in both languages: whoever asked may read either."""
    said = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            said += [
                _("What is kept of you here, one JSON record a line."),
                _("posts.jsonl: your posts; `raw` is the record as the platform or file sent it."),
                _("history.jsonl: numbers seen over time, and what language models read in each post."),
                _("rejected-rows.jsonl: rows that could not be taken in. rooms/: cases, tags, quotations."),
                _("Not in here: posts of others that mention you, and copies given out or backed up before."),
                "",
            ]
    return "\n".join(said)
