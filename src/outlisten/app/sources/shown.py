"""What pages say of a source: one sentence on how it fares, and what it usually brings."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.listening.wording import locale
from outlisten.app.sources.health import usual_volume
from outlisten.app.sources.models import RejectedRecord, Source
from outlisten.sources.manifest import DELETIONS, TESTED, Manifest, Rule
from outlisten.sources.said import Said
from outlisten.words import words

GOOD, WAITING, UNWELL, PAUSED = "good", "waiting", "unwell", "paused"


@dataclass(frozen=True, slots=True)
class Fares:
    """How a source fares: one of GOOD, WAITING, UNWELL and PAUSED, a word for it, and the sentence."""

    state: str
    word: str
    sentence: str


def fares(source: Source) -> Fares:
    """How it fares, the gravest thing first."""
    if source.state == Source.State.PAUSED:
        return Fares(PAUSED, _("paused"), _("It is not asked until it is resumed. What was collected stays."))
    if source.problem:
        return Fares(UNWELL, _("problem"), _with_since(source))
    if source.drift:
        return Fares(
            UNWELL,
            _("other shape"),
            _("The network answers in another shape than before: %(fields)s.") % {"fields": source.drift},
        )
    if source.silent_since:
        return Fares(UNWELL, _("silent"), _silent(source))
    if source.good_at is None:
        return Fares(WAITING, _("waiting"), _("It is asked for the first time in a moment."))
    return Fares(GOOD, _("well"), _well(source))


def _with_since(source: Source) -> str:
    sentence = source.problem_said.get(locale()) or source.problem_said.get("en", "")
    if source.good_at:
        return _("%(sentence)s Nothing came since %(when)s.") % {
            "sentence": sentence,
            "when": _moment(source.good_at),
        }
    return str(sentence)


def _silent(source: Source) -> str:
    said = {
        "span": timesince(source.silent_since) if source.silent_since else "",
        "usual": round(usual_volume(source, timezone.now()).mean * 24),
    }
    return (
        _(
            "Nothing new for %(span)s, where about %(usual)d posts a day are usual. Chance does not explain that."
        )
        % said
    )


def _well(source: Source) -> str:
    asked = _("asked %(span)s ago") % {"span": timesince(source.good_at)} if source.good_at else ""
    usually = usual_volume(source, timezone.now())
    if not usually.known:
        return _("%(asked)s. What is usual is learned from its first days.") % {"asked": asked.capitalize()}
    daily = max(1, round(usually.mean * 24))
    brings = ngettext("usually %(n)d post a day", "usually %(n)d posts a day", daily) % {"n": daily}
    return _("%(asked)s; %(brings)s.") % {"asked": asked.capitalize(), "brings": brings}


def _moment(at: object) -> str:
    return date_format(localtime(at), "DATETIME_FORMAT")  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class About:
    """A manifest in the reader's language."""

    manifest: Manifest
    title: str
    brings: str
    steps: list[str]
    limits: list[tuple[str, str]]
    terms: list[tuple[str, str]]
    tested: str
    deletions: str
    can: list[str]


def about(manifest: Manifest) -> About:
    """What a person reads before adding a source."""
    here = locale()

    def read(said: Said) -> str:
        return said.text(here)

    def rules(of: tuple[Rule, ...]) -> list[tuple[str, str]]:
        return [(rule.said.text(here), rule.source) for rule in of]

    can = [
        word
        for able, word in (
            (manifest.streams, _("streams")),
            (manifest.history, _("goes back in history")),
            (manifest.answers, _("can answer")),
            (manifest.deletions != "not told", _("follows deletions")),
        )
        if able
    ]
    return About(
        manifest, read(manifest.title), read(manifest.brings), [read(step) for step in manifest.steps],
        rules(manifest.limits), rules(manifest.terms), read(TESTED[manifest.tested]), read(DELETIONS[manifest.deletions]), can,
    )  # fmt: skip


KINDS = (
    ("open", Said("No account needed", "无需账号")),
    ("account", Said("With an account or key of your own", "使用自己的账号或密钥")),
    ("generic", Said("Your own systems", "自己的系统")),
)


def rejection(row: RejectedRecord) -> str:
    """Why a record did not become a post, in the reader's language where the reason is a sentence of ours."""
    here = locale()
    told = words("sources", here)(row.reason)
    return told if told != row.reason else words("pipeline", here)(row.reason)
