"""`outlisten import`: posts from files, through the one way in."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from outlisten.cli.application import open_application
from outlisten.cli.column_maps import column_map
from outlisten.cli.endings import DONE, NOTHING_DONE, SOME_REJECTED
from outlisten.cli.frame import command
from outlisten.cli.input_files import input_files
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Maps
from outlisten.cli.posts_in_files import about
from outlisten.cli.progress import Advance, progress
from outlisten.cli.safe_text import on_one_line
from outlisten.cli.session import Session

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from outlisten.cli.application import Application
    from outlisten.pipeline.imports import ImportReport, Progress
    from outlisten.posts.files import ImportPlan
    from outlisten.posts.files.dates import Order

Paths = Annotated[
    list[str], typer.Argument(metavar="PATH", help=_("Files or patterns; - is standard input."))
]
PresetName = Annotated[str | None, typer.Option("--preset", metavar="NAME", help=_("A known shape of file."))]
Network = Annotated[
    str | None,
    typer.Option(metavar="NAME", help=_("Where the posts were written, when the file does not say.")),
]


class DateOrder(StrEnum):
    """What comes first in a date of three numbers."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"
    YEAR_FIRST = "year-first"


Dates = Annotated[
    DateOrder | None,
    typer.Option(metavar="ORDER", help=_("day-first, month-first or year-first; else told from the column.")),
]
Encoding = Annotated[
    str | None, typer.Option(metavar="NAME", help=_("Encoding of the text; otherwise told from the file."))
]
Preview = Annotated[bool, typer.Option("--preview", help=_("Only show how the files would be read."))]

# Posts of a preview, and the counts that add up over files.
SHOWN = 3
SUMMED = ("read", "added", "updated", "duplicate", "rejected")


@dataclass(frozen=True, slots=True)
class _Wishes:
    """How a person wants files read; None leaves it to what the file shows."""

    preset: str | None
    network: str | None
    mapping: dict[str, str] | None
    encoding: str | None
    dates: Order | None


@command(where="store")
def import_files(
    session: Session, *, paths: Paths, preset: PresetName = None, maps: Maps = None, network: Network = None,
    encoding: Encoding = None, dates: Dates = None, preview: Preview = False,
) -> int:  # fmt: skip
    """A second import adds nothing. Rejected rows go to a file with line and reason; the status then is 3."""
    wishes = _Wishes(
        preset, network, column_map(maps, session.locale), encoding, dates.value if dates else None
    )
    files = input_files(session, paths)
    app = open_application(session, "import")
    plans, problems = _plans(session, files, wishes, app.as_of.zone)
    if preview:
        _show_plans(session, plans)
        return NOTHING_DONE if problems else DONE
    reports: list[tuple[str, ImportReport]] = []
    problems += _take_in(session, app, plans, reports)
    _show_reports(session, reports)
    if not reports:
        return NOTHING_DONE
    return SOME_REJECTED if problems or any(report.rejected for _name, report in reports) else DONE


def _plans(
    session: Session, files: list[Path], wishes: _Wishes, zone: ZoneInfo
) -> tuple[list[ImportPlan], int]:
    """How each file would be read, and how many cannot be."""
    from outlisten.posts.files import FileProblem, plan_import

    plans = []
    problems = 0
    for path in files:
        session.check_stop()
        try:
            plans.append(
                plan_import(
                    path, preset=wishes.preset, mapping=wishes.mapping, network=wishes.network, zone=zone,
                    locale=session.locale, encoding=wishes.encoding, dates=wishes.dates,
                )
            )  # fmt: skip
        except FileProblem as problem:
            problems += _told(session, path.name, problem.text(session.locale))
    return plans, problems


def _told(session: Session, name: str, sentence: str) -> int:
    """Say what is wrong with one file; the others are still taken in. Returns 1, to be counted."""
    session.say(about(name, sentence))
    return 1


def _take_in(
    session: Session, app: Application, plans: list[ImportPlan], reports: list[tuple[str, ImportReport]]
) -> int:
    """Import the files and add their reports; returns how many could not be read to their end."""
    from outlisten.app.listening.store import pipeline
    from outlisten.app.trust.audit import record
    from outlisten.pipeline.imports import import_files
    from outlisten.posts.files import FileProblem

    problems, bars = 0, _Bars(session)
    with bars:
        for plan, outcome in import_files(
            plans, pipeline(), rejected_to=partial(_rejected, session), on_progress=bars.show
        ):
            bars.end()
            if isinstance(outcome, FileProblem):
                problems += _told(session, plan.path.name, outcome.text(session.locale))
                continue
            record(
                "import.finish", by=app.account, added=outcome.added, updated=outcome.updated,
                rejected=outcome.rejected,
            )  # fmt: skip
            reports.append((plan.path.name, outcome))
    return problems


def _rejected(session: Session, plan: ImportPlan) -> Path:
    stamp = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}"
    return session.home.rejected / f"{stamp}-{plan.path.name}.jsonl"


class _Bars(ExitStack):
    """A description and a bar for one file after the other."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._advance: Advance | None = None

    def show(self, plan: ImportPlan, now: Progress) -> None:
        """How far this file is; its description when it begins."""
        if self._advance is None:
            if not self._session.json:
                self._session.say(described(plan, self._session.words))
            self._advance = self.enter_context(progress(self._session, plan.path.name))
        self._advance(now.bytes_done, now.bytes_total, counts(now, self._session.words))

    def end(self) -> None:
        """This file is done."""
        self.close()
        self._advance = None


def _show_plans(session: Session, plans: list[ImportPlan]) -> None:
    if session.json:
        session.emit({"files": [plan.as_dict() for plan in plans]})
        return
    for plan in plans:
        session.print(described(plan, session.words))
        for post in plan.sample[:SHOWN]:
            session.print(
                "    " + on_one_line(" | ".join(str(value) for value in post.values() if value))[:200]
            )


def described(plan: ImportPlan, _: Callable[[str], str]) -> str:
    """What was found out about a file, in a few lines."""
    form = ", ".join(
        part for part in (plan.format, plan.compression, plan.encoding) if part and part != "plain"
    )
    lines = [f"{plan.path.name}: {form}"]
    if plan.preset:
        lines.append(_("known shape: {preset}").format(preset=plan.preset))
    lines.append(
        _("columns: {mapping}").format(mapping=", ".join(f"{f} ← {c}" for f, c in plan.mapping.items()))
    )
    lines += plan.messages
    return "\n  ".join(on_one_line(line) for line in lines)


def counts(report: Progress | ImportReport, _: Callable[[str], str]) -> str:
    """Read, added, updated, duplicate, rejected, in words."""
    return _(
        "read {read:,} · added {added:,} · updated {updated:,} · duplicate {duplicate:,} · "
        "rejected {rejected:,}"
    ).format(
        read=report.read, added=report.added, updated=report.updated, duplicate=report.duplicate,
        rejected=report.rejected,
    )  # fmt: skip


def _show_reports(session: Session, reports: list[tuple[str, ImportReport]]) -> None:
    if session.json:
        session.emit(as_json(reports))
        return
    _ = session.words
    for name, report in reports:
        session.print(f"{name}: {counts(report, _)} ({report.seconds:.1f} s)")
        if report.rejected_file:
            session.print(
                "  " + _("rejected rows with their reasons: {file}").format(file=report.rejected_file)
            )


def as_json(reports: list[tuple[str, ImportReport]]) -> dict[str, object]:
    """The sums over all files, then each file; the sums' `rejected_file` is the first one."""
    files = [{"file": name, **report.as_json()} for name, report in reports]
    sums = {key: sum(getattr(report, key) for _name, report in reports) for key in SUMMED}
    rejected_file = next((report.rejected_file for _name, report in reports if report.rejected_file), None)
    seconds = round(sum(report.seconds for _name, report in reports), 3)
    return {**sums, "rejected_file": rejected_file, "seconds": seconds, "files": files}
