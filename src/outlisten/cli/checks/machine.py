"""The machine: Python, memory, disk, time zones, and the translated sentences."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from outlisten.cli.checks.check import Check
from outlisten.cli.session import Session
from outlisten.words import FOLDER

GIB = 1024**3
# Below these an import of a few million posts or the engine's merges run into the wall.
LEAST_MEMORY, LEAST_DISK = 2 * GIB, 2 * GIB


def python(session: Session) -> Check:
    """A Python we support."""
    _ = session.words
    ok = sys.version_info >= (3, 11)
    return Check("python", ok, platform.python_version(), None if ok else _("Install Python 3.11 or newer."))


def memory(session: Session) -> Check:
    """Enough memory for the engine, the pages and the reading processes."""
    _ = session.words
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    ok = total >= LEAST_MEMORY
    detail = _("{n:.1f} GiB").format(n=total / GIB)
    return Check("memory", ok, detail, None if ok else _("Use a machine with 2 GiB of memory or more."))


def disk(session: Session) -> Check:
    """Room for the posts."""
    _ = session.words
    free = shutil.disk_usage(_existing(session.home.path)).free
    ok = free >= LEAST_DISK
    detail = _("{n:.1f} GiB free for {place}").format(n=free / GIB, place=session.home.path)
    return Check("disk", ok, detail, None if ok else _("Free some space, or move the home to a larger disk."))


def time_zones(session: Session) -> Check:
    """The tables of time zones, without which days cannot be cut."""
    _ = session.words
    try:
        ZoneInfo("Asia/Shanghai")
    except ZoneInfoNotFoundError:
        return Check("time zones", False, _("The tables are missing."), _("Install the package tzdata."))
    return Check("time zones", True, _("The tables are there."))


def translations(session: Session) -> Check:
    """The compiled catalogues of the sentences; without them everything is in English."""
    _ = session.words
    sources = sorted(FOLDER.parent.glob("**/LC_MESSAGES/*.po"))
    missing = [po.stem for po in sources if not po.with_suffix(".mo").exists()]
    detail = _("catalogues: {n}").format(n=len(sources) - len(missing))
    if missing:
        detail += " · " + _("not compiled: {names}").format(names=", ".join(missing))
    cure = _("Install Outlisten again, or run: python hatch_build.py") if missing else None
    return Check("translations", not missing, detail, cure)


def _existing(path: Path) -> Path:
    """The nearest folder above that exists."""
    return path if path.exists() else _existing(path.parent)
