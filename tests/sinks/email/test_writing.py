"""A mail holds the same words twice, escaped where they are HTML, and the same id for the same key."""

from __future__ import annotations

import email
import email.policy
import re
from email.headerregistry import Address
from pathlib import Path

import pytest
from tests.sinks.sending import HOSTILE, NOW, Channel, hostile, long, message

from outlisten.sinks.email.sink import Email
from outlisten.sinks.email.writing import LONGEST_SUBJECT, MOST, mail
from outlisten.sinks.message import Line, Link
from outlisten.sources.html_text import html_text, links
from outlisten.sources.problems import WrongOption

FIXTURE = Path(__file__).parent / "fixtures" / "mail-2026-12-01.eml"
SENDER = Address("聆听", addr_spec="listening@brand.test")
TO = (Address(addr_spec="care@brand.test"), Address(addr_spec="press@brand.test"))


def made(one):
    """The mail as a mailbox reads it."""
    raw = mail(one, sender=SENDER, to=TO).as_bytes()
    return email.message_from_bytes(raw, policy=email.policy.default)


def part(one, kind):
    return made(one).get_body((kind,)).get_content().replace("\r\n", "\n")


def test_a_mail_is_the_one_that_was_kept():
    """Its boundary is random; everything else stands as it was read and approved on its day."""
    raw = mail(message(urgent=True), sender=SENDER, to=TO).as_bytes()
    assert re.sub(rb"=+\d+==", b"BOUNDARY", raw) == FIXTURE.read_bytes()


def test_the_same_key_has_the_same_id_and_another_one_another():
    ids = [made(message(key=key))["Message-ID"] for key in ("a", "a", "b", "提醒\ud800")]
    assert ids[0] == ids[1]
    assert len(set(ids)) == 3
    assert all(re.fullmatch(r"<outlisten\.[0-9a-f]{32}@brand\.test>", one) for one in ids)


def test_words_of_a_post_are_words_in_html_too():
    html = part(hostile(), "html")
    assert not re.search(r"<(script|img|at|b|!channel)\b", html)
    assert html_text(html).count(" ".join(HOSTILE.split())) == 3
    assert links(html) == [
        "https://example.org/%22%3E%3Cscript%3E%7Cx%29*_~/一",
        "https://listen.example/alerts/7",
    ]


def test_a_title_cannot_add_a_header():
    one = made(message(title="好\r\nBcc: everyone@brand.test\n\n<b>"))
    assert one["Bcc"] is None
    assert one["Subject"] == "好 Bcc: everyone@brand.test <b>"


def test_both_languages_name_the_way_back():
    assert "在 Outlisten 中查看: https://listen.example/alerts/7" in part(message(), "plain")
    assert "Open in Outlisten: https://listen.example/alerts/7" in part(message(locale="en"), "plain")
    assert made(message(locale="en"))["Content-Language"] == "en"


def test_a_long_mail_is_cut_and_says_where_the_rest_is():
    plain = part(long(title="长" * 900), "plain")
    assert len(plain) <= MOST
    assert "…\n\n完整内容请在 Outlisten 中查看。" in plain
    assert len(made(long(title="长" * 900))["Subject"]) == LONGEST_SUBJECT


def test_a_link_without_words_is_its_address():
    one = message(Line("看", (Link("", "https://example.org/一"),)))
    assert "看\nhttps://example.org/一\n" in part(one, "plain")
    assert ">https://example.org/一</a>" in part(one, "html")


@pytest.mark.parametrize("to", ["care", "a@b@c", "<a@b.test>", "x y@b.test", "@b.test"])
def test_what_is_no_mail_address_is_refused_in_both_languages(to):
    given = {"host": "smtp.brand.test", "sender": "a@brand.test", "to": to}
    with pytest.raises(WrongOption) as found:
        Channel({}).sink(Email, given, now=NOW)
    assert "no mail address" in str(found.value)
    assert found.value.text("zh-hans") == "收件人地址：这不是邮件地址"
