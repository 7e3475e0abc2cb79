"""Statement 5: undisclosed posts of those connected with us, found and mended."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outlisten.app.listening.wording import locale
from outlisten.app.people.rules import Actor
from outlisten.app.trust.disclosure.declared import connected_accounts
from outlisten.app.trust.disclosure.headline import declare_address
from outlisten.app.trust.models import JudgedPost
from outlisten.app.web.measure import Measure, Point, Step
from outlisten.insights.figures_in_words import share_in_words
from outlisten.insights.proportions import wilson

State = JudgedPost.State
MONTHS = 12
# Found, and not by mistake: also what was mended or accepted since.
SIGNS = Q(found_at__isnull=False) & ~Q(state=State.MISTAKEN)
LIMITS = (
    gettext_lazy("Only declared accounts are judged; relations nobody declared stay unknown."),
    gettext_lazy("Pictures and videos are not read."),
)


def undisclosed_found(reader: Actor) -> Measure:
    """The share of judged posts that showed signs without disclosure, mended ones included."""
    name = gettext_lazy("Undisclosed posts by those connected with us")
    judged = JudgedPost.objects.count()
    share = wilson(JudgedPost.objects.filter(SIGNS).count(), judged)
    if share is None:
        return _not_yet(name)
    signs = JudgedPost.objects.filter(SIGNS).count()
    said = _("%(signs)d of %(judged)d posts by declared accounts showed signs without disclosure: %(share)s.") % {
        "signs": signs, "judged": judged, "share": share_in_words(share, locale()),
    }  # fmt: skip
    return Measure(
        name=name, sentence=said, value=share.value, low=share.low, high=share.high, trend=_months(),
        evidence=(Step(gettext_lazy("The posts with signs"), _page("to-mend")),),
        next_step=Step(gettext_lazy("Open the disclosure watch"), _page("to-mend")), limits=LIMITS,
    )  # fmt: skip


def undisclosed_mended(reader: Actor) -> Measure:
    """Of the posts that showed signs, the share that an edit mended."""
    name = gettext_lazy("Undisclosed posts mended")
    found = JudgedPost.objects.filter(SIGNS).count()
    mended = JudgedPost.objects.filter(SIGNS, state=State.MENDED).count()
    share = wilson(mended, found)
    if share is None:
        nothing = gettext_lazy("No post with signs was found yet, so nothing could be mended.")
        return Measure(name=name, missing=nothing, next_step=_not_yet(name).next_step)
    said = _("%(mended)d of %(found)d undisclosed posts were mended: %(share)s.") % {
        "mended": mended, "found": found, "share": share_in_words(share, locale()),
    }  # fmt: skip
    return Measure(
        name=name, sentence=said, value=share.value, low=share.low, high=share.high,
        evidence=(Step(gettext_lazy("The posts that were mended"), _page("mended")),),
        next_step=Step(gettext_lazy("Open the disclosure watch"), _page("to-mend")), limits=LIMITS,
    )  # fmt: skip


def _not_yet(name: object) -> Measure:
    """What is lacking, and where one starts."""
    if not connected_accounts():
        lacking = gettext_lazy("Accounts of partners, employees and paid writers are not declared yet.")
        return Measure(
            name=str(name),
            missing=lacking,
            next_step=Step(gettext_lazy("Declare accounts"), declare_address()),
        )
    lacking = gettext_lazy("No post by a declared account is kept yet.")
    return Measure(
        name=str(name),
        missing=lacking,
        next_step=Step(gettext_lazy("Import their posts"), reverse("imports")),
    )


def _months() -> list[Point]:
    """By month in which the posts were written; undated posts are left out."""
    months = (
        JudgedPost.objects.filter(written_at__isnull=False)
        .annotate(month=TruncMonth("written_at"))
        .values("month")
        .annotate(posts=Count("id"), signs=Count("id", filter=SIGNS))
        .order_by("-month")[:MONTHS]
    )
    return [_point(month["month"].date(), month["signs"], month["posts"]) for month in reversed(months)]


def _point(start: date, signs: int, posts: int) -> Point:
    share = wilson(signs, posts)
    assert share is not None  # a month is only there because of its posts
    return Point(start, share.value, share.low, share.high)


def _page(show: str) -> str:
    return f"{reverse('disclosure')}?show={show}"
