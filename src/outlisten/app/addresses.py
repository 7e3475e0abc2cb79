"""Databases and mail servers named by an address, turned into the shapes Django wants."""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

# In WAL readers and one writer never block each other. A writer takes its lock at the start, so that two
# never deadlock half way. NORMAL is durable there but for the last moments before a power cut.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
    "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=67108864;",
}


def database(address: str) -> dict[str, Any]:
    """Django's entry for `sqlite:///file` (`sqlite:////absolute/file`) or
    `postgres://user:password@host:port/name?option=value`. Raises ImproperlyConfigured."""
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return _sqlite(parts)
    if parts.scheme in ("postgres", "postgresql"):
        return _postgres(parts)
    raise ImproperlyConfigured(
        f"OUTLISTEN_DATABASE_URL starts with {parts.scheme or 'nothing'}://; use sqlite:///file or postgres://…"
    )


def _sqlite(parts: SplitResult) -> dict[str, Any]:
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "OUTLISTEN_DATABASE_URL names no file; use sqlite:////absolute/path.sqlite3"
        )
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": unquote(parts.path[1:]),  # after the slash that ends the empty host
        "OPTIONS": SQLITE_OPTIONS,
    }


def _postgres(parts: SplitResult) -> dict[str, Any]:
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise ImproperlyConfigured("OUTLISTEN_DATABASE_URL names no database; use postgres://user@host/name")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def mail(address: str) -> dict[str, Any]:
    """Django's EMAIL_* settings for `smtp://` or `smtps://`; without an address nothing is sent."""
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            "OUTLISTEN_EMAIL_URL is not understood; use smtp://user:password@host:port"
        )
    direct = parts.scheme == "smtps"
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if direct else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": direct,
        "EMAIL_USE_TLS": not direct and parts.hostname not in ("localhost", "127.0.0.1"),
        "EMAIL_TIMEOUT": 10,
    }
