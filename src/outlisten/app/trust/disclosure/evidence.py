"""A judged post with its evidence: the marked words, why each market says what it says, and what could be written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from outlisten.app.listening.rows import SEARCHED
from outlisten.app.listening.wording import locale
from outlisten.app.trust.disclosure.declared import markets_of
from outlisten.app.trust.models import JudgedPost
from outlisten.language.disclosure import Company, Relation, Verdict, judge, told
from outlisten.language.disclosure.telling import markets, outcomes, reasons
from outlisten.words import words

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Told:
    """One or more markets that say the same, in the reader's language."""

    markets: str
    outcome: str
    outcome_name: str
    reason_name: str
    why: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A judged post for the list; `post` is None when it is no longer kept."""

    judged: JudgedPost
    post: dict[str, Any] | None
    title_marks: tuple[Span, ...] = ()
    text_marks: tuple[Span, ...] = ()
    told: tuple[Told, ...] = ()
    wording: str = ""


def shown(judged: JudgedPost, post: dict[str, Any] | None, ours: Company) -> Shown:
    """The evidence is found afresh in the kept words, so it is never another text's."""
    if post is None:
        return Shown(judged, None)
    read = {**post, "text": (post["text"] or "")[:SEARCHED]}
    verdicts = judge(
        read,
        relation=cast("Relation", judged.relation),
        markets=markets_of(judged.account, post),
        ours=ours,
    )
    gravest = max(verdicts, key=lambda verdict: verdict.severity)
    return Shown(
        judged=judged,
        post=read,
        title_marks=tuple(_marks(verdicts, title=True)),
        text_marks=tuple(_marks(verdicts, title=False)),
        told=tuple(_told(verdicts)),
        wording=gravest.wording,
    )


def _marks(verdicts: Iterable[Verdict], *, title: bool) -> Iterable[Span]:
    for verdict in verdicts:
        marker = verdict.marker
        if marker and (marker.place == "title") is title:
            yield marker.start, marker.end
        yield from ((t.start, t.end) for t in verdict.triggers if (t.where == "title") is title)


def _told(verdicts: Iterable[Verdict]) -> Iterable[Told]:
    """Markets that say the same share a line."""
    say = words("disclosure", locale())
    groups: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        groups.setdefault((verdict.outcome, told(verdict, locale())), []).append(verdict)
    for (outcome, why), same in groups.items():
        yield Told(
            markets=say(", ").join(markets(say)[verdict.market] for verdict in same),
            outcome=outcome,
            outcome_name=outcomes(say)[same[0].outcome],
            reason_name=reasons(say)[same[0].reason],
            why=why,
            rules=tuple(dict.fromkeys(rule for verdict in same for rule in verdict.rules)),
        )
