"""A message holds one sentence a line, and no address that is none."""

from __future__ import annotations

from datetime import datetime

import pytest
from tests.sinks.sending import message

from outlisten.sinks.message import Line, Link


@pytest.mark.parametrize(
    ("given", "address"),
    [
        ("https://example.org/一/?q=二&b=1#三", "https://example.org/一/?q=二&b=1#三"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("https://example.org/a)(b]|c d", "https://example.org/a%29%28b%5D%7Cc%20d"),
        ("javascript:alert(1)", ""),
        ("data:text/html,好", ""),
        ("/relative", ""),
        ("https://", ""),
        ("http://[::1", ""),
        ("https://a.exa\nmple/末", "https://a.example/末"),
        ("http://[::1]:8000/[x]", "http://[::1]:8000/%5Bx%5D"),
        ("https://a.example|b/", ""),
        ("https://a(b.example/", ""),
        ("", ""),
        ("https://a.example/\u202e 末", "https://a.example/%20末"),
    ],
)
def test_a_link_keeps_an_address_that_ends_no_mark_it_is_written_into(given, address):
    assert Link("看", given).url == address


def test_links_that_lead_nowhere_are_left_out():
    assert Line("好", (Link("a", "javascript:1"), Link("b", "https://b.example"))).links == (
        Link("b", "https://b.example"),
    )


@pytest.mark.parametrize(
    ("given", "shown"),
    [("一\n二\t三", "一 二 三"), ("a\u202eb\ud800c\x00", "abc"), ("  ", ""), ("👩‍👩‍👧", "👩‍👩‍👧")],
)
def test_a_sentence_is_one_line_without_signs_that_hide(given, shown):
    assert Line(given).text == shown
    assert message(title=given).title == shown


@pytest.mark.parametrize("wrong", [{"key": ""}, {"at": datetime(2026, 12, 1)}])
def test_a_message_needs_a_key_and_a_time_with_its_zone(wrong):
    with pytest.raises(ValueError, match="key"):
        message(**wrong)
