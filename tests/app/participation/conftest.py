"""A calendar of one meeting with a customer, one among ourselves, one that cannot be told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from outlisten.app.participation.actions import set_domains

SECRETS = ("裁员计划", "Quarterly pricing", "Room Lotus", "ana@harbour.example", "lin@axitea.example", "安娜")


def calendar(*more: str, now: datetime | None = None) -> bytes:
    """Three meetings of an hour, a week ago."""
    start = (now or datetime.now(UTC)) - timedelta(days=7)
    with_whom = ("ana@harbour.example", "chen@axitea.example", "bo@elsewhere.example")
    titles = ("裁员计划", "Quarterly pricing", "Coffee")
    events = [
        f"BEGIN:VEVENT\r\nUID:meeting-{at}\r\nDTSTART:{start:%Y%m%dT%H0000Z}\r\nDURATION:PT1H\r\nSUMMARY:{titles[at]}\r\n"
        f"LOCATION:Room Lotus\r\nORGANIZER;CN=林:mailto:lin@axitea.example\r\nATTENDEE;CN=安娜:mailto:{address}\r\nEND:VEVENT"
        for at, address in enumerate(with_whom)
    ]
    inside = "\r\n".join([*events, *more])
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{inside}\r\nEND:VCALENDAR\r\n".encode()


@pytest.fixture
def domains(account):
    """Ours and one customer's; set by an administrator."""
    set_domains(["axitea.example"], ["harbour.example"], by=account("admin"))
