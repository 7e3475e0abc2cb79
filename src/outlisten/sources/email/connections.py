"""Connections to mail servers: only to addresses that the guard lets through, and encrypted unless the server is one's own."""

from __future__ import annotations

import imaplib
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from outlisten.sources.fetching import Guard
from outlisten.sources.problems import (
    AddressRefused,
    CredentialRefused,
    NotAllowed,
    NotThere,
    SourceProblem,
    Unavailable,
    Unreachable,
)

PATIENCE = 30.0  # seconds for one answer of a mail server
TLS, STARTTLS, PLAIN = "tls", "starttls", "none"
IMAP_PORTS = {TLS: 993, STARTTLS: 143, PLAIN: 143}
SMTP_PORTS = {TLS: 465, STARTTLS: 587, PLAIN: 25}
# RFC 2971: some providers let a program read a mailbox only after it has said what it is.
imaplib.Commands.setdefault("ID", ("NONAUTH", "AUTH", "SELECTED"))


@dataclass(frozen=True, slots=True)
class Server:
    """Where a mail server is, and how the connection to it is encrypted: TLS, STARTTLS or PLAIN."""

    host: str
    port: int
    security: str


class MailBox(BaseMailBox):
    """imap-tools' mailbox over a connection that is open already."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._opened = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._opened


class _Imap(imaplib.IMAP4):
    def __init__(self, server: Server, guard: Guard) -> None:
        self._guard, self._security = guard, server.security
        super().__init__(server.host, server.port, PATIENCE)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        opened = connected(self._guard, self.host, self.port)
        return _encrypted(opened, self.host) if self._security == TLS else opened


class _Smtp(smtplib.SMTP):
    def __init__(self, server: Server, guard: Guard) -> None:
        self._guard, self._security = guard, server.security
        super().__init__(server.host, server.port, timeout=PATIENCE)

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        opened = connected(self._guard, host, port)
        return _encrypted(opened, host) if self._security == TLS else opened


def mailbox(server: Server, guard: Guard, *, user: str, password: str) -> MailBox:
    """The mailbox of a user. Raises SourceProblem."""
    with told(server.host):
        _check_encrypted(server, guard)
        client = _Imap(server, guard)
        try:
            if server.security == STARTTLS:
                client.starttls(ssl.create_default_context())
            box = MailBox(client)
            ascii_only = user.isascii() and password.isascii()
            (box.login if ascii_only else box.login_utf8)(user, password, None)
            if "ID" in client.capabilities:
                client._simple_command("ID", '("name" "Outlisten")')
        except BaseException:
            with suppress(OSError):
                client.shutdown()
            raise
        return box


def postman(server: Server, guard: Guard, *, user: str, password: str) -> smtplib.SMTP:
    """A connection that sends as a user; without a password as nobody. Raises SourceProblem."""
    with told(server.host):
        _check_encrypted(server, guard)
        smtp = _Smtp(server, guard)
        try:
            if server.security == STARTTLS:
                smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo()
            if password and smtp.has_extn("auth"):
                smtp.login(user, password)
        except BaseException:
            smtp.close()
            raise
        return smtp


def connected(guard: Guard, host: str, port: int) -> socket.socket:
    """A connection to the first number of a host that answers. Raises AddressRefused or OSError."""
    last: OSError = OSError("no address")
    for number in guard.numbers(host, port):
        try:
            return socket.create_connection((number, port), PATIENCE)
        except OSError as problem:
            last = problem
    raise last


def _encrypted(opened: socket.socket, host: str) -> socket.socket:
    try:
        return ssl.create_default_context().wrap_socket(opened, server_hostname=host)
    except BaseException:
        opened.close()
        raise


def _check_encrypted(server: Server, guard: Guard) -> None:
    """A password never goes unencrypted over the Internet."""
    if server.security != PLAIN or {server.host.lower(), f"{server.host.lower()}:{server.port}"} & guard.own:
        return
    raise AddressRefused(address=server.host, reason="the connection would not be encrypted")


@contextmanager
def told(host: str) -> Iterator[None]:
    """Every failure of a mail server as a SourceProblem that holds nothing of what was said to it."""
    try:
        yield
    except SourceProblem:
        raise
    except MailboxLoginError as problem:
        raise CredentialRefused(host=host, status="LOGIN") from problem
    except MailboxFolderSelectError as problem:
        raise NotThere(address=host, status="no such folder") from problem
    except (smtplib.SMTPException, ImapToolsError, imaplib.IMAP4.error) as problem:
        raise _meant(problem, host) from problem
    except ssl.SSLError as problem:
        trusted = not isinstance(problem, ssl.SSLCertVerificationError)
        reason = "no encrypted connection" if trusted else "its certificate is not trusted"
        raise Unreachable(host=host, reason=reason) from problem
    except OSError as problem:
        raise Unreachable(host=host, reason=type(problem).__name__) from problem
    except UnicodeEncodeError:
        # Signing in takes ASCII alone. The error holds the password, so that nothing of it goes along.
        raise CredentialRefused(host=host, status="it holds signs that no key has") from None


def _meant(problem: Exception, host: str) -> SourceProblem:
    """What the refusal of a mail server means."""
    match problem:
        case imaplib.IMAP4.abort() | smtplib.SMTPServerDisconnected() | smtplib.SMTPNotSupportedError():
            return Unreachable(host=host, reason=type(problem).__name__)
        case smtplib.SMTPAuthenticationError():
            return CredentialRefused(host=host, status=problem.smtp_code)
        case smtplib.SMTPRecipientsRefused():
            return _refused(host, max(code for code, _ in problem.recipients.values()))
        case smtplib.SMTPResponseException():
            return _refused(host, problem.smtp_code)
    # `authenticate` says no with a bare error of imaplib, every other command through imap-tools.
    if type(problem) is imaplib.IMAP4.error and "AUTHENTICATIONFAILED" in str(problem).upper():
        return CredentialRefused(host=host, status="AUTHENTICATE")
    return Unavailable(host=host, status=type(problem).__name__)


def _refused(host: str, code: Any) -> SourceProblem:
    """RFC 5321, 4.2.1: 4yz may be tried again, 5yz is final."""
    return Unavailable(host=host, status=code) if int(code) < 500 else NotAllowed(host=host, status=code)
