"""The ten statements the product is built on, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outlisten.app.care import measures as care
from outlisten.app.decisions import measures as decisions
from outlisten.app.decisions.claims import measures as claims
from outlisten.app.listening import compare_measures as compared
from outlisten.app.listening import measures as voices
from outlisten.app.listening import mirror_measures as mirror
from outlisten.app.participation import measures as participation
from outlisten.app.people.rules import Actor
from outlisten.app.trust import measures as trust
from outlisten.app.trust.disclosure import measures as disclosure
from outlisten.app.web.measure import Measure

Measuring = Callable[[Actor], Measure]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, what it warns of, and its measures, the most telling first."""

    number: int
    text: str | Promise
    instead_of: str | Promise
    measures: tuple[Measuring, ...]


TEN = (
    Statement(
        1,
        _("Social media shows who you are, not what you do. It cannot make a company talk with people if its culture does not."),
        _("publishing without talking"),
        (mirror.answered, mirror.time_to_answer, care.time_to_first_answer, mirror.image_distance),
    ),
    Statement(
        2,
        _("The customer relationship cannot be handed to an agency. Research, collection, creative work and technology can."),
        _("letting outsiders answer"),
        (care.answers_by_employees, care.attempts_refused, care.conversations_held),
    ),
    Statement(
        3,
        _("A blog is only a blog. Publishing does not turn content into credible word of mouth."),
        _("taking our own noise for word of mouth"),
        (voices.earned_to_owned_voice, voices.said_by_companies),
    ),
    Statement(
        4,
        _("Marketing content on social media is not social marketing."),
        _("advertising through one more channel"),
        (mirror.conversation,),
    ),
    Statement(
        5,
        _("Transparency is not a slogan, and disclosure is not only the lawyers’ business."),
        _("hiding who is paid"),
        (disclosure.undisclosed_found, disclosure.undisclosed_mended, trust.audit_verified, trust.age_of_data),
    ),
    Statement(
        6,
        _("Change how you manage: one social media manager is not enough, it must be in the company’s DNA."),
        _("one person and one account carrying everything"),
        (participation.departments, participation.hands),
    ),
    Statement(
        7,
        _("People matter more than tools: hire and keep those who like to share and who care."),
        _("trusting in monitoring tools and the number of accounts"),
        (care.thanks_received, care.promises_kept, care.load_balance),
    ),
    Statement(
        8,
        _("It does not belong to the marketing department; look at business effect, not page effect."),
        _("counting likes and followers"),
        (care.departments_answering, participation.backgrounds, care.cases_solved),
    ),
    Statement(
        9,
        _(
            "Be quiet and listen first, to your customers and to your competitors’ customers; turn what you hear into "
            "insight, and insight into decisions."
        ),
        _("busy talking, without a way to listen"),
        (compared.share_of_voice, decisions.decisions_from_insights, participation.talk_balance,
         decisions.reviewed_on_time, decisions.measured_outcomes, decisions.decision_mix),
    ),
    Statement(
        10,
        _("Distrust whoever has not told you all this: magic formulas, instant improvement, follower counts."),
        _("believing whoever has many fans and good stories"),
        (claims.verdicts, claims.promises_tested, claims.written_before, claims.smallest_detectable_effect),
    ),
)  # fmt: skip
