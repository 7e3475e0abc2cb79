"""The words of a post that speak for what it wants and how urgent it is, and what it names: found by named rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outlisten.app.listening.labels import value_label
from outlisten.app.listening.snippets import Span
from outlisten.language.entities import find_entities
from outlisten.language.phrases import INTENTS, REASONS, Phrase, find_phrases

KIND: Mapping[str, Promise] = {
    "brand": gettext_lazy("brand"), "product": gettext_lazy("product"), "place": gettext_lazy("place"),
    "money": gettext_lazy("sum of money"), "date": gettext_lazy("date"), "order": gettext_lazy("order number"),
    "phone": gettext_lazy("phone number"), "email": gettext_lazy("e-mail address"),
    "address": gettext_lazy("postal address"), "card": gettext_lazy("card number"),
    "account": gettext_lazy("account number"), "identity": gettext_lazy("identity number"),
    "handle": gettext_lazy("handle"), "ip": gettext_lazy("network address"), "url": gettext_lazy("web address"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """What some words speak for, in the reader's language, the words as written, and the rule's name."""

    speaks_for: str
    words: str
    rule: str


@dataclass(frozen=True, slots=True)
class Named:
    """Something a post names: of what kind, in the reader's language, the words, and the rule. `masked`: personal data
    whose words this reader is not shown here."""

    kind: str
    words: str
    rule: str
    masked: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Evidence in reading order, and its places in the title and in the text (code points, never overlapping)."""

    evidence: tuple[Evidence, ...]
    title: tuple[Span, ...]
    text: tuple[Span, ...]


def evidence(title: str, text: str) -> Found:
    """What the rules find in a post."""
    phrases = find_phrases(text, title or None)
    body = len(title) + 1 if title else 0
    return Found(
        evidence=tuple(Evidence(_speaks_for(one), one.words, one.rule) for one in phrases),
        title=_apart(
            (one.start, min(one.end, len(title))) for one in phrases if body and one.start < len(title)
        ),
        text=_apart((max(one.start - body, 0), one.end - body) for one in phrases if one.end > body),
    )


def entities(title: str, text: str, names: Sequence[str], *, shows_personal: bool) -> tuple[Named, ...]:
    """Brands (of `names`), places, sums, dates, numbers and contact data of a post, each once, in reading order."""
    found = find_entities(text, title or None, names)
    named = (
        Named(
            str(KIND.get(one.kind, one.kind)),
            one.words if shows_personal or not one.personal else "",
            one.rule,
            one.personal and not shows_personal,
        )
        for one in found
    )
    return tuple(dict.fromkeys(named))


def _speaks_for(phrase: Phrase) -> str:
    if phrase.kind in INTENTS:
        return value_label("intent", phrase.kind)
    if phrase.kind in REASONS:
        return _("urgent: %(reason)s") % {"reason": value_label("urgency_reason", phrase.kind)}
    return value_label("flag", phrase.kind)


def _apart(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans with those that overlap joined."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return tuple(joined)
