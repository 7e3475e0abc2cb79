"""What decisions hold of a person: pins of their posts, and quotations in what colleagues wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import unquote_plus

from django.db.models import Q, QuerySet

from outlisten.app.decisions.models import Claim, Decision, DecisionChange, Insight, Outcome
from outlisten.app.decisions.quotations import runs_of, without_quotations
from outlisten.app.listening.store import posts
from outlisten.app.trust.persons import Person

WORDS: dict[type[Insight] | type[Decision] | type[Outcome] | type[Claim], tuple[str, ...]] = {
    Insight: ("title", "note", "sentence"),
    Decision: ("text", "why", "expected"),
    Outcome: ("text",),
    Claim: ("text", "promised_by"),  # a frozen one is never changed; an erasure tells where it names somebody
}
Kept = Insight | Decision | Outcome | Claim
TITLE = "–"  # what a title says that was nothing but a quotation


def held(person: Person) -> list[dict[str, object]]:
    """The pins of their posts, the pins that ask for them, and every text that quotes or names them."""
    pins: list[dict[str, object]] = [
        {"insight": insight.pk, "post": insight.post_id, "title": insight.title, "note": insight.note}
        for insight in _pins(person.post_ids)
    ]
    pins += [{"insight": insight.pk, "query": insight.query} for insight in _asking_for(person)]
    quoting: list[dict[str, object]] = [
        {type(thing).__name__.lower(): thing.pk, "field": name, "text": getattr(thing, name)}
        for thing, name, _without in _quoting(person)
    ]
    return pins + quoting


def erase(person: Person) -> int:
    """Blank the pins of their posts, and what quotes or names them; how many rows were touched.

    A decision keeps its insight, which then says nothing but that a post stood behind it.
    """
    touched: set[tuple[type[Kept], int]] = {(Insight, pin) for pin in _blank_pins(person.post_ids)}
    for insight in _asking_for(person):
        insight.query = insight.address = ""
        insight.save(update_fields=["query", "address"])
        touched.add((Insight, insight.pk))
    for thing, name, without in list(_quoting(person)):
        setattr(thing, name, without.strip() or TITLE)
        thing.save(update_fields=[name])
        touched.add((type(thing), thing.pk))
    return len(touched) + _erase_history(person)


def forget_posts(ids: frozenset[str]) -> int:
    """The posts are kept no longer: their pins lose every word, titles that quote them too. What colleagues wrote in
    decisions stays: it is theirs, and says why something was done."""
    pins = list(_pins(ids))
    quoted = _runs(pin.post_id for pin in pins)
    touched = set(_blank_pins(ids))
    for pin in pins:
        title = without_quotations(pin.title, quoted).strip() or TITLE
        if title != pin.title:
            Insight.objects.filter(pk=pin.pk).update(title=title)
            touched.add(pin.pk)
    return len(touched)


def _blank_pins(ids: frozenset[str]) -> list[int]:
    """Blank the pins of these posts; the ids of those that said something."""
    said = _pins(ids).exclude(sentence="", note="", query="")
    blanked = list(said.values_list("pk", flat=True))
    Insight.objects.filter(pk__in=blanked).update(sentence="", note="", query="")
    return blanked


def _pins(ids: frozenset[str]) -> QuerySet[Insight]:
    return Insight.objects.filter(post_id__in=ids).exclude(post_id="")


def _asking_for(person: Person) -> list[Insight]:
    """Pins whose query names them; what is left of such a query would ask for something else."""
    asking = ((one, f"{one.query} {unquote_plus(one.address)}") for one in Insight.objects.all())
    names = _names(person)
    return [one for one, said in asking if without_quotations(said, frozenset(), names) != said]


def _names(person: Person) -> list[str]:
    return [name for name in (person.handle, person.name) if name]


def _runs(ids: Iterable[str]) -> frozenset[str]:
    """What these posts say, as far as the store still has them."""
    found = posts().some(sorted(ids)).values()
    return runs_of(str(part) for post in found for part in (post["title"], post["text"]) if part)


def _quoting(person: Person) -> Iterator[tuple[Kept, str, str]]:
    """Each thing, the field that quotes them, and what it says without."""
    runs, names = _runs(person.post_ids), _names(person)
    for model, fields in WORDS.items():
        stays = Q(**{fields[0]: ""}) | (Q(frozen_at__isnull=False) if model is Claim else Q())
        for thing in model._default_manager.exclude(stays):
            for name in fields:
                said = str(getattr(thing, name))
                without = without_quotations(said, runs, names) if said else said
                if without != said:
                    yield thing, name, without


def _erase_history(person: Person) -> int:
    """The same in what decisions said before."""
    runs, names = _runs(person.post_ids), _names(person)
    touched = 0
    for change in DecisionChange.objects.all():
        before, after = ({
            name: without_quotations(value, runs, names) if isinstance(value, str) else value
            for name, value in said.items()
        } for said in (change.before, change.after))  # fmt: skip
        if (before, after) != (change.before, change.after):
            change.before, change.after = before, after
            change.save(update_fields=["before", "after"])
            touched += 1
    return touched
