"""The voice of one post with its evidence in words, and its tags: for its page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from outlisten.app.listening.actions.corrections import tags_of
from outlisten.app.listening.labels import value_label
from outlisten.app.listening.models import Campaign, DeclaredAccount, VoiceCorrection
from outlisten.app.listening.models.voices import Dated
from outlisten.app.listening.voices import read_register
from outlisten.language.provenance import Evidence


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a voice: a sentence, and the words of the post it points at."""

    sentence: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class PostVoice:
    """`voice` is what the post shows; `told` what the evidence says now, another one while posts are read again."""

    voice: str
    told: str
    reasons: list[Reason]
    contradicted: bool
    corrected: bool
    tags: list[str]  # by people
    topics: list[str]  # all that the post has


def post_voice(post: Mapping[str, Any]) -> PostVoice:
    """Whose voice a kept post is, and why."""
    told = read_register(post).provenance(post)
    return PostVoice(
        voice=post["voice"] or "unknown",
        told=told.voice,
        reasons=[SAID[one.kind](one) for one in told.evidence],
        contradicted=told.contradicted,
        corrected=told.evidence[0].kind == "correction",
        tags=tags_of(str(post["id"])),
        topics=list(post["topic"] or ()),
    )


def _correction(one: Evidence) -> Reason:
    kept = VoiceCorrection.objects.select_related("by").get(pk=one.declaration or 0)
    said = {
        "who": kept.by.name if kept.by else _("somebody"),
        "day": date_format(kept.at),
        "why": kept.reason,
    }
    return Reason(_("Corrected by %(who)s on %(day)s: %(why)s") % said)


def _account(one: Evidence) -> Reason:
    kept = DeclaredAccount.objects.select_related("brand").get(pk=one.declaration or 0)
    said = {"who": str(kept.get_voice_display()), "whose": kept.brand.name if kept.brand else _("ours")}
    days = _days(kept)
    sentence = _("Declared account: %(who)s (%(whose)s)") % said
    return Reason(_("%(said)s, valid %(days)s") % {"said": sentence, "days": days} if days else sentence)


def _campaign(one: Evidence) -> Reason:
    kept = Campaign.objects.get(pk=one.declaration or 0)
    sentence, days = _("Declared campaign “%(name)s”") % {"name": kept.name}, _days(kept)
    return Reason(_("%(said)s, valid %(days)s") % {"said": sentence, "days": days} if days else sentence)


def _days(kept: Dated) -> str:
    ends = {
        "first": date_format(kept.since) if kept.since else "",
        "last": date_format(kept.until) if kept.until else "",
    }
    if kept.since and kept.until:
        return _("%(first)s to %(last)s") % ends
    if kept.since:
        return _("since %(first)s") % ends
    return _("until %(last)s") % ends if kept.until else ""


def _marker(one: Evidence) -> Reason:
    said = {"voice": value_label("voice", one.voice), "where": _place(one.place)}
    return Reason(_("Words in the text, %(where)s, say %(voice)s:") % said, one.words)


def _denial(one: Evidence) -> Reason:
    return Reason(_("Words in the text, %(where)s, deny it:") % {"where": _place(one.place)}, one.words)


def _place(place: str) -> str:
    named = {
        "title": _("in the title"), "start": _("at the start"), "later": _("further on"),
        "hashtags": _("among the hashtags"), "end": _("at the end"),
    }  # fmt: skip
    return named.get(place, _("somewhere"))


SAID: dict[str, Callable[[Evidence], Reason]] = {
    "correction": _correction,
    "account": _account,
    "campaign": _campaign,
    "marker": _marker,
    "denial": _denial,
    "source": lambda one: Reason(
        _("The source says: %(voice)s") % {"voice": value_label("voice", one.voice)}
    ),
    "no_marker": lambda one: Reason(_("An account nobody declared, and no word of a connection in the text")),
    "no_author": lambda one: Reason(_("The source names no author")),
}
