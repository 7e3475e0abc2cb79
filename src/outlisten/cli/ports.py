"""The port a server listens on."""

from __future__ import annotations

import errno
import socket

from outlisten.cli.endings import Refused
from outlisten.words import Locale, words

DEFAULT_PORT = 8000


def bind(host: str, port: int, locale: Locale) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises Refused with what to do."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        raise Refused(_sentence(host, port, error, locale)) from error


def bind_or_any(host: str, port: int, locale: Locale) -> socket.socket:
    """The port, or any free one when another program has it."""
    try:
        return bind(host, port, locale)
    except Refused:
        return bind(host, 0, locale)


def address_of(listening: socket.socket) -> str:
    """The address to open in a browser on this machine."""
    host, port = listening.getsockname()[:2]
    if host in ("0.0.0.0", "::"):  # noqa: S104 -- compared, not bound
        host = "127.0.0.1"
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _sentence(host: str, port: int, error: OSError | OverflowError, locale: Locale) -> str:
    _ = words("cli", locale)
    number = getattr(error, "errno", None)
    if number == errno.EADDRINUSE:
        return _(
            "Port {port} is in use by another program. Choose another with --port, or --port 0 for any."
        ).format(port=port)
    if number == errno.EACCES:
        return _("Port {port} is reserved for the system. Choose one above 1023 with --port.").format(
            port=port
        )
    return _("Nothing can listen on {host}:{port} ({reason}). Check --host and --port.").format(
        host=host, port=port, reason=getattr(error, "strerror", None) or error
    )
