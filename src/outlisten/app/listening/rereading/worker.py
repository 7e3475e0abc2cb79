"""The threads of the server process that re-read, one round after the other: one for voices, one for models, so that a
correction never waits for the hours that an archive takes."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from threading import Event

from django.utils.translation import gettext as _

from outlisten.app.listening.background import Background
from outlisten.app.listening.models import Rereading
from outlisten.app.listening.rereading import model_pages, pages
from outlisten.app.listening.rereading.leases import LeaseLost, claim, give_back
from outlisten.app.listening.rereading.pages import CutShort
from outlisten.app.listening.wording import locale
from outlisten.app.web.live import publish
from outlisten.language import ModelBroken
from outlisten.posts import StoreError

log = logging.getLogger(__name__)
HOLDER = f"{os.getpid()}-{secrets.token_hex(4)}"
OnPage = Callable[[Rereading], None]
Kind = Rereading.Kind


def nothing(_rereading: Rereading) -> None:
    """Nobody is told of a page."""


def work_off(on_page: OnPage = nothing) -> int:
    """Do every re-reading of voices that waits or was left; returns how many."""
    done = 0
    while not _voices.ending.is_set() and (rereading := claim(HOLDER, Kind.VOICES)):
        _one(rereading, partial(pages.read_all, rereading, ending=_voices.ending, on_page=on_page))
        done += 1
    return done


def work_off_models(on_page: OnPage = nothing, *, rest: float = 0.0, ending: Event | None = None) -> int:
    """Do the re-reading with today's models, if one waits or was left; returns how many were done or let go of.

    Rests `rest` seconds for each second of work; `ending`, when it is set, ends it after the page under way.
    """
    done, end = 0, ending or _models.ending
    while not end.is_set() and (rereading := claim(HOLDER, Kind.MODELS)):
        read = partial(model_pages.read_all, rereading, ending=end, on_page=on_page, rest=rest)
        _one(rereading, read)
        done += 1
    return done


def start() -> None:
    """Start both threads once in this process; they first carry on with what an earlier process left."""
    _voices.start()
    _models.start()


def stop() -> None:
    """End both threads; rounds under way are given back for the next start."""
    _models.stop()
    _voices.stop()


def wake() -> None:
    """There is something to do now."""
    _voices.wake()
    _models.wake()


def _one(rereading: Rereading, read: Callable[[], None]) -> None:
    """One round; what goes wrong ends it with one sentence."""
    try:
        read()
    except LeaseLost:
        log.info("Re-reading %d was paused, given back or taken over.", rereading.pk)
    except CutShort:
        _fail(rereading, _cut_short(rereading))
    except StoreError as problem:
        _fail(rereading, problem.text(locale()))
    except ModelBroken as problem:
        _fail(rereading, str(problem))
    except Exception:
        log.exception("Re-reading %d stopped unexpectedly.", rereading.pk)
        _fail(rereading, _unexpected(rereading))
    publish("rereading", {"id": rereading.pk})


def _cut_short(rereading: Rereading) -> str:
    if rereading.kind == Kind.MODELS:
        return _("The store took too long for these posts. Go on when it is less busy.")
    return _("The store took too long for these posts. Save the declaration again when it is less busy.")


def _unexpected(rereading: Rereading) -> str:
    if rereading.kind == Kind.MODELS:
        return _("Something unexpected stopped it; the log says what. It can go on where it stopped.")
    return _("Something unexpected stopped it; the log says what. Save the declaration again.")


def _fail(rereading: Rereading, sentence: str) -> None:
    with suppress(LeaseLost):  # it was paused meanwhile, or another worker has it
        give_back(rereading, state=Rereading.State.FAILED, problem=sentence)


_voices = Background("rereading", work_off)
_models = Background("model-rereading", lambda: work_off_models(rest=model_pages.REST))
