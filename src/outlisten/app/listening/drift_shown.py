"""The drift watch and the reliability diagrams, ready to be shown: sentences, pictures and rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from outlisten.app.listening.figures import Figure, notes_of, posts_behind
from outlisten.app.listening.labels import value_label
from outlisten.app.listening.teaching.judged import Diagram, diagrams
from outlisten.app.listening.wording import locale
from outlisten.charts import Theme, drift, reliability, spec
from outlisten.insights import Estimate, Insight
from outlisten.insights.drift_watch import sentence, verdict


@dataclass(frozen=True, slots=True)
class Row:
    """A language of the newest window (all posts where `name` is blank) beside the window of reference."""

    name: str
    posts: int
    posts_url: str
    state: str
    now: Mapping[str, Any]
    before: Mapping[str, Any] | None
    right: Estimate | None

    @property
    def index(self) -> float | None:
        """The largest stability index of the row."""
        found = [self.now[f"{name}_psi"] for name in ("mix", "tone", "confidence")]
        return max((psi for psi in found if psi is not None), default=None)


def drift_shown(insight: Insight, theme: Theme) -> dict[str, Any]:
    """What the panel shows."""
    found, bucket = verdict(insight), str(insight.settings.get("bucket", "month"))
    label = sentence(found, bucket, locale())
    drawn = found.newest is not None and found.newest != found.reference
    picture = spec(drift(insight, locale(), theme)) if drawn else None
    return {
        "found": found,
        "label_again": found.state in ("watch", "again"),
        "sentence": label,
        "figure": Figure("drift", picture, label, size="is-low") if picture else None,
        "rows": drift_rows(insight) if drawn else [],
        "notes": notes_of(insight),
    }


def drift_rows(insight: Insight) -> list[Row]:
    """The rows of the newest window."""
    rows = insight.table.to_pylist()
    newest, reference = rows[-1]["bucket"], rows[0]["bucket"]
    before = {row["lang"]: row for row in rows if row["bucket"] == reference}
    return [
        Row(
            value_label("lang", row["lang"]) if row["lang"] else "", row["posts"], posts_behind(row["evidence"]),
            row["state"], row, before.get(row["lang"]),
            None if row["right"] is None else Estimate(row["right"], row["low"], row["high"]),
        )
        for row in rows
        if row["bucket"] == newest
    ]  # fmt: skip


def diagrams_shown(theme: Theme) -> list[Figure]:
    """A reliability diagram a language, where people labelled enough random posts."""
    return [_diagram(lang, one, theme) for lang, one in diagrams().items()]


def _diagram(lang: str, one: Diagram, theme: Theme) -> Figure:
    name = value_label("lang", lang)
    figures = {"lang": name, "n": one.posts, "gap": f"{100 * one.error:.1f}"}
    said = (
        _(
            "%(lang)s: what was learned here is %(gap)s points off on average, on %(n)d random posts that people labelled "
            "(cross-validated)."
        )
        if one.learned
        else _(
            "%(lang)s: the chances are %(gap)s points off on average, on %(n)d random posts that people labelled."
        )
    )
    picture = spec(reliability(one.rows, locale(), theme))
    return Figure(f"reliability-{lang}", picture, said % figures, sentence=said % figures, size="is-low")
