"""The files a command line names: paths, patterns, and standard input."""

from __future__ import annotations

import glob
import shutil
import stat
import tempfile
from pathlib import Path

from outlisten.cli.endings import Refused
from outlisten.cli.session import Session


def input_files(session: Session, names: list[str]) -> list[Path]:
    """Every file named, once, in order; - is standard input. Raises Refused for what is no file."""
    found: dict[Path, None] = {}
    for name in names:
        for path in [_spooled(session)] if name == "-" else _matching(session, name):
            _refuse_other_than_file(session, path)
            found[path] = None
    return list(found)


def _matching(session: Session, name: str) -> list[Path]:
    """The path itself, else what the pattern finds: a quoted pattern reaches us as it is."""
    path = session.path(name)
    if path.exists() or not glob.has_magic(name):
        return [path]
    paths = sorted(Path(found) for found in glob.glob(str(path), recursive=True))
    if not paths:
        _ = session.words
        raise Refused(_("No file matches {pattern}.").format(pattern=name))
    return paths


def _refuse_other_than_file(session: Session, path: Path) -> None:
    _ = session.words
    try:
        kind = path.stat().st_mode
    except OSError as error:
        raise Refused(
            _("{path} cannot be read ({reason}). Check the path.").format(path=path, reason=error.strerror)
        ) from error
    if stat.S_ISDIR(kind):
        raise Refused(
            _("{path} is a folder. Name the files in it, for example {path}/*.csv").format(path=path)
        )
    if not stat.S_ISREG(kind):
        raise Refused(
            _(
                "{path} is not a file. Send what it holds on standard input: outlisten {command} - < {path}"
            ).format(path=path, command=session.command)
        )


def _spooled(session: Session) -> Path:
    """Standard input kept as a file while the command runs: telling the format takes a second look."""
    folder = Path(tempfile.mkdtemp(prefix="stdin-", dir=session.home.create().path))
    session.at_end(lambda: shutil.rmtree(folder, ignore_errors=True))
    path = folder / "stdin"
    with path.open("wb") as kept:
        while chunk := session.terminal.stdin.read1(1024 * 1024):
            session.check_stop()
            kept.write(chunk)
    return path
