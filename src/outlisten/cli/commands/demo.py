"""`outlisten demo`: the bundled real sample in a home that is thrown away, served and signed in to."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from outlisten.cli.frame import command
from outlisten.cli.locales import help_words as _
from outlisten.cli.options import Host, Port
from outlisten.cli.session import Session
from outlisten.home import Home

if TYPE_CHECKING:
    from outlisten.app.people.models import Account
    from outlisten.cli.begin_anew import Loaded

NoBrowser = Annotated[bool, typer.Option("--no-browser", help=_("Do not open a browser."))]


@command(where="here")
def demo(session: Session, port: Port = None, host: Host = "127.0.0.1", no_browser: NoBrowser = False) -> int:
    """Without --home everything is removed when the demo ends; with it the demo stays there for next time."""
    from outlisten.cli import server
    from outlisten.cli.begin_anew import loaded_before

    with server.ended_like_ctrl_c():
        loaded = loaded_before()
        if loaded is None:
            _load(session, host, port)
        _serve(session, loaded, browse=not no_browser)
    return 0


def _load(session: Session, host: str, port: int | None) -> NoReturn:
    """Put the sample into a home, then begin anew to serve it."""
    from outlisten.cli import server
    from outlisten.cli.begin_anew import begin_anew
    from outlisten.cli.ports import DEFAULT_PORT, bind, bind_or_any

    if session.home_given:
        session.home.create()
    else:
        session.home = _throw_away(session, Home(Path(tempfile.mkdtemp(prefix="outlisten-demo-"))))
    listening = (
        bind(host, port, session.locale)
        if port is not None
        else bind_or_any(host, DEFAULT_PORT, session.locale)
    )
    with server.ready(session):
        from outlisten.cli.sample_home import fill

        fill(session)
    begin_anew(session.home.path, listening, throw_away=not session.home_given)


def _serve(session: Session, loaded: Loaded, *, browse: bool) -> None:
    from outlisten.cli import server
    from outlisten.cli.begin_anew import endings_let_through

    session.home = Home(Path(loaded.home))
    if loaded.throw_away:
        _throw_away(session, session.home)
    endings_let_through()
    with loaded.socket() as listening, server.ready(session):
        from outlisten.app.people.queries import owner

        account = owner()
        assert account is not None, "the sample's home has an owner"
        server.serve(session, listening, lambda: _announce(session, listening, account, browse=browse))


def _throw_away(session: Session, home: Home) -> Home:
    """A home that is removed when the demo ends."""
    session.at_end(lambda: shutil.rmtree(home.path, ignore_errors=True))
    return home


def _announce(session: Session, listening: socket.socket, account: Account, *, browse: bool) -> None:
    from outlisten.app.people.actions import sign_in_link
    from outlisten.cli.ports import address_of

    address = address_of(listening)
    link = sign_in_link(address, account)
    if session.json:
        session.emit(
            {"address": address, "sign_in": link, "home": str(session.home.path), "pid": os.getpid()}
        )
    else:
        _print_address(session, address, link)
    if browse and _has_display():
        _open_browser(
            sign_in_link(address, account)
        )  # a link works once: the printed one stays for the person


def _print_address(session: Session, address: str, link: str) -> None:
    _ = session.words
    session.print(_("The demo is at {address}").format(address=address))
    session.print(_("Sign in with this link; it works once: {link}").format(link=link))
    if session.home_given:
        session.print(_("Ctrl-C ends it. The data stays in {home}.").format(home=session.home.path))
    else:
        session.print(_("Ctrl-C ends it and removes the data."))


def _has_display() -> bool:
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _open_browser(link: str) -> None:
    """In a thread: some browsers only return when they are closed."""
    import webbrowser
    from threading import Thread

    Thread(target=webbrowser.open, args=(link,), daemon=True).start()
