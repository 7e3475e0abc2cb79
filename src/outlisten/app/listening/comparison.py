"""What a comparison says, ready to be shown: its first sentence, its table, the words of each side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from outlisten.app.listening.figures import posts_behind
from outlisten.app.listening.wording import locale
from outlisten.insights import Estimate, Insight
from outlisten.insights.figures_in_words import share_in_words

TONES = ("negative", "neutral", "positive")


@dataclass(frozen=True, slots=True)
class Shown:
    """An estimate in words, its value and ends in percent for the band, and where its posts are."""

    words: str
    value: float
    low: float
    high: float
    posts_url: str


@dataclass(frozen=True, slots=True)
class Line:
    """One side in the table; an estimate is None where there is not enough to say."""

    name: str
    ours: bool
    posts: int
    authors: int
    posts_url: str
    voice: Shown | None
    negative: Shown | None
    positive: Shown | None

    @property
    def sentence(self) -> str:
        """The whole line in words, as it is pinned."""
        none = _("not enough to say")
        return _(
            "%(name)s: %(posts)s posts by %(authors)s people; share of voice %(voice)s; "
            "negative %(negative)s, positive %(positive)s."
        ) % {
            "name": self.name, "posts": f"{self.posts:,}", "authors": f"{self.authors:,}",
            "voice": self.voice.words if self.voice else none,
            "negative": self.negative.words if self.negative else none,
            "positive": self.positive.words if self.positive else none,
        }  # fmt: skip


def table(voices: Insight, tones: Mapping[str, Insight]) -> list[Line]:
    """A line for each side, ours first."""
    rows = voices.table.to_pylist()
    return [_line(row, tones[row["topic"]], ours=place == 0) for place, row in enumerate(rows)]


def _line(voice: Mapping[str, Any], tone: Insight, *, ours: bool) -> Line:
    tones = {row["sentiment"]: _shown(row) for row in tone.table.to_pylist() if row["sentiment"] in TONES}
    return Line(
        name=voice["topic"],
        ours=ours,
        posts=voice["posts"],
        authors=voice["authors"],
        posts_url=posts_behind(voice["evidence"]),
        voice=_shown(voice),
        negative=tones.get("negative"),
        positive=tones.get("positive"),
    )


def _shown(row: Mapping[str, Any]) -> Shown | None:
    if row["share"] is None:
        return None
    said = share_in_words(Estimate(row["share"], row["low"], row["high"]), locale())
    return Shown(said, 100 * row["share"], 100 * row["low"], 100 * row["high"], posts_behind(row["evidence"]))


def sentence(lines: Sequence[Line]) -> str:
    """The first sentence: our share of the voice, and who is spoken of most negatively if one stands out."""
    us = lines[0]
    if us.voice is None:
        return _("Not enough people speak of these to compare them.")
    said = _("%(share)s of those who speak of any of these %(n)d speak of %(name)s.") % {
        "share": us.voice.words,
        "n": len(lines),
        "name": us.name,
    }
    return said + _complaint(lines)


def _complaint(lines: Sequence[Line]) -> str:
    """Whose share of negative authors lies wholly above everybody else's; nothing when none does."""
    known = sorted(
        ((line.negative, line.name) for line in lines if line.negative), key=lambda pair: -pair[0].value
    )
    if len(known) < max(2, len(lines)):
        return ""
    (worst, name), *others = known
    if worst.low <= max(other.high for other, _name in others):
        return ""
    return _(" Most negative: %(name)s, %(share)s.") % {"name": name, "share": worst.words}


def apart_sentence(first: str, sides: Sequence[tuple[str, str, Sequence[Word]]]) -> str:
    """What is pinned of the words that set two sides apart: how many stand, and the first of each side."""
    said = [
        _("Said of %(name)s: %(words)s.") % {"name": name, "words": " · ".join(w.term for w in words[:6])}
        for name, _other, words in sides
        if words
    ]
    return " ".join([*([first] if first else []), *said]) if said else first


@dataclass(frozen=True, slots=True)
class Word:
    """A word of one side. The band (0–100) says how strongly it leans there, `stands` whether surely."""

    term: str
    value: float
    low: float
    high: float
    stands: bool
    here: int
    there: int
    evidence: str


def words_of(insight: Insight, side: str) -> list[Word]:
    """The words of a side of a keyness insight ("query" or "against"), the most telling first."""
    rows = insight.table.to_pylist()
    widest = max((abs(end) for row in rows for end in (row["low"], row["high"])), default=1.0) or 1.0
    return [_word(row, widest) for row in rows if row["side"] == side]


def _word(row: Mapping[str, Any], widest: float) -> Word:
    low, high = sorted(
        max(0.0, 100 * end * (1 if row["log_odds"] > 0 else -1) / widest) for end in (row["low"], row["high"])
    )
    here, there = row["authors"], row["authors_against"]
    if row["side"] == "against":
        here, there = there, here
    value = 100 * abs(row["log_odds"]) / widest
    return Word(row["term"], value, low, high, row["distinctive"], here, there, row["evidence"])


def words_sentence(insight: Insight) -> str:
    """How many words stand out for certain among those compared; blank when nothing was compared."""
    tested = insight.note("tested")
    if tested is None:
        return ""
    found, compared = int(tested.params["found"]), f"{int(tested.params['tested']):,}"
    if not found:
        return _(
            "None of %(compared)s words compared stands out for certain; those below only lean to a side."
        ) % {"compared": compared}
    return ngettext(
        "Of %(compared)s words compared, one stands out for certain.",
        "Of %(compared)s words compared, %(found)d stand out for certain.",
        found,
    ) % {"compared": compared, "found": found}
