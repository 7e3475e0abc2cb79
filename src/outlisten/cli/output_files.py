"""Files a command writes: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from outlisten.cli.endings import Refused
from outlisten.words import Locale, words


def check_folder(path: Path, locale: Locale) -> None:
    """Raise Refused now, rather than after long work, when the file could not be written."""
    _ = words("cli", locale)
    if path.is_dir():
        raise Refused(_("{path} is a folder. Name a file.").format(path=path))
    if not path.parent.is_dir():
        raise Refused(_("The folder {path} does not exist. Make it first.").format(path=path.parent))
    if not os.access(path.parent, os.W_OK):
        raise Refused(_("Nothing can be written in {path}. Choose another folder.").format(path=path.parent))


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the file and put it in its place, so that a full disk never leaves half a file.

    Only the owner can read it: it quotes posts.
    """
    file, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    draft = Path(name)
    try:
        with os.fdopen(file, "wb") as target:
            target.write(data)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
