"""Requests made to do harm: forged forms, addresses that lead elsewhere, names that climb, long and broken queries."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from outlisten.app.listening.actions.imports import upload
from outlisten.app.people.models import Account

Browser = Callable[..., Client]
CHANGES = (
    "/import/", "/import/1/reading", "/import/1/start", "/import/1/cancel", "/settings/brands/new",
    "/settings/brands/1", "/settings/topics/new", "/settings/topics/1", "/settings/brands/1/remove",
    "/settings/undo/x", "/settings/workspace", "/settings/account", "/preferences/language",
    "/preferences/theme", "/account/password", "/account/password/first", "/account/sign-in", "/account/sign-out",
    "/account/two-step/totp/deactivate/", "/set-up/x",
)  # fmt: skip


@pytest.mark.parametrize("address", CHANGES)
def test_a_form_from_elsewhere_changes_nothing(browser: Browser, address: str) -> None:
    inside = browser()
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = inside.cookies
    for headers in ({}, {"HX-Request": "true"}, {"X-CSRFToken": "a" * 32}):
        answer = forged.post(address, {"theme": "dark"}, headers=headers)
        assert answer.status_code == 403
        assert "This form has expired" in answer.content.decode()


def views(resolver: URLResolver) -> list[object]:
    found: list[object] = []
    for pattern in resolver.url_patterns:
        found += views(pattern) if isinstance(pattern, URLResolver) else [pattern]
    return found


# Systems send there, which prove each request with a secret of their own; a session lets nobody in
# (tests/app/sources/test_receiving.py).
EXCUSED = ["source_in"]


def test_no_address_of_browsers_is_excused_from_the_forms_token() -> None:
    all_views = [found for found in views(get_resolver()) if isinstance(found, URLPattern)]
    assert len(all_views) > 50
    excused = [found.name for found in all_views if getattr(found.callback, "csrf_exempt", False)]
    assert excused == EXCUSED


ELSEWHERE = [
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "javascript:alert(1)",
    "http:evil.example", "///evil.example", "\thttps://evil.example",
]  # fmt: skip


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
@pytest.mark.parametrize("switch", ["language", "theme"])
def test_a_switch_leads_nowhere_else(client: Client, db: None, switch: str, elsewhere: str) -> None:
    value = {"language": "zh-hans", "theme": "dark"}
    answer = client.post(f"/preferences/{switch}", {switch: value[switch], "next": elsewhere})
    assert answer.url == "/"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_signing_in_and_out_leads_nowhere_else(
    client: Client, account: Callable[..., Account], elsewhere: str
) -> None:
    account(email="lin@example.org", password="a quiet morning walk")
    given = {"login": "lin@example.org", "password": "a quiet morning walk", "next": elsewhere}
    came = client.post(f"/account/sign-in?next={quote(elsewhere)}", given)
    went = client.post(f"/account/sign-out?next={quote(elsewhere)}", {"next": elsewhere})
    for answer in (came, went):
        assert answer.status_code == 302
        assert "evil" not in answer.url
        assert "alert" not in answer.url


@pytest.mark.parametrize(
    "name",
    [
        "../../secret.key",
        "..\\..\\secret.key",
        "/etc/passwd",
        "a/../../b.csv",
        "..",
        ".",
        "帖子.csv",
        "x" * 400 + ".csv",
    ],
)
@pytest.mark.django_db(transaction=True)
def test_an_uploads_name_never_leaves_its_folder(
    account: Callable[..., Account], settings: object, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("outlisten.app.listening.actions.imports.wake", lambda: None)
    file = SimpleUploadedFile("x", b"text\nhello\n")
    file._name = name  # what a client that does not clean names would send
    run = upload(file, by=account())
    folder = Path(settings.MEDIA_ROOT)  # type: ignore[attr-defined]
    assert Path(run.path).resolve().parent == folder.resolve()
    assert [Path(run.path)] == list(folder.iterdir())
    assert (folder.stat().st_mode & 0o077, Path(run.path).stat().st_mode & 0o077) == (0, 0)


QUERIES = {
    "han": "海" * 20_000, "or": "a OR " * 4_000 + "b", "brackets": "(" * 20_000, "not": "NOT " * 5_000 + "x",
    "quotes": '"' * 19_999, "minus": "-a " * 6_600, "nested": "(a OR " * 2_000 + "b" + ")" * 2_000,
    "nul": "\0queue", "sql": "queue'; DROP TABLE posts; --", "parameter": "{q0:String}", "joiners": "1" + "\u200d" * 19_000,
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.usefixtures("pages_store")
def test_any_query_is_answered_or_refused_in_words(browser: Browser, query: str, language: str) -> None:
    client = browser(language=language)
    for address in ("/listen/", "/listen/check", "/listen/result", "/listen/headline", "/listen/export/csv"):
        answer = client.get(address, {"q": QUERIES[query], "period": "all"}, follow=True)
        assert answer.status_code in (200, 400), address


@pytest.mark.parametrize("address", ["/listen/", "/listen/more", "/compare/", "/compare/result"])
@pytest.mark.usefixtures("pages_store")
def test_broken_values_in_an_address_are_answered_in_words(browser: Browser, address: str) -> None:
    client = browser()
    for name in ("period", "lang", "author", "since", "after", "us", "them", "against"):
        assert client.get(address, {"q": "queue", name: "\0'\\"}).status_code in (200, 400), name
