"""Dovecot and Postfix on this machine: mailboxes that tests fill, and a way to start them anew."""

from __future__ import annotations

import os
import shutil
import smtplib
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from imap_tools import MailBoxUnencrypted

SCRIPT = Path(__file__).parents[2] / "system" / "peer_mail.sh"
PASSWORD = "secret"
PATIENCE = 20.0


class MailServer:
    """One pair of servers. Ports are those of IMAP, IMAP over TLS, SMTP, SMTP over TLS."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="outlisten-mail-"))
        self.folder.chmod(0o755)
        self.imap, self.imaps, self.smtp, self.smtps = free_ports(4)
        certify(self.folder)

    def start(self) -> None:
        ports = [str(port) for port in (self.imap, self.imaps, self.smtp, self.smtps)]
        subprocess.run(["sh", str(SCRIPT), str(self.folder), *ports], check=True)
        for port in (self.imap, self.smtp):
            until(lambda port=port: socket.create_connection(("127.0.0.1", port), 1).close())

    def stop(self) -> None:
        dovecot = int((self.folder / "dovecot.pid").read_text())
        subprocess.run(["kill", str(dovecot)], check=False)
        subprocess.run(["postfix", "-c", str(self.folder / "pf"), "stop"], check=False, capture_output=True)
        until(lambda: closed(self.imap) and not alive_in_group(dovecot))

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """A while without the servers, which run again afterwards whatever happened."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def box(self, user: str) -> MailBoxUnencrypted:
        """A mailbox as its owner's mail program sees it; to be used in `with`."""
        return MailBoxUnencrypted("127.0.0.1", self.imap).login(user, PASSWORD)

    def put(self, user: str, mail: EmailMessage, folder: str = "INBOX", at: datetime | None = None) -> str:
        """Lay a mail into a mailbox; its Message-ID."""
        with self.box(user) as box:
            box.append(mail.as_bytes(), folder, dt=at)
        return str(mail["Message-ID"]).strip("<>")

    def send(self, mail: EmailMessage) -> str:
        """Send a mail as the Internet would; its Message-ID."""
        with smtplib.SMTP("127.0.0.1", self.smtp) as smtp:
            smtp.send_message(mail)
        return str(mail["Message-ID"]).strip("<>")


def mail(
    to: str, subject: str, words: str, *, sender: str = "李雷 <lilei@customer.test>", after: str = "",
) -> EmailMessage:  # fmt: skip
    """A mail, answering another one where `after` is its id."""
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Message-ID"] = f"<{uuid4().hex}@customer.test>"
    made["Date"] = datetime.now(UTC)
    if after:
        made["In-Reply-To"] = made["References"] = f"<{after}>"
    made.set_content(words)
    return made


def until(act: Callable[[], Any]) -> Any:
    """What `act` gives once it neither fails nor gives something false."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            found = act()
            if found is not False:
                return found
        except (OSError, AssertionError, StopIteration):
            if time.monotonic() > end:
                raise
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


def alive_in_group(group: int) -> bool:
    """Whether a process of a process group still runs: Dovecot's children outlive it for a moment."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def closed(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), 1).close()
    except OSError:
        return True
    return False


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on."""
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def certify(folder: Path) -> None:
    """A certificate for localhost that only somebody who is given cert.pem trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
    (folder / "key.pem").chmod(0o600)
