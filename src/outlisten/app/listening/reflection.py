"""What the mirror says, ready to be shown: sentences and rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.listening.labels import value_label
from outlisten.app.listening.queries.mirror import Behaviour
from outlisten.app.listening.wording import locale
from outlisten.charts.answer_times_chart import minutes_in_words
from outlisten.insights import Estimate
from outlisten.insights.figures_in_words import count_in_words, share_in_words
from outlisten.insights.mirror import Answers, Broadcast, ImageDistance
from outlisten.insights.waiting import Quantile

SHOWN = 8  # rows of a list before the rest is folded


def distance_sentence(name: str, found: ImageDistance) -> str:
    """How far the words are apart, and whether that is more than customers differ among themselves."""
    if found.distance is None or found.floor is None:
        return _(
            "Not enough to say how far apart the words are: %(texts)s different texts of %(name)s (30 are needed), "
            "%(authors)s customers (60 are needed)."
        ) % {"texts": count_in_words(found.texts), "authors": count_in_words(found.authors), "name": name}
    figures = {
        "name": name,
        "share": share_in_words(found.distance, locale()),
        "floor": share_in_words(found.floor, locale()),
    }
    if found.apart:
        return (
            _(
                "The words of %(name)s are %(share)s away from those of its customers; two random halves of the customers "
                "are %(floor)s apart."
            )
            % figures
        )
    return (
        _(
            "The words of %(name)s are %(share)s away from those of its customers, no further than chance allows: two "
            "random halves of the customers are %(floor)s apart."
        )
        % figures
    )


def broadcast_sentence(name: str, found: Broadcast) -> str:
    """What the company's own posts are, and whether anybody answered those that begin a conversation."""
    if found.share is None and found.cut:
        return _(
            "None of the posts that were read is by %(name)s itself, so what it writes cannot be judged."
        ) % {"name": name}
    if found.share is None:
        return _("No post of %(name)s itself is kept, so what it writes cannot be judged.") % {"name": name}
    said = _("%(share)s of %(n)s own posts of %(name)s are conversation, %(promotion)s are promotion.") % {
        "share": share_in_words(found.share, locale()),
        "n": count_in_words(found.total),
        "name": name,
        "promotion": count_in_words(found.posts["promotion"]),
    }
    if not found.opening:
        return said + _(" All of them reply to somebody; none begins a conversation.")
    return said + ngettext(
        " Of %(opening)s that begin a conversation people answered one, and the company wrote back under %(back)s.",
        " Of %(opening)s that begin a conversation people answered %(heard)s, and the company wrote back under %(back)s.",
        found.heard,
    ) % {
        "opening": count_in_words(found.opening),
        "heard": count_in_words(found.heard),
        "back": count_in_words(found.answered_back),
    }


def answers_sentence(name: str, found: Answers) -> str:
    """Who was answered and after how long; that it cannot be seen where it cannot."""
    if found.share is None:
        if found.unseen:
            return _(
                "Whether %(name)s answers cannot be seen in this source: %(n)s people addressed it on %(places)s, from where no "
                "answer of it is kept. That is not the same as no answer."
            ) % {"name": name, "n": count_in_words(sum(found.unseen.values())), "places": places(found)}
        return _("Nobody is kept who addressed %(name)s.") % {"name": name}
    said = _("%(share)s of %(n)s people who addressed %(name)s got an answer in public.") % {
        "share": share_in_words(found.share, locale()),
        "n": count_in_words(found.asked),
        "name": name,
    }
    if found.waiting is None:
        return said + _(" How long they waited is not known: the source gives days without a time.")
    median, late = quantile(found.waiting.median), quantile(found.waiting.p90)
    return said + _(" Half had it within %(median)s, nine of ten within %(late)s.") % {
        "median": median,
        "late": late,
    }


def quantile(found: Quantile) -> str:
    """Minutes with their interval in words; an end that was never reached is said to be longer than what was seen."""
    if found.value is None:
        return _("longer than was seen")
    low = minutes_in_words(found.low, locale()) if found.low is not None else "?"
    high = minutes_in_words(found.high, locale()) if found.high is not None else _("longer than was seen")
    value = minutes_in_words(found.value, locale())
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def places(found: Answers) -> str:
    """The networks on which answers cannot be seen."""
    return str(_(", ")).join(value_label("platform", name) for name in found.unseen)


@dataclass(frozen=True, slots=True)
class Row:
    """One company in the table of how others behave."""

    key: str
    name: str
    ours: bool
    chosen: bool
    posts: int
    conversation: Estimate | None
    asked: int
    answered: Estimate | None
    median: str
    late: str
    unseen: bool


def table(found: Iterable[Behaviour], chosen: str) -> list[Row]:
    """A row for each company of which anything can be seen; ours and the chosen one always, and first."""
    rows = [_row(one, chosen) for one in found]
    kept = [row for row in rows if row.ours or row.chosen or row.posts or row.asked]
    return sorted(kept, key=lambda row: (not row.ours, not row.chosen, -row.asked))


def _row(one: Behaviour, chosen: str) -> Row:
    waits = one.answers.waiting
    return Row(
        key=one.company.key,
        name=one.company.name,
        ours=one.company.ours,
        chosen=one.company.key == chosen,
        posts=one.broadcast.total,
        conversation=one.broadcast.share,
        asked=one.answers.asked,
        answered=one.answers.share,
        median=_short(waits.median) if waits else "",
        late=_short(waits.p90) if waits else "",
        unseen=one.answers.share is None and bool(one.answers.unseen),
    )


def _short(found: Quantile) -> str:
    return minutes_in_words(found.value, locale()) if found.value is not None else _("longer than was seen")


@dataclass(frozen=True, slots=True)
class OwnPost:
    """An own post in the list: what it was read as, the words that say so, and who answered."""

    id: str
    text: str
    created_at: object
    kind: str
    kind_label: str
    signs: Sequence[str]
    replies: int
    back: bool


def own_posts(found: Broadcast, kind: str = "", limit: int = SHOWN) -> list[OwnPost]:
    """The newest own posts of a kind, or of each."""
    labels = {"promotion": _("promotion"), "conversation": _("conversation"), "neither": _("neither")}
    rows = found.rows.filter(found.rows["kind"] == kind) if kind else found.rows
    return [
        OwnPost(
            row["id"], (row["text"] or "")[:240], row["created_at"], row["kind"], labels[row["kind"]],
            row["signs"][:4], row["replies"], row["back"],
        )
        for row in rows.head(limit).iter_rows(named=True)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class LongWait:
    """One person in one conversation who waits, or waited longest."""

    id: str
    answered: bool
    said: str


def longest_waits(found: Answers, limit: int = SHOWN) -> list[LongWait]:
    """Who has no answer first, then the longest waits that ended."""
    waiting = found.rows.filter(found.rows["answer"].is_null()).sort("asked_at", nulls_last=True)
    ended = found.rows.filter(found.rows["minutes"].is_not_null()).sort("minutes", descending=True)
    rows = [*waiting.head(limit).iter_rows(named=True), *ended.head(limit).iter_rows(named=True)][:limit]
    return [
        LongWait(
            row["id"],
            row["answer"] is not None,
            minutes_in_words(row["minutes"], locale()) if row["minutes"] is not None else _("no answer"),
        )
        for row in rows
    ]
