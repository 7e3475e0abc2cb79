"""The drift watch on the screen and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from outlisten.cli.session import Session

if TYPE_CHECKING:
    from outlisten.insights import Insight

INDICES = ("mix", "tone", "confidence")


def as_json(found: Insight) -> dict[str, object]:
    """The verdict on the newest window, and every row of the insight."""
    from outlisten.insights.drift_watch import verdict

    said = verdict(found)
    return {
        "state": said.state,
        "newest": said.newest,
        "reference": said.reference,
        "measure": said.measure or None,
        "lang": said.row["lang"] if said.row else None,
        "psi": said.psi,
        "bucket": found.settings.get("bucket"),
        "false_alarms": found.settings.get("false_alarms"),
        "rows": found.table.to_pylist(),
    }


def show(session: Session, found: Insight) -> None:
    """One sentence, then a line for each window and language."""
    from rich.table import Table

    from outlisten.insights.drift_watch import sentence, verdict
    from outlisten.insights.drift_watch.verdict import language_name

    _ = session.words
    bucket = str(found.settings.get("bucket", "month"))
    session.print(sentence(verdict(found), bucket, session.locale))
    rows = found.table.to_pylist()
    if rows:
        table = Table(box=None, pad_edge=False)
        for title in (_("From"), _("Language"), _("State")):
            table.add_column(title)
        for title in (
            _("Posts"),
            _("Mean chance"),
            _("Cannot tell"),
            _("Index"),
            _("Chance alone"),
            _("Read rightly"),
        ):
            table.add_column(title, justify="right")
        for row in rows:
            lang = language_name(row["lang"], session.locale) if row["lang"] else _("all")
            table.add_row(
                row["bucket"].date().isoformat(), lang, states(session)[row["state"]], *_figures(row)
            )
        session.print("")
        session.console().print(table)
    for note in found.notes:
        session.print(note.text(session.locale))


def states(session: Session) -> dict[str, str]:
    """What each state is called on the screen."""
    _ = session.words
    return {
        "reference": _("reference"), "few": _("too few"), "fine": _("fine"), "watch": _("watch"),
        "again": _("label again"),
    }  # fmt: skip


def _figures(row: dict[str, Any]) -> list[str]:
    """Posts, mean chance, share of *cannot tell*, the largest index with what chance alone reaches, share read rightly."""
    found = [
        (row[f"{name}_psi"], row[f"{name}_chance"]) for name in INDICES if row[f"{name}_psi"] is not None
    ]
    psi, chance = max(found, default=(None, None))
    right = "" if row["right"] is None else f"{row['right']:.2f} ({row['low']:.2f} – {row['high']:.2f})"
    told = [
        "" if value is None else f"{value:.2f}"
        for value in (row["confidence"], row["cannot_tell"], psi, chance)
    ]
    return [f"{row['posts']:,}", *told, right]
