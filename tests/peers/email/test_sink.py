"""Mails through a real mail server: taken once, read as they were written, and every refusal told apart."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from tests.peers.email.server import PASSWORD, until
from tests.sinks.sending import HOSTILE, hostile, message

from outlisten.sinks.email.sink import Email
from outlisten.sources.connector import Setting
from outlisten.sources.fetching import Fetcher, Guard
from outlisten.sources.html_text import html_text
from outlisten.sources.options import entered
from outlisten.sources.problems import (
    AddressRefused,
    CredentialRefused,
    NotAllowed,
    Unavailable,
    Unreachable,
)

pytestmark = pytest.mark.peers
CARE = "care@brand.test"  # SMTP delivers to this one


@pytest.fixture
def sending(server):
    """A sink that sends from and to the brand's mailbox; options and `password` may be others."""

    def make(own=True, password=PASSWORD, **options):
        given = {
            "host": "localhost",
            "port": str(server.smtp),
            "security": "none",
            "sender": CARE,
            "to": CARE,
            **options,
        }
        wanted = [option for option in Email.manifest().options if not option.secret]
        fetcher = Fetcher(guard=Guard.naming(["localhost"] if own else []))
        return Email(Setting(entered(wanted, given), {"password": password}, fetcher, datetime.now(UTC)))

    return make


def arrived(server, identifier):
    """The mail with this id in the mailbox, as its owner's mail program reads it."""

    def look():
        with server.box(CARE) as box:
            found = [
                one
                for one in box.fetch(mark_seen=False)
                if identifier in one.headers.get("message-id", [""])[0]
            ]
        assert found
        return found

    return until(look)


def test_a_message_arrives_as_it_was_written(server, sending):
    delivered = sending(sender_name="聆听").deliver(hostile(key=uuid4().hex, urgent=True))
    (one,) = arrived(server, delivered.native_id)
    assert one.from_values.name == "聆听"
    assert HOSTILE[:90] in one.subject
    assert " ".join(HOSTILE.split()) in one.text
    assert " ".join(HOSTILE.split()) in html_text(one.html)
    assert "<script" not in one.html
    assert (one.headers["importance"], one.headers["auto-submitted"]) == (("high",), ("auto-generated",))


def test_a_mail_to_several_reaches_those_whom_the_server_takes_and_names_the_others(server, sending):
    delivered = sending(to=f"{CARE}, nobody@elsewhere.test").deliver(message(key=uuid4().hex))
    assert arrived(server, delivered.native_id)
    assert "nobody@elsewhere.test" in delivered.answer


def test_a_check_signs_in_and_sends_nothing(server, sending):
    with server.box(CARE) as box:
        before = len(list(box.numbers()))
    found = sending().check()
    assert (found.who, found.where) == (CARE, CARE)
    with server.box(CARE) as box:
        assert len(list(box.numbers())) == before


def test_a_recipient_that_the_server_refuses_is_told_before_and_when_sending(sending):
    for act in (lambda sink: sink.check(), lambda sink: sink.deliver(message())):
        with pytest.raises(NotAllowed) as found:
            act(sending(to="nobody@elsewhere.test"))
        assert "发送" in found.value.text("zh-hans")


@pytest.mark.parametrize(
    ("act", "password"), [("deliver", "wrong-123"), ("check", "wrong-123"), ("deliver", "密码-123")]
)
def test_a_wrong_password_is_told_in_both_languages_without_it(sending, act, password):
    sink = sending(password=password)
    with pytest.raises(CredentialRefused) as found:
        sink.deliver(message()) if act == "deliver" else sink.check()
    assert found.value.pause
    assert ("535" in str(found.value)) == password.isascii()
    assert "测试该渠道" in found.value.text("zh-hans")
    assert password not in f"{found.value} {found.value.details} {found.value.__context__}"


def test_without_a_password_nobody_signs_in(server, sending):
    assert arrived(server, sending(password="").deliver(message(key=uuid4().hex)).native_id)


def test_a_password_never_goes_unencrypted_to_a_server_that_is_not_ones_own(sending):
    with pytest.raises(AddressRefused) as found:
        sending(own=False).deliver(message())
    assert "localhost" in found.value.text("zh-hans")


def test_a_certificate_that_nobody_vouches_for_is_told(server, sending):
    with pytest.raises(Unreachable, match="certificate"):
        sending(port=str(server.smtps), security="tls").deliver(message())


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_encrypted_it_arrives_too(server, sending, monkeypatch, security):
    monkeypatch.setenv("SSL_CERT_FILE", str(server.folder / "cert.pem"))
    port = server.smtps if security == "tls" else server.smtp
    delivered = sending(port=str(port), security=security).deliver(message(key=uuid4().hex))
    assert arrived(server, delivered.native_id)


def test_a_server_that_is_away_is_tried_again(server, sending):
    with server.stopped(), pytest.raises((Unreachable, Unavailable)) as found:
        sending().deliver(message())
    assert not found.value.pause
