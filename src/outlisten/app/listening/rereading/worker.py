"""The thread of the server process that re-reads, one round after the other."""

from __future__ import annotations

import logging
import os
import secrets
from collections.abc import Callable

from django.utils.translation import gettext as _

from outlisten.app.listening.background import Background
from outlisten.app.listening.models import Rereading
from outlisten.app.listening.rereading.leases import LeaseLost, claim, give_back
from outlisten.app.listening.rereading.pages import CutShort, read_all
from outlisten.app.listening.wording import locale
from outlisten.app.web.live import publish
from outlisten.posts import StoreError

log = logging.getLogger(__name__)
HOLDER = f"{os.getpid()}-{secrets.token_hex(4)}"
OnPage = Callable[[Rereading], None]


def work_off(on_page: OnPage = lambda rereading: None) -> int:
    """Do every re-reading that waits or was left; returns how many."""
    done = 0
    while not _thread.ending.is_set() and (rereading := claim(HOLDER)):
        _one(rereading, on_page)
        done += 1
    return done


def _one(rereading: Rereading, on_page: OnPage) -> None:
    """One round; what goes wrong ends it with one sentence."""
    try:
        read_all(rereading, ending=_thread.ending, on_page=on_page)
    except LeaseLost:
        log.info("Re-reading %d was given back or taken over.", rereading.pk)
    except CutShort:
        _fail(
            rereading,
            _("The store took too long for these posts. Save the declaration again when it is less busy."),
        )
    except StoreError as problem:
        _fail(rereading, problem.text(locale()))
    except Exception:
        log.exception("Re-reading %d stopped unexpectedly.", rereading.pk)
        _fail(rereading, _("Something unexpected stopped it; the log says what. Save the declaration again."))
    publish("rereading", {"id": rereading.pk})


def _fail(rereading: Rereading, sentence: str) -> None:
    give_back(rereading, state=Rereading.State.FAILED, problem=sentence)


_thread = Background("rereading", work_off)
start, stop, wake = _thread.start, _thread.stop, _thread.wake
