"""The question an address of ours asks: its query, its days, and the same address bound to those days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import QueryDict
from django.urls import Resolver404, resolve

from outlisten.app.listening.queries.listen import ask, today
from outlisten.app.people.rules import Actor

PERIOD = ("period", "since", "until", "after")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asked on `as_of`; the days are None where the period is open."""

    query: str
    since: date | None
    until: date | None
    as_of: date


def asked(address: str, by: Actor) -> Asked:
    """Read an address as the pages of listening do. Raises Refused."""
    question = ask(by, QueryDict(urlsplit(address).query))
    since, until = question.period.first_and_last(question.as_of.today)
    return Asked(question.evidence, since, until, question.as_of.today)


def asked_nothing() -> Asked:
    """For a post, or a page that asks no query: only the day."""
    return Asked("", None, None, today().today)


def page_named(address: str) -> str:
    """The name of the page at an address; blank for an address that is not ours."""
    try:
        return resolve(urlsplit(address).path).url_name or ""
    except Resolver404:
        return ""


def bound(address: str, since: date | None, until: date | None) -> str:
    """The same address for these days, whatever day it is opened on; unchanged when the period is open."""
    if since is None and until is None:
        return address
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in PERIOD]
    days = [(name, day.isoformat()) for name, day in (("since", since), ("until", until)) if day]
    return f"{parts.path}?{urlencode([*kept, *days])}"
