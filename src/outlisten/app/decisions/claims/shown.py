"""A claim in words, ready for its page: the sentence, the pictures, the tables, and where its posts are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from outlisten.app.decisions.claims.content import Asked, Content
from outlisten.app.decisions.models import Claim, ClaimTest
from outlisten.app.listening.figures import Figure, posts_behind
from outlisten.app.listening.over_time import gap_notes
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Actor
from outlisten.app.sources.charted import gaps_over
from outlisten.charts import Theme, observed, observed_and_expected, placebo_strip, spec
from outlisten.insights.effects import Outcome, Promise, Reason, Verdict, found
from outlisten.insights.effects.sentences import effect_in_words, promised, size_in_words
from outlisten.insights.estimate import Estimate

SHOWN_PLACEBOS = 60


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table: a date or a name, an effect in words, and a word on it."""

    name: str | date
    effect: str
    word: str = ""


@dataclass(frozen=True, slots=True)
class ShownTest:
    """A kept test as its page tells it."""

    test: ClaimTest
    verdict: Verdict
    content: Content

    @property
    def told(self) -> Verdict:
        """The verdict with the outcome that may be concluded in place of what the series alone would say."""
        return replace(self.verdict, outcome=Outcome(self.test.outcome))

    @property
    def sentence(self) -> str:
        return found(self.told, locale(), kind=self.content.kind, step=self.content.step)

    @property
    def reasons(self) -> list[str]:
        return [_reason(reason) for reason in self.verdict.reasons]

    @property
    def notes(self) -> list[str]:
        return [_reason(note) for note in self.verdict.notes]

    @property
    def assumptions(self) -> list[str]:
        return [_reason(one) for one in self.verdict.assumptions]

    @property
    def difference(self) -> str:
        """What difference in differences found, in words; blank where it could not be done."""
        return self._effect(self.verdict.difference) if self.verdict.difference else ""

    @property
    def controls(self) -> list[Row]:
        """How each comparison itself moved at the date."""
        words = {
            None: _("too little to say"),
            True: _("moved at the same date"),
            False: _("did not move beyond chance"),
        }
        return [Row(one.name, self._relative(one.effect), words[one.moved]) for one in self.verdict.controls]

    @property
    def placebos(self) -> list[Row]:
        """The pretended dates, evenly picked where they are many."""
        every = max(1, -(-len(self.verdict.placebos) // SHOWN_PLACEBOS))
        return [
            Row(one.start, self._effect(one.effect), _("would have fired") if one.fires else "")
            for one in self.verdict.placebos[::every]
        ]

    @property
    def placebo_sentence(self) -> str:
        """How often the same test fires where nothing was promised."""
        return _("Of %(n)d earlier dates when nothing was promised, the test would have seen something at %(fired)d.") % {
            "n": len(self.verdict.placebos), "fired": sum(one.fires for one in self.verdict.placebos),
        }  # fmt: skip

    @property
    def other_unit(self) -> str:
        """The effect in the other unit: absolute for a relative promise, and the other way round."""
        if self.verdict.other_unit is None:
            return ""
        promise = replace(self.content.promise, relative=not self.content.relative, size=0.5)
        return effect_in_words(
            self.verdict.other_unit, promise, locale(), kind=self.content.kind, step=self.content.step
        )

    def _effect(self, effect: Estimate) -> str:
        return effect_in_words(
            effect, self.content.promise, locale(), kind=self.content.kind, step=self.content.step
        )

    def _relative(self, effect: Estimate | None) -> str:
        if effect is None:
            return "–"
        as_share = Promise(self.content.start, 0.5)
        return effect_in_words(effect, as_share, locale(), kind=self.content.kind, step=self.content.step)


def shown(test: ClaimTest, content: Content) -> ShownTest:
    """A kept test, ready to be told."""
    return ShownTest(test, Verdict.from_json(test.result), content)


def promise_in_words(content: Content) -> str:
    """`Promised: posts about Equifax −20 % from 1 May 2020.`"""
    return promised(content.promise, measure(content), locale(), kind=content.kind, step=content.step)


def lead(content: Content, told: ShownTest | None) -> str:
    """The first sentence of a page: what was promised, and what was found where it was tested."""
    parts = [promise_in_words(content), *([told.sentence] if told else [])]
    return ("" if locale() == "zh-hans" else " ").join(parts)


def size_promised(content: Content) -> str:
    """`−20 %`."""
    return size_in_words(content.promise, locale(), kind=content.kind, step=content.step)


def measure(content: Content) -> str:
    """The metric and whose it is, in words."""
    metric = Claim.Metric(content.metric).label
    return _("%(metric)s, %(name)s") % {"metric": metric, "name": content.subject.name}


def figures(test: ShownTest, theme: Theme, by: Actor) -> list[Figure]:
    """What was seen beside what was to be expected, and the placebo strip; none where nothing was measured."""
    verdict, content = test.verdict, test.content
    if verdict.effect is None:
        return []
    looks = {"kind": content.kind, "bucket": content.step, "evidence": content.subject.query}
    measured = observed(verdict, kind=content.kind, bucket=content.step)
    gaps = gaps_over(measured, by)
    seen = observed_and_expected(verdict, locale(), theme, gaps=gaps, **looks)  # type: ignore[arg-type]
    strip = placebo_strip(verdict, locale(), theme, **looks)  # type: ignore[arg-type]
    said = test.placebo_sentence
    return [
        Figure("claim-seen", spec(seen), seen.description, notes=gap_notes(gaps, measured)),
        Figure(
            "claim-placebos", spec(strip), strip.description, sentence=said, size="is-low" if said else ""
        ),
    ]


def posts_links(content: Content) -> Sequence[tuple[str, str]]:
    """Where the posts of the tested window are: the subject's, then each comparison's."""
    return [(asked.name, _posts(asked, content)) for asked in (content.subject, *content.comparisons)]


def _posts(asked: Asked, content: Content) -> str:
    before = content.start - (content.until - content.start) - timedelta(days=1)
    days = f"since:{before.isoformat()} until:{content.until.isoformat()}"
    return posts_behind(f"({asked.query}) {days}")


def _reason(reason: Reason) -> str:
    return reason.text(locale())
