"""What is typed on a terminal for a secret is read and not shown."""

from __future__ import annotations

import os
import select
import subprocess
import sys

import pytest

pty = pytest.importorskip("pty", reason="no terminals of this kind")

READ = """
import fcntl, sys, termios
if sys.stdin.isatty():
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from outlisten.cli.secret_entry import typed_secret
print(repr(typed_secret("password: ")))
"""
PATIENCE = 60.0


def shown_on(terminal: int) -> bytes:
    """What a program wrote to the terminal; nothing when it wrote nothing for a minute."""
    ready, _, _ = select.select([terminal], [], [], PATIENCE)
    return os.read(terminal, 1000) if ready else b""


def test_what_is_typed_is_not_echoed() -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", READ], start_new_session=True,
        stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        prompt = shown_on(ours)
        os.write(ours, "geheim-口令\n".encode())
        out, err = process.communicate(timeout=PATIENCE)
        after = shown_on(ours)
    os.close(theirs)
    os.close(ours)
    assert (prompt, out.decode()) == (b"password: ", "'geheim-口令'\n"), err
    assert b"geheim" not in after


def test_without_a_terminal_nothing_is_read() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", READ],
        input=b"visible\n",
        capture_output=True,
        check=True,
        start_new_session=True,
    )
    assert ran.stdout == b"None\n"
