"""A verdict in words, in either language."""

from __future__ import annotations

from collections.abc import Callable

from outlisten.language.disclosure.duties import Relation
from outlisten.language.disclosure.marker import Kind, Market, Place
from outlisten.language.disclosure.tables import row_named
from outlisten.language.disclosure.triggers import Trigger, is_ours
from outlisten.language.disclosure.verdict import Outcome, Reason, Verdict
from outlisten.words import Locale, words

Say = Callable[[str], str]


def told(verdict: Verdict, locale: Locale) -> str:
    """Why, in one or two sentences: what calls for a disclosure, and what the post says or does not say."""
    say = words("disclosure", locale)
    marker = verdict.marker
    sentence = _sentences(say)[verdict.reason].format(
        words=marker.words if marker else "",
        place=places(say)[marker.place] if marker else "",
        relation=relations(say)[verdict.relation],
        trigger=trigger_told(next(iter(_deciding(verdict)), None), say),
    )
    if marker and verdict.reason == "weak_word":
        return say("{sentence} {reason}").format(
            sentence=sentence, reason=row_named(marker.row).reason[locale]
        )
    return sentence


def trigger_told(trigger: Trigger | None, say: Say) -> str:
    """What in the post calls for a disclosure, as the start of a sentence."""
    if trigger is None:
        return say("The post")
    return {
        "named": say("It names “{words}”"),
        "campaign": say("It belongs to a campaign (“{words}”)")
        if trigger.words
        else say("It belongs to a campaign"),
        "link": say("It links to a shop"),
        "code": say("It gives a discount code (“{words}”)"),
        "words": say("It leads to a shop (“{words}”)"),
    }[trigger.kind].format(words=trigger.words)


def outcomes(say: Say) -> dict[Outcome, str]:
    """What each verdict is called."""
    return {
        "disclosed": say("disclosed"),
        "undisclosed": say("signs but not disclosed"),
        "unknown": say("unknown"),
    }


def reasons(say: Say) -> dict[Reason, str]:
    """What each reason is called, in two or three words."""
    return {
        "clear": say("clear"),
        "contradiction": say("contradiction"),
        "missing": say("missing"),
        "weak_place": say("badly placed"),
        "weak_word": say("weak word"),
        "cannot_see": say("picture or video not read"),
        "too_short": say("too short"),
        "only_sells": say("sells something, does not name us"),
        "no_trigger": say("nothing calls for one"),
    }


def markets(say: Say) -> dict[Market, str]:
    """What each market is called."""
    return {
        "US": say("United States"), "UK": say("United Kingdom"), "EU": say("European Union"), "CN": say("China"),
    }  # fmt: skip


def places(say: Say) -> dict[Place, str]:
    """Where a marker stands."""
    return {
        "title": say("in the title"),
        "start": say("at the start"),
        "later": say("behind “more”"),
        "hashtags": say("among many hashtags"),
        "end": say("in the last line"),
    }


def kinds(say: Say) -> dict[Kind, str]:
    """What each kind of marker is called."""
    return {
        "advertising": say("advertising"), "sponsorship": say("sponsorship"), "gift": say("gift"),
        "affiliate": say("affiliate"), "employment": say("employment"), "gratitude": say("gratitude"),
        "denial": say("denial"),
    }  # fmt: skip


def relations(say: Say) -> dict[Relation, str]:
    """What each registered relation is called."""
    return {"employee": say("an employee"), "partner": say("a partner"), "paid": say("a paid account")}


def _deciding(verdict: Verdict) -> list[Trigger]:
    """The triggers, those that point at us first."""
    return sorted(verdict.triggers, key=lambda trigger: not is_ours(trigger))


def _sentences(say: Say) -> dict[Reason, str]:
    return {
        "clear": say("“{words}” says it, {place}."),
        "contradiction": say(
            "{trigger} and says “{words}”, although the account is registered as {relation}."
        ),
        "missing": say(
            "{trigger} and says nothing of the connection; the account is registered as {relation}."
        ),
        "weak_place": say("“{words}” is clear, but stands {place}, where many readers miss it."),
        "weak_word": say("“{words}” is not clear enough."),
        "cannot_see": say("The words hold no disclosure; the picture or video cannot be read here."),
        "too_short": say("The words hold no disclosure, and are too few to judge."),
        "only_sells": say("{trigger}, but nothing in it names us."),
        "no_trigger": say("Nothing in it names us or sells anything."),
    }
