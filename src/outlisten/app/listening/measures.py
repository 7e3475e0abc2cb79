"""Statement 3, a blog is only a blog: how much of the talk was earned, and how much the company said itself."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from outlisten.app.listening.clock import AsOf, as_of
from outlisten.app.listening.companies import either, names_of
from outlisten.app.listening.figures import posts_behind
from outlisten.app.listening.filters import clause
from outlisten.app.listening.models import Brand, DeclaredAccount
from outlisten.app.listening.queries.names import brands, sample_limits, workspace
from outlisten.app.listening.store import posts
from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Act, Actor, may, require
from outlisten.app.web.measure import Measure, Point, Step
from outlisten.insights import earned_to_owned, share_for_companies, voices_over_time
from outlisten.insights.evidence import bracketed, narrowed
from outlisten.insights.figures_in_words import ratio_in_words, share_in_words
from outlisten.insights.voices import FOR_COMPANIES
from outlisten.insights.windows import span_of
from outlisten.posts.store import TimeRange
from outlisten.query import Query, parse

# A month with fewer posts on either side has an interval nobody can read.
FEWEST = 10
MONTHS = 24
VOICES_OF_COMPANIES = clause("voice", FOR_COMPANIES)


def earned_to_owned_voice(reader: Actor) -> Measure:
    """Earned posts about our brands for each post by our own accounts, by month. Raises Refused."""
    require(reader, Act.SEE_STATEMENTS)
    name = _("Earned posts for each post of our own")
    asked = _asked()
    if asked is None:
        return _no_brand(name, reader)
    query, moment = asked
    window = moment.default_period.window(moment.today, moment.zone)
    ratio = earned_to_owned(posts(), query, window)
    if ratio is None:
        return Measure(name, unit="ratio", missing=_lacking(query, window), next_step=_declare(reader))
    said = {"ratio": ratio_in_words(ratio, locale())}
    return Measure(
        name,
        sentence=_("Earned : owned is %(ratio)s.") % said,
        value=ratio.value,
        low=ratio.low,
        high=ratio.high,
        unit="ratio",
        trend=_by_month(query, window, moment),
        evidence=[
            _behind(_("earned posts"), query, "voice:earned", window, moment),
            _behind(_("our own posts"), query, "voice:owned", window, moment),
        ],
        next_step=Step(_("See who speaks of each brand"), reverse("compare")),
        limits=sample_limits(),
    )


def said_by_companies(reader: Actor) -> Measure:
    """How much of the talk about our brands was the company, its employees, partners and paid voices. Raises Refused."""
    require(reader, Act.SEE_STATEMENTS)
    name = _("How much of the talk was the company itself, its partners and paid voices")
    asked = _asked()
    if asked is None:
        return _no_brand(name, reader)
    query, moment = asked
    window = moment.default_period.window(moment.today, moment.zone)
    share = share_for_companies(posts(), query, window)
    if share is None or not _anybody_told(query, window):
        return Measure(name, missing=_lacking(query, window), next_step=_declare(reader))
    said = {"share": share_in_words(share, locale())}
    return Measure(
        name,
        sentence=_(
            "%(share)s of the posts about us were by the company itself, its employees, partners or paid voices."
        )
        % said,
        value=share.value,
        low=share.low,
        high=share.high,
        evidence=[_behind(_("these posts"), query, VOICES_OF_COMPANIES, window, moment)],
        next_step=_declare(reader),
        limits=sample_limits(),
    )


def _asked() -> tuple[Query, AsOf] | None:
    """What is said of our brands, and the day it is asked on; None where no brand is ours.

    What competitors' own accounts say of us is left out: they are neither us nor people.
    """
    moment = as_of(workspace(), posts())
    sides = {side: [brand for brand in brands() if brand.side == side] for side in Brand.Side.values}
    if not sides[Brand.Side.OWN]:
        return None
    said = " OR ".join(bracketed(brand.query) for brand in sides[Brand.Side.OWN])
    theirs = either("author", (name for brand in sides[Brand.Side.COMPETITOR] for name in names_of(brand)))
    text = f"({said}) NOT ({VOICES_OF_COMPANIES} ({theirs}))" if theirs else said
    query = parse(text, moment.context)
    return (query, moment) if query.valid else None


def _anybody_told(query: Query, window: TimeRange) -> bool:
    """Whether anything says who speaks for us: a declared account of ours, or a post with such a voice.

    That competitors' accounts are declared says nothing of our own.
    """
    said = parse(narrowed(query, VOICES_OF_COMPANIES, zone=query.context.zone), query.context)
    return _ours().exists() or posts().count(said, window=window).value > 0


def _ours() -> QuerySet[DeclaredAccount]:
    return DeclaredAccount.objects.filter(Q(brand=None) | Q(brand__side=Brand.Side.OWN))


def _lacking(query: Query, window: TimeRange) -> str:
    if not _ours().filter(voice="owned").exists():
        return _("No own account is declared, so what the company says of itself counts as what people say.")
    if not posts().count(query, window=window).value:
        return _("No post about our brands in this period.")
    return _("Posts of our own accounts, or earned ones, are missing in this period.")


def _by_month(query: Query, window: TimeRange, moment: AsOf) -> list[Point]:
    """The ratio of every month with enough posts on both sides, with the same interval as the whole."""
    insight = voices_over_time(posts(), query, window, bucket="month", zone=moment.zone)
    held: dict[datetime, dict[str, int]] = {}
    for row in insight.table.to_pylist():
        held.setdefault(row["bucket"], {})[row["voice"]] = row["posts"]
    points = []
    for start, counts in sorted(held.items())[-MONTHS:]:
        if min(counts.get("earned", 0), counts.get("owned", 0)) < FEWEST:
            continue
        ratio = earned_to_owned(posts(), query, span_of(start, "month", moment.zone, window))
        if ratio is not None:
            points.append(Point(start.date(), ratio.value, ratio.low, ratio.high))
    return points


def _behind(label: str, query: Query, voice: str, window: TimeRange, moment: AsOf) -> Step:
    return Step(label, posts_behind(narrowed(query, voice, window=window, zone=moment.zone)))


def _declare(reader: Actor) -> Step:
    """Where one starts: declaring, or, for who may not, looking at what is declared."""
    label = (
        _("Declare our accounts") if may(reader, Act.DECLARE_VOICES) else _("See which accounts are declared")
    )
    return Step(label, reverse("voices"))


def _no_brand(name: str, reader: Actor) -> Measure:
    missing = _("No brand of ours is named, so nobody knows which posts are about us.")
    step = Step(_("Add our brand"), reverse("brand_new"))
    return Measure(name, missing=missing, next_step=step if may(reader, Act.EDIT_BRANDS) else None)
