"""What listening keeps of a person beside the posts: declarations, lists that name them, corrections and tags of their
posts."""

from __future__ import annotations

from django.db.models import QuerySet

from outlisten.app.listening.clock import read_in, zone_of
from outlisten.app.listening.long_queries import forget
from outlisten.app.listening.models import (
    DeclaredAccount,
    LocalLabel,
    LongQuery,
    PostTag,
    Rereading,
    SavedList,
    VoiceCorrection,
)
from outlisten.app.listening.queries.names import workspace
from outlisten.app.listening.voices.affected import posts_of
from outlisten.app.trust.persons import Person
from outlisten.query import parse
from outlisten.query.folding import fold
from outlisten.query.tree import And, Label, Node, Or, walk
from outlisten.query.tree import Person as Author


def held(person: Person) -> list[dict[str, object]]:
    """The declarations of this person's accounts, the lists that name them, and what people said of their posts."""
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
    labelled: list[dict[str, object]] = [
        {"kind": "label", "post": one.post_id, "task": one.task, "labels": one.labels}
        for one in LocalLabel.objects.filter(post_id__in=person.post_ids)
    ]
    listed: list[dict[str, object]] = [
        {"kind": "list", "list": one.name, "account": account}
        for one in SavedList.objects.all()
        for account in _theirs(one, person)
    ]
    return [*declared, *corrected, *tagged, *labelled, *listed]


def erase(person: Person) -> int:
    """Remove all of it, and the person's names from lists, re-readings and long queries. Returns the rows touched."""
    gone = _accounts(person).delete()[0] + _forget_in_lists(person) + _forget_long_queries(person)
    return gone + _forget_in_rounds(person) + forget_posts(person.post_ids)


def forget_posts(ids: frozenset[str]) -> int:
    """The posts are kept no longer, so what people said of them goes: corrections with their reasons, tags and labels."""
    said = (VoiceCorrection, PostTag, LocalLabel)
    return sum(model.objects.filter(post_id__in=ids).delete()[0] for model in said)


def _names(person: Person) -> set[str]:
    return {fold(name) for name in (person.handle, person.author_id, person.name) if name}


def _accounts(person: Person) -> QuerySet[DeclaredAccount]:
    return DeclaredAccount.objects.filter(platform=person.platform, folded__in=_names(person))


def _theirs(listed: SavedList, person: Person) -> list[str]:
    """The person's names in a list. It says no platform: whoever has the name is meant."""
    names = _names(person)
    return [account for account in listed.account_names if fold(account) in names]


def _forget_in_lists(person: Person) -> int:
    """Take the person's names out of every list. Returns the lists touched."""
    touched = 0
    for one in SavedList.objects.all():
        theirs = _theirs(one, person)
        if theirs:
            rest = [account for account in one.account_names if account not in theirs]
            SavedList.objects.filter(pk=one.pk).update(accounts="\n".join(rest))
            touched += 1
    return touched


def _forget_in_rounds(person: Person) -> int:
    """Take the person's names out of every round of re-reading that still asks for them. One that asks for nobody else
    goes, and one that asks for more than accounts, whose words only people can mend. Returns the rounds touched."""
    gone, touched = _names(person), 0
    for row in Rereading.objects.exclude(query=""):
        asked = _authors(row.query, person.platform)
        rest = [name for name in asked if name not in gone]
        if len(rest) == len(asked):
            continue
        touched += 1
        if rest and _asks_for_accounts(row.query):
            Rereading.objects.filter(pk=row.pk).update(query=posts_of(person.platform, rest))
        else:
            row.delete()
    return touched


def _forget_long_queries(person: Person) -> int:
    """Keep no longer the long queries of addresses that ask for this person. Returns how many there were."""
    names = _names(person)
    asking = [
        one.reference
        for one in LongQuery.objects.iterator()
        if any(name in fold(one.text) for name in names)
        and names.intersection(_authors(one.text, person.platform))
    ]
    return forget(asking)


def _authors(text: str, platform: str) -> list[str]:
    """The authors, folded, that a query asks for on a platform."""
    parts = _parts(text)
    platforms = {part.value for part in parts if isinstance(part, Label) and part.field == "platform"}
    if platforms and platform not in platforms:
        return []
    return [fold(part.name) for part in parts if isinstance(part, Author) and part.field == "author"]


def _asks_for_accounts(text: str) -> bool:
    return all(isinstance(part, And | Or | Author | Label) for part in _parts(text))


def _parts(text: str) -> list[Node]:
    tree = parse(text, read_in(zone_of(workspace()))).tree
    return list(walk(tree)) if tree is not None else []
