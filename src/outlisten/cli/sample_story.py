"""The sample's story told in a home: its people, voices, rules, cases, decisions, claim and calendars, by the rooms' acts.

Each chapter is one transaction that ends with an audit row of its own. A demo that was killed goes on where it stopped,
and one that is started again adds nothing, whatever was done with the story meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation

from outlisten import sample
from outlisten.app.care.actions import holding, rules, service_levels, words
from outlisten.app.care.models import Case, Rule, ServiceLevel
from outlisten.app.care.times import level_of
from outlisten.app.listening.actions.voices import declare
from outlisten.app.listening.models import Brand, DeclaredAccount
from outlisten.app.participation.actions import import_calendar, set_domains
from outlisten.app.people.actions.demo import make_demo_account
from outlisten.app.people.models import Account, Department
from outlisten.app.trust.audit import record
from outlisten.app.trust.models import AuditRow
from outlisten.cli.progress import Advance
from outlisten.cli.sample_decisions import claim, decisions, insights
from outlisten.sample import story
from outlisten.sample.story import Words, made_up
from outlisten.words import Locale

CHAPTER = "sample.chapter"


@dataclass
class Telling:
    """Who tells the story, in which language, and its accounts by their keys once they are made."""

    owner: Account
    locale: Locale
    cast: dict[str, Account] = field(default_factory=dict)

    def said(self, what: Words) -> str:
        """What somebody of the company says, marked as made up."""
        return made_up(what, self.locale)


def tell(owner: Account, advance: Advance) -> None:
    """Tell what was not told yet, in the language that the demo was made in."""
    telling = Telling(owner, "zh-hans" if owner.language == Account.Language.CHINESE else "en")
    with translation.override(telling.locale):
        for place, (name, chapter) in enumerate(CHAPTERS.items()):
            advance(place, len(CHAPTERS), "")
            _once(name, chapter, telling)


def _once(name: str, chapter: Callable[[Telling], None], telling: Telling) -> None:
    """The row in the log says that a chapter is told: it is written with it or not at all."""
    if AuditRow.objects.filter(act=CHAPTER, about=f"chapter:{name}").exists():
        return
    with transaction.atomic():
        telling.cast = _cast(telling)
        chapter(telling)
        record(CHAPTER, by=telling.owner, about=f"chapter:{name}")


def _cast(telling: Telling) -> dict[str, Account]:
    return {
        one.key: make_demo_account(
            one.name.read(telling.locale), one.role, one.departments, telling.locale, one.background
        )
        for one in story.ACCOUNTS
    }


def _voices(telling: Telling) -> None:
    """Equifax itself writes nothing in the sample: what a company says can be seen of its competitors only."""
    brands = {brand.name: brand for brand in Brand.objects.all()}
    for voice in story.VOICES:
        for name in voice.accounts:
            account = DeclaredAccount(
                platform=voice.platform, account=name, brand=brands.get(voice.brand),
                note=story.VOICE_NOTE.read(telling.locale),
            )  # fmt: skip
            if account.brand is not None and not _declared(account):
                declare(account, by=telling.owner)


def _declared(account: DeclaredAccount) -> bool:
    return DeclaredAccount.objects.filter(platform=account.platform, account=account.account).exists()


def _rules(telling: Telling) -> None:
    places = {department.key: department for department in Department.objects.all()}
    for key, minutes in story.SERVICE_LEVELS.items():
        level: ServiceLevel = level_of(places[key].pk)
        level.target_minutes = minutes
        service_levels.set_service_level(level, by=telling.owner)
    for place, one in enumerate(story.RULES, 1):
        rule = Rule(
            department=places[one.department], name=one.name.read(telling.locale), query=one.query,
            need=one.need, on=True, position=place,
        )  # fmt: skip
        rules.keep_rule(rule, by=telling.owner)


def _cases(telling: Telling) -> None:
    """The rules open cases in their order from the newest complaints: what one has found, the next leaves alone."""
    for rule in Rule.objects.filter(query__in=[one.query for one in story.RULES]):
        rules.apply_rule(rule.pk, story.FROM, by=telling.owner)


def _work(telling: Telling) -> None:
    for step in story.STEPS:
        case = Case.objects.filter(posts__post=step.post).first()
        if case is not None:
            DEEDS[step.deed](telling, step, case)


def _take(telling: Telling, step: story.Step, case: Case) -> None:
    holding.take(case.pk, by=telling.cast[step.who])
    words.note(case.pk, telling.said(step.said), by=telling.cast[step.who])


def _note(telling: Telling, step: story.Step, case: Case) -> None:
    words.note(case.pk, telling.said(step.said), by=telling.cast[step.who])


def _promise(telling: Telling, step: story.Step, case: Case) -> None:
    due = timezone.localdate() + timedelta(days=step.days)
    words.promise(case.pk, telling.said(step.said), due, by=telling.cast[step.who])


def _answer(telling: Telling, step: story.Step, case: Case) -> None:
    said = words.Said(telling.said(step.said), way="copy", posted=True, then=step.then)
    words.answer(case.pk, said, by=telling.cast[step.who])


def _hand_over(telling: Telling, step: story.Step, case: Case) -> None:
    to = Department.objects.get(key=step.to)
    holding.hand_over(case.pk, by=telling.cast[step.who], department=to, note=telling.said(step.said))


def _draft(telling: Telling, step: story.Step, _case: Case) -> None:
    words.save_draft(step.post, telling.said(step.said), by=telling.cast[step.who])


DEEDS: dict[story.Deed, Callable[[Telling, story.Step, Case], None]] = {
    "take": _take, "note": _note, "promise": _promise, "answer": _answer, "hand_over": _hand_over, "draft": _draft,
}  # fmt: skip


def _calendars(telling: Telling) -> None:
    """Meetings of two departments, so that the balance of their talk can be told."""
    set_domains([sample.OUR_DOMAIN], [sample.CUSTOMERS_DOMAIN], by=telling.owner)
    for key in sample.CALENDARS:
        import_calendar(sample.calendar(key), Department.objects.get(key=key), by=telling.owner)


def _decided(telling: Telling) -> None:
    """Figures of the sample as they stand, what was decided from them, and a promise that they are asked about."""
    analyst = telling.cast["analyst"]
    pinned = insights(analyst, telling.locale)
    decisions(pinned, claim(analyst, telling.locale), telling.cast, telling.locale)


CHAPTERS: dict[str, Callable[[Telling], None]] = {
    "voices": _voices, "rules": _rules, "cases": _cases, "work": _work, "decisions": _decided,
    "calendars": _calendars,
}  # fmt: skip
