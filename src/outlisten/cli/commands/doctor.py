"""`outlisten doctor`: is everything in order, and if not, what to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from outlisten.cli.application import load_django
from outlisten.cli.checks.check import Check
from outlisten.cli.endings import DONE, NOTHING_DONE, ending
from outlisten.cli.frame import command
from outlisten.cli.session import Session


@command(where="store")
def doctor(session: Session) -> int:
    """Status 1 when something is not in order. Nothing is changed."""
    checks = [_looked_at(session, name, look) for name, look in _all_checks(session)]
    ok = all(check.ok for check in checks)
    if session.json:
        session.emit({"ok": ok, "checks": [asdict(check) for check in checks]})
    else:
        for check in checks:
            session.print(_line(session, check))
    return DONE if ok else NOTHING_DONE


def _all_checks(session: Session) -> list[tuple[str, Callable[[Session], Check]]]:
    from outlisten.cli.checks import data, machine, software

    anywhere: list[tuple[str, Callable[[Session], Check]]] = [
        ("python", machine.python), ("memory", machine.memory), ("disk", machine.disk),
        ("time zones", machine.time_zones), ("translations", machine.translations), ("home", data.home),
        ("models", software.models),
    ]  # fmt: skip
    if not session.home.path.exists():
        return anywhere
    load_django(session)
    return [
        *anywhere, ("store", data.store), ("index", data.index), ("readings", data.readings), ("database", data.database),
        ("audit log", data.audit_log), ("time zone", data.zone), ("static files", software.static_files),
    ]  # fmt: skip


def _looked_at(session: Session, name: str, look: Callable[[Session], Check]) -> Check:
    """The check, or what kept it from being made."""
    try:
        session.check_stop()
        return look(session)
    except Exception as error:  # noqa: BLE001 -- a broken part is what this command is for
        _status, sentence = ending(error, session.locale, session.home, session.command)
        return Check(name, False, sentence, None)


def _line(session: Session, check: Check) -> str:
    _ = session.words
    sign = "✓" if check.ok else "✗"
    cure = f"\n    → {check.cure}" if check.cure else ""
    return f"{sign} {titles(_)[check.name]}: {check.detail}{cure}"


def titles(_: Callable[[str], str]) -> dict[str, str]:
    """What each check is called on the screen."""
    return {
        "python": _("Python"),
        "memory": _("Memory"),
        "disk": _("Disk"),
        "time zones": _("Time zone tables"),
        "translations": _("Translations"),
        "home": _("Home"),
        "models": _("Language models"),
        "store": _("Posts"),
        "index": _("Search index"),
        "readings": _("What models read"),
        "database": _("Database"),
        "audit log": _("Audit log"),
        "time zone": _("Time zone of the workspace"),
        "static files": _("Files of the pages"),
    }
