"""Who speaks, ready to be shown: a count for each voice with its posts, and the ratio earned : owned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outlisten.app.listening.figures import posts_behind
from outlisten.app.listening.labels import value_label
from outlisten.insights import Estimate, Insight
from outlisten.insights.evidence import having
from outlisten.insights.voices import FOR_COMPANIES

# People first, then those who speak for companies.
LISTED = ("earned", "unknown", *FOR_COMPANIES)


@dataclass(frozen=True, slots=True)
class VoiceCount:
    """Posts of one voice, and where they are."""

    voice: str
    label: str
    posts: int
    posts_url: str


def counts_of(insight: Insight) -> list[VoiceCount]:
    """The voices of a *voices over time* insight that have posts, as they are listed everywhere."""
    counts: dict[str, int] = {}
    for row in insight.table.to_pylist():
        counts[row["voice"]] = counts.get(row["voice"], 0) + row["posts"]
    evidence = insight.evidence
    return [
        VoiceCount(voice, value_label("voice", voice), counts[voice],
                   posts_behind(f"{evidence} {having('voice', voice)}".strip()))
        for voice in LISTED
        if counts.get(voice)
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who speaks of one side of a comparison: a count for every voice, and the ratio earned : owned."""

    name: str
    ours: bool
    counts: list[VoiceCount]
    ratio: Estimate | None


def spoken_of(insight: Insight, ratios: Mapping[str, Estimate | None]) -> list[Spoken]:
    """A line for each side of a *voices of each* insight, ours first, its voices in the order of `LISTED`."""
    rows = {(row["topic"], row["voice"]): row for row in insight.table.to_pylist()}
    return [
        Spoken(
            name,
            place == 0,
            [
                VoiceCount(
                    v,
                    value_label("voice", v),
                    rows[name, v]["posts"],
                    posts_behind(rows[name, v]["evidence"]),
                )
                for v in LISTED
            ],
            ratio,
        )
        for place, (name, ratio) in enumerate(ratios.items())
    ]


def ratio_of(insight: Insight) -> Estimate | None:
    """The ratio earned : owned that the insight carries; None where there is none."""
    if "ratio" not in insight.settings:
        return None
    value, low, high = (float(insight.settings[name]) for name in ("ratio", "low", "high"))
    return Estimate(value, low, high)
