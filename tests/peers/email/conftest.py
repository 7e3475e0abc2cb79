"""A mail server for the tests of this folder, and connectors that read it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.peers.conftest import missing
from tests.peers.email.server import PASSWORD, MailServer

from outlisten.sources.connector import Setting
from outlisten.sources.email.connector import Email
from outlisten.sources.fetching import Fetcher, Guard
from outlisten.sources.options import entered


@pytest.fixture(scope="session")
def server() -> Iterator[MailServer]:
    """The servers, started once."""
    absent = [name for name in ("dovecot", "postfix", "setpriv") if not shutil.which(name)]
    if absent:
        missing(f"not installed: {', '.join(absent)}")
    if os.geteuid() != 0:
        missing("Postfix starts as root only")
    one = MailServer()
    one.start()
    yield one
    one.stop()
    one.remove()


@pytest.fixture
def care() -> str:
    """A mailbox of the brand that no other test uses."""
    return f"care-{uuid4().hex[:8]}@brand.test"


@pytest.fixture
def reading(server: MailServer, care: str) -> Callable[..., Email]:
    """A connector that reads the mailbox and answers from it; options and `password` may be others."""

    def make(own: bool = True, password: str = PASSWORD, **options: str) -> Email:
        given: dict[str, Any] = {
            "host": "localhost", "port": str(server.imap), "security": "none", "user": care, "sender_name": "海港客服",
            "smtp_host": "localhost", "smtp_port": str(server.smtp), "smtp_security": "none", **options,
        }  # fmt: skip
        wanted = [option for option in Email.manifest().options if not option.secret]
        fetcher = Fetcher(guard=Guard.naming(["localhost"] if own else []))
        return Email(Setting(entered(wanted, given), {"password": password}, fetcher, datetime.now(UTC)))

    return make
