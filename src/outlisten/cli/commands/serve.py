"""`outlisten serve`: the application, in one process."""

from __future__ import annotations

import os

from outlisten.cli.frame import command
from outlisten.cli.options import Host, Port
from outlisten.cli.session import Session


@command(where="here")
def serve(session: Session, port: Port = None, host: Host = "127.0.0.1") -> int:
    """Everything runs inside: pages, imports, and the commands typed meanwhile. Ctrl-C ends it."""
    from outlisten.cli import server
    from outlisten.cli.ports import DEFAULT_PORT, address_of, bind

    with (
        server.ended_like_ctrl_c(),
        bind(host, DEFAULT_PORT if port is None else port, session.locale) as listening,
    ):
        address = address_of(listening)
        with server.ready(session):
            server.serve(session, listening, lambda: announce(session, address))
    return 0


def announce(session: Session, address: str) -> None:
    """Print the address, and the set-up link while there is no owner."""
    from outlisten.app.people.actions import set_up_link

    link = set_up_link(address)
    if session.json:
        session.emit({"address": address, "set_up": link, "home": str(session.home.path), "pid": os.getpid()})
        return
    _ = session.words
    session.print(_("Outlisten is at {address}").format(address=address))
    if link:
        session.print(_("Create the owner's account here, once, within a day: {link}").format(link=link))
    else:
        session.print(_("Sign in there with your e-mail and password."))
    session.print(_("Data: {home}. Ctrl-C ends the server.").format(home=session.home.path))
