"""Databases and mail servers named by an address."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from outlisten.app.addresses import database, mail


def test_a_sqlite_file_is_named_by_its_path() -> None:
    found = database("sqlite:////home/li%20n/outlisten.sqlite3")
    assert found["NAME"] == "/home/li n/outlisten.sqlite3"
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_a_postgres_address_gives_every_part() -> None:
    found = database("postgres://lin:p%40ss@db.example:5433/outlisten?sslmode=require")
    assert {name: found[name] for name in ("USER", "PASSWORD", "HOST", "PORT", "NAME", "OPTIONS")} == {
        "USER": "lin", "PASSWORD": "p@ss", "HOST": "db.example", "PORT": "5433", "NAME": "outlisten",
        "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip


@pytest.mark.parametrize("address", ["mysql://x/y", "sqlite://", "postgres://host", "outlisten.sqlite3"])
def test_an_address_that_names_no_database_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="OUTLISTEN_DATABASE_URL"):
        database(address)


def test_without_an_address_no_mail_is_sent() -> None:
    assert mail("")["EMAIL_BACKEND"].endswith("dummy.EmailBackend")


@pytest.mark.parametrize(
    ("address", "port", "direct", "upgraded"),
    [("smtp://u:p@mail.example", 587, False, True), ("smtps://mail.example", 465, True, False),
     ("smtp://localhost:2525", 2525, False, False)],
)  # fmt: skip
def test_mail_is_encrypted_except_to_this_machine(
    address: str, port: int, direct: bool, upgraded: bool
) -> None:
    found = mail(address)
    assert (found["EMAIL_PORT"], found["EMAIL_USE_SSL"], found["EMAIL_USE_TLS"]) == (port, direct, upgraded)


def test_a_wrong_mail_address_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="OUTLISTEN_EMAIL_URL"):
        mail("imap://mail.example")
