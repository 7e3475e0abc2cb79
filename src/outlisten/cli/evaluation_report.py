"""What an evaluation found, as JSON and as tables."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from outlisten.cli.reliability_table import show_reliability
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.language.evaluation import Answering, Scoring

# A confusion of more labels than this does not fit a screen.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The figures, who answered, and how many posts of the file a person left out."""

    scoring: Scoring
    answers: Answering
    left_out: int
    column: str

    @property
    def per_second(self) -> float:
        """Posts read in a second, the reading alone."""
        return self.scoring.tally.n / self.answers.seconds if self.answers.seconds else 0.0

    def as_json(self) -> dict[str, Any]:
        """The command line's contract, and all else that is known."""
        scoring, tally = self.scoring, self.scoring.tally
        told: dict[str, Any] = {
            "task": scoring.task.name,
            "n": tally.n,
            "metrics": {name: round(found.value, 6) for name, found in scoring.metrics.items()},
            "posts_per_second": round(self.per_second, 1),
            "model": self.answers.model,
            "tier": self.answers.tier,
            "main": scoring.first,
            "intervals": {
                name: [round(found.low, 6), round(found.high, 6)] for name, found in scoring.metrics.items()
            },
            "judged_on": list(scoring.labels),
            "per_class": scoring.per_class(),
            "coverage": round(scoring.coverage, 6),
            "read_otherwise": dict(tally.otherwise),
            "left_out": self.left_out,
            "label_column": self.column,
        }
        if scoring.task.kind != "several":
            counts = scoring.confusion
            told["confusion"] = {
                "labels": list(counts.labels), "counts": counts.cells.tolist(), "unread": counts.unread.tolist(),
            }  # fmt: skip
        if tally.reliability.n:
            told["calibration_error"] = round(tally.reliability.error, 6)
            told["reliability"] = [row._asdict() for row in tally.reliability.rows()]
            told["told"] = {"share": round(tally.told.n / tally.n, 6), **tally.told.as_json()}
            told["untold"] = tally.untold.as_json()
        return told

    def show(self, session: Session) -> None:
        """The figures in sentences and tables."""
        _ = session.words
        scoring, tally = self.scoring, self.scoring.tally
        session.print(
            _("{task}: {n:,} posts, {speed:,.0f} a second, read by {model}").format(
                task=scoring.task.name, n=tally.n, speed=self.per_second, model=self.answers.model
            )
        )
        if self.left_out:
            session.print(_("Posts that you left out: {n:,}.").format(n=self.left_out))
        if scoring.task.name == "sentiment" and len(scoring.labels) == 2:
            session.print(
                _(
                    "The file has no neutral posts, so the model chose between negative and positive; left to itself it "
                    "calls {n:,} of them neutral."
                ).format(n=tally.otherwise["neutral"])
            )
        session.print(
            _("Got an answer: {share:.1%}. What the models cannot tell counts as wrong.").format(
                share=scoring.coverage
            )
        )
        self._show_measures(session)
        if tally.reliability.n:
            self._show_told(session)
        self._show_labels(session)
        if scoring.task.kind != "several" and len(scoring.labels) <= SHOWN:
            self._show_confusion(session)
        if tally.reliability.n:
            show_reliability(session, tally.reliability)

    def _show_told(self, session: Session) -> None:
        """Of how many posts a person is shown an answer, and how right it is there and would be elsewhere."""
        _ = session.words
        tally = self.scoring.tally
        session.print(
            _(
                "Can tell one post's label (its chance is at least one half): {share:.1%} of the posts."
            ).format(share=tally.told.n / tally.n)
        )
        parts = (
            (_("Right where it can tell: {right:.1%} ({low:.1%} – {high:.1%}), {n:,} posts."), tally.told),
            (
                _("Right where it only leans: {right:.1%} ({low:.1%} – {high:.1%}), {n:,} posts."),
                tally.untold,
            ),
        )
        for sentence, part in parts:
            if part.n:
                session.print(sentence.format(**part.as_json()))

    def _show_measures(self, session: Session) -> None:
        from rich.table import Table

        _ = session.words
        table = Table(box=None, pad_edge=False)
        table.add_column(_("Measure"))
        for title in (_("Value"), _("95 % interval")):
            table.add_column(title, justify="right")
        for name, found in self.scoring.metrics.items():
            mark = " *" if name == self.scoring.first else ""
            table.add_row(name + mark, f"{found.value:.3f}", f"{found.low:.3f} – {found.high:.3f}")
        reliability = self.scoring.tally.reliability
        if reliability.n:
            low, high = reliability.error_interval()
            table.add_row("calibration_error", f"{reliability.error:.3f}", f"{low:.3f} – {high:.3f}")
        session.console().print(table)
        session.print(_("* the measure usually quoted for this task"))

    def _show_labels(self, session: Session) -> None:
        from rich.table import Table

        _ = session.words
        table = Table(box=None, pad_edge=False)
        table.add_column(_("Label"))
        for title in (_("Precision"), _("Recall"), "F1", _("Posts")):
            table.add_column(title, justify="right")
        for row in self.scoring.per_class():
            figures = [f"{row[name]:.3f}" for name in ("precision", "recall", "f1")]
            table.add_row(str(row["label"]), *figures, f"{row['n']:,}")
        session.print("")
        session.console().print(table)

    def _show_confusion(self, session: Session) -> None:
        from rich.table import Table

        _ = session.words
        counts = self.scoring.confusion
        table = Table(box=None, pad_edge=False)
        table.add_column(_("Truly ↓ read →"))
        for label in (*counts.labels, _("cannot tell or other")):
            table.add_column(label, justify="right")
        for label, row, unread in zip(
            counts.labels, counts.cells.tolist(), counts.unread.tolist(), strict=True
        ):
            table.add_row(label, *(f"{n:,}" for n in (*row, unread)))
        session.print("")
        session.console().print(table)
