"""What people say of single posts: whose voice it is, and tags. Each act answers with what takes it back, for a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import pyarrow as pa
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from outlisten.app.listening.actions.labels import label
from outlisten.app.listening.actions.names import SALT, UNDO_SECONDS, CannotUndo
from outlisten.app.listening.models import PostTag, Voice, VoiceCorrection
from outlisten.app.listening.queries.post import post
from outlisten.app.listening.store import whole
from outlisten.app.listening.voices import read_register
from outlisten.app.listening.voices.stamp import voices_changed
from outlisten.app.people.models import Account
from outlisten.app.people.rules import Act, Actor, require
from outlisten.app.trust.audit import pseudonym, record
from outlisten.posts.schema import arrow_schema

LONGEST_TAG = 60


def correct(post_id: str, voice: str, reason: str, *, by: Actor) -> str:
    """Say whose voice a post is, against all other evidence. Raises Refused, ValidationError; 404 for no post of ours."""
    require(by, Act.CORRECT_VOICE, about=pseudonym("post", post_id))
    if voice not in Voice.values:
        raise ValidationError(_("Choose one of the voices."))
    if not reason.strip():
        raise ValidationError(_("Say why: the next person who reads this post will ask."))
    return _correct(post_id, (voice, reason.strip()[:240]), by)


def uncorrect(post_id: str, *, by: Actor) -> str:
    """Take a correction away; the other evidence decides again. Raises Refused; 404 for no post of ours."""
    require(by, Act.CORRECT_VOICE, about=pseudonym("post", post_id))
    return _correct(post_id, None, by)


@transaction.atomic
def _correct(post_id: str, said: tuple[str, str] | None, by: Actor) -> str:
    kept = post(by, post_id)
    before = VoiceCorrection.objects.filter(post_id=post_id).values_list("voice", "reason").first()
    if said is None:
        VoiceCorrection.objects.filter(post_id=post_id).delete()
    else:
        named = {"voice": said[0], "reason": said[1], "by": by if isinstance(by, Account) else None}
        VoiceCorrection.objects.update_or_create(post_id=post_id, defaults=named)
    voice = read_register(kept).provenance(kept).voice
    record("voice.correct", by=by, about=pseudonym("post", post_id), voice=voice, corrected=said is not None)
    _revise(post_id, "voice", voice)
    return _token("voice", post_id, before)


def tag(post_id: str, tags: Iterable[str], *, by: Actor) -> str:
    """Give a post exactly these tags, beside those its source gave, which stay its own. Raises Refused, ValidationError."""
    require(by, Act.TAG, about=pseudonym("post", post_id))
    wanted = sorted({clean for tag in tags if (clean := " ".join(tag.split()))})
    if long := next((tag for tag in wanted if len(tag) > LONGEST_TAG), None):
        raise ValidationError(
            _("“%(tag)s …” is too long for a tag: %(most)d characters at most.")
            % {"tag": long[:20], "most": LONGEST_TAG}
        )
    return _tag(post_id, wanted, by)


@transaction.atomic
def _tag(post_id: str, wanted: list[str], by: Actor) -> str:
    kept = post(by, post_id)
    before = tags_of(post_id)
    given = [topic for topic in kept["topic"] or () if topic not in before]
    wanted = [tag for tag in wanted if tag not in given]
    PostTag.objects.filter(post_id=post_id).exclude(tag__in=wanted).delete()
    who = by if isinstance(by, Account) else None
    fresh = [PostTag(post_id=post_id, tag=tag, by=who) for tag in wanted if tag not in before]
    PostTag.objects.bulk_create(fresh)
    record(
        "post.tag", by=by, about=pseudonym("post", post_id), added=len(fresh),
        removed=len(set(before) - set(wanted)),
    )  # fmt: skip
    _revise(post_id, "topic", sorted({*given, *wanted}) or None)
    return _token("tags", post_id, before)


def undo(token: str, *, by: Actor) -> str:
    """Put back what was said of the post before; returns its id. Raises Refused, CannotUndo."""
    try:
        kind, post_id, before = signing.loads(token, salt=f"{SALT}.posts", max_age=UNDO_SECONDS)
    except signing.SignatureExpired:
        raise CannotUndo(_("This was done more than a day ago and can no longer be undone.")) from None
    except signing.BadSignature:
        raise CannotUndo(_("This undo link is damaged; nothing was changed.")) from None
    if kind == "labels":
        label(post_id, before, by=by)
    elif kind == "tags":
        tag(post_id, before, by=by)
    elif before is None:
        uncorrect(post_id, by=by)
    else:
        correct(post_id, *before, by=by)
    return str(post_id)


def tags_of(post_id: str) -> list[str]:
    """The tags that people put on a post."""
    return list(PostTag.objects.filter(post_id=post_id).values_list("tag", flat=True))


def _revise(post_id: str, column: str, value: object) -> None:
    """Show it in the post, as the last step of the transaction: a store that is full undoes the act."""
    kind = arrow_schema().field(column).type
    moment = pa.array([datetime.now(UTC)], pa.timestamp("s", "UTC"))
    whole().revise_readings(pa.table({"id": [post_id], "read_at": moment, column: pa.array([value], kind)}))
    voices_changed()


def _token(kind: str, post_id: str, before: object) -> str:
    return signing.dumps([kind, post_id, before], salt=f"{SALT}.posts", compress=True)
