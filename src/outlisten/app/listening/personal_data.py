"""What listening keeps of a person beside the posts: declarations, corrections and tags of their posts."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from outlisten.app.listening.models import DeclaredAccount, PostTag, Rereading, VoiceCorrection
from outlisten.app.listening.voices.affected import posts_of
from outlisten.app.trust.persons import Person
from outlisten.query.folding import fold


def held(person: Person) -> list[dict[str, object]]:
    """The declarations of this person's accounts, and what people said of their posts."""
    declared: list[dict[str, object]] = [
        {
            "kind": "declared account", "platform": account.platform, "account": account.account,
            "voice": account.voice, "since": account.since and account.since.isoformat(),
            "until": account.until and account.until.isoformat(), "markets": account.markets, "note": account.note,
        }
        for account in _accounts(person)
    ]  # fmt: skip
    corrected: list[dict[str, object]] = [
        {"kind": "correction", "post": one.post_id, "voice": one.voice, "reason": one.reason}
        for one in VoiceCorrection.objects.filter(post_id__in=person.post_ids)
    ]
    tagged: list[dict[str, object]] = [
        {"kind": "tag", "post": one.post_id, "tag": one.tag}
        for one in PostTag.objects.filter(post_id__in=person.post_ids)
    ]
    return [*declared, *corrected, *tagged]


def erase(person: Person) -> int:
    """Remove all of it; a re-reading that names the person is forgotten too. Returns the rows removed."""
    named = _rereadings(person)
    gone = (_accounts(person), VoiceCorrection.objects.filter(post_id__in=person.post_ids),
            PostTag.objects.filter(post_id__in=person.post_ids), named)  # fmt: skip
    return sum(rows.delete()[0] for rows in gone)


def _accounts(person: Person) -> QuerySet[DeclaredAccount]:
    names = {fold(name) for name in (person.handle, person.author_id, person.name) if name}
    return DeclaredAccount.objects.filter(platform=person.platform, folded__in=names)


def _rereadings(person: Person) -> QuerySet[Rereading]:
    """Rounds still to be made whose query asks for one of the person's names."""
    wanted = Q(pk=None)
    for account in _accounts(person):
        wanted |= Q(query=posts_of(account.platform, [account.account]))
    return Rereading.objects.filter(wanted)
