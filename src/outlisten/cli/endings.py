"""How a command ends: an exit status, and one sentence when it did not do what was asked."""

from __future__ import annotations

import errno
import os
import platform
import tempfile
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from outlisten import __version__
from outlisten.home import Home, HomeProblem
from outlisten.words import Locale, words

DONE, NOTHING_DONE, WRONG_USAGE, SOME_REJECTED = 0, 1, 2, 3
# What a shell reports for a program that ended by SIGINT or SIGPIPE.
INTERRUPTED, PIPE_CLOSED = 130, 141


class Refused(Exception):
    """The command cannot be done; the message is one sentence for the reader: what, where, what to do."""

    status = NOTHING_DONE


class WrongUsage(Refused):
    """The command line itself is wrong."""

    status = WRONG_USAGE


class Stopped(Exception):
    """The person pressed Ctrl-C, or the terminal at the far end went away."""


def ending(error: BaseException, locale: Locale, home: Home, command: str) -> tuple[int, str]:
    """The exit status and the sentence for an error that ended a command."""
    if isinstance(error, KeyboardInterrupt | Stopped):
        _ = words("cli", locale)
        return INTERRUPTED, _("Stopped. What was finished before is kept.")
    if isinstance(error, BrokenPipeError):
        return PIPE_CLOSED, ""
    if isinstance(error, Refused):
        return error.status, str(error)
    sentence = said_by_a_room(error, locale) or said_by_the_system(error, locale)
    return NOTHING_DONE, sentence or unexpected(error, locale, home, command)


def said_by_a_room(error: BaseException, locale: Locale) -> str:
    """The sentence of an error that one of our rooms raised for people; empty for any other error."""
    name, room = type(error).__name__, type(error).__module__
    refused_by_django = name == "ValidationError" and hasattr(
        error, "messages"
    )  # in an act of the application
    if refused_by_django or room.startswith("outlisten.app."):
        from django.utils import translation

        with translation.override(locale):  # the command's own ended with it
            return _sentence(error, locale)
    if name != "ImproperlyConfigured" and not room.startswith("outlisten."):
        return ""
    return _sentence(error, locale)


def _sentence(error: BaseException, locale: Locale) -> str:
    if hasattr(error, "messages"):
        return " ".join(error.messages)
    speak = getattr(error, "text", None)
    return str(speak(locale) if callable(speak) else getattr(error, "sentence", error))


def said_by_the_system(error: BaseException, locale: Locale) -> str:
    """The sentence for a full disk, a file that cannot be used, no memory left; empty for any other error."""
    _ = words("cli", locale)
    if isinstance(error, MemoryError):
        return _("There is not enough memory for this. Close other programs, or ask for less at once.")
    if not isinstance(error, OSError):
        return ""
    place = error.filename or ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("The disk is full ({place}). Free some space and start again.").format(place=place or "?")
    if place and error.strerror:
        return _("{place}: {reason}.").format(place=place, reason=error.strerror)
    return ""


def unexpected(error: BaseException, locale: Locale, home: Home, command: str) -> str:
    """Write the error to the home's log and return a sentence that says where it is."""
    name = type(error).__name__
    where = _log(home, "\n".join(_account(error, command)))
    _ = words("cli", locale)
    if where is None:
        return _("Something went wrong inside Outlisten ({error}), and its log could not be written.").format(
            error=name
        )
    return _(
        "Something went wrong inside Outlisten ({error}). {log} has the details; they quote no post, "
        "so the file can be sent with a report."
    ).format(error=name, log=where)


def _account(error: BaseException, command: str) -> Iterator[str]:
    """Where an error came from, without its message: a message may quote a post."""
    yield f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} outlisten {command}"
    yield f"Outlisten {__version__}, Python {platform.python_version()}, {platform.platform()}"
    cause: BaseException | None = error
    while cause is not None:
        yield f"{type(cause).__module__}.{type(cause).__qualname__}"
        for frame in traceback.extract_tb(cause.__traceback__):
            yield f"  {frame.filename}:{frame.lineno} {frame.name}: {frame.line}"
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)


def _log(home: Home, text: str) -> Path | None:
    """Add to the home's log, or to a new file among the temporary ones when the home cannot be written."""
    try:
        file = os.open(home.create().log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        place = home.log
    except (OSError, HomeProblem):
        try:
            file, name = tempfile.mkstemp(prefix="outlisten-", suffix=".log")
        except OSError:
            return None
        place = Path(name)
    with os.fdopen(file, "w", encoding="utf-8", errors="backslashreplace") as log:
        log.write(text + "\n")
    return place
