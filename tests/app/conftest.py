"""What the application's tests share: people with roles, a browser for each, an open store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client

from outlisten.app.listening.store import use
from outlisten.app.people.models import Account
from outlisten.home import Home
from outlisten.posts import PostStore

Browser = Callable[..., Client]
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(autouse=True)
def _plain_settings(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Static files by their own names, uploads in the test's folder, nothing remembered between tests."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}
    settings.MEDIA_ROOT, settings.STATIC_ROOT = tmp_path / "uploads", tmp_path
    settings.HOME = Home(tmp_path / "home")
    # Argon2 is meant to be slow; the tests are not.
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def account(db: None) -> Callable[..., Account]:
    """Makes accounts: `account("analyst", language="zh-hans")`."""

    def make(role: str = "owner", **fields: Any) -> Account:
        fields = {"email": f"{role}@example.org", "name": f"An {role}", "password": None, **fields}
        return Account.objects.create_user(role=role, **fields)

    return make


@pytest.fixture
def browser(account: Callable[..., Account]) -> Browser:
    """A browser signed in as a new account of a role: `browser("viewer")`."""

    def open_as(role: str = "owner", **fields: Any) -> Client:
        client = Client()
        client.force_login(account(role, **fields), backend=BACKEND)
        return client

    return open_as


@pytest.fixture
def pages_store(store: PostStore) -> Iterator[PostStore]:
    """An empty store behind the pages."""
    use(store)
    yield store
    use(None)


@pytest.fixture
def for_threads(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """Threads meet in a file, as in a home: SQLite's database in memory has locks of another kind.

    Its name is put back before the database is cleared, or the one in memory would be closed and lost.
    """
    with pytest.MonkeyPatch.context() as patch:
        if connection.vendor == "sqlite":
            place = str(tmp_path / "outlisten.sqlite3")
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [place])
            patch.setitem(connection.settings_dict, "NAME", place)
        yield
