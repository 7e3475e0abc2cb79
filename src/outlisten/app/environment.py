"""Settings from the environment: small typed readers, each with a default and a help text, that fail
loudly."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

PREFIX = "OUTLISTEN_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting a person may give: its name, what it takes, its default in words, and what it does."""

    name: str
    takes: str
    default: str
    help: str


SETTINGS = (
    Setting("OUTLISTEN_HOME", "folder", "the platform's data folder",
            "Where an installation keeps everything: posts, database, secret, log."),
    Setting("OUTLISTEN_POSTS_URL", "address", "a chDB folder in the home",
            "Where posts are kept: chdb:///folder, or clickhouse://user:password@host:port/database."),
    Setting("OUTLISTEN_DATABASE_URL", "address", "SQLite in the home",
            "Where people, brands and topics are kept: sqlite:///file, or "
            "postgres://user:password@host:port/name."),
    Setting("OUTLISTEN_SECRET_KEY", "text", "made once and kept in the home, readable by its owner alone",
            "Signs sessions and one-time links; at least 32 characters. Changing it signs everybody out."),
    Setting("OUTLISTEN_SECRET_KEY_FILE", "file", "none",
            "A file that holds the secret, for containers; used when OUTLISTEN_SECRET_KEY is not given."),
    Setting("OUTLISTEN_ALLOWED_HOSTS", "names, separated by commas", "localhost,127.0.0.1,[::1]",
            "Host names under which the pages may be opened."),
    Setting("OUTLISTEN_TRUSTED_ORIGINS", "addresses, separated by commas", "none",
            "Origins that may send forms when a proxy in front changes the host, "
            "such as https://listen.example.org."),
    Setting("OUTLISTEN_ADDRESS", "address", "the address under which the inviting person opened the page",
            "Where people reach this installation, such as https://listen.example.org; invitations lead there."),
    Setting("OUTLISTEN_HTTPS", "True or False", "False",
            "Pages are reached over HTTPS: cookies are sent only there, browsers are told to stay there."),
    Setting("OUTLISTEN_PROXIES", "number", "0",
            "How many proxies of yours stand in front; their X-Forwarded-For "
            "and X-Forwarded-Proto are believed."),
    Setting("OUTLISTEN_EMAIL_URL", "address", "none: no e-mail is sent",
            "The server that sends e-mail, such as invitations and password resets: smtp://user:password@host:port, "
            "smtps:// for TLS from the start."),
    Setting("OUTLISTEN_EMAIL_FROM", "e-mail address", "outlisten@localhost", "The sender of those e-mails."),
    Setting("OUTLISTEN_OWN_SERVERS", "hosts, separated by commas", "none",
            "Servers inside a private network that sources may reach, such as forum.internal or 10.0.0.5:8080; all other "
            "private addresses are refused."),
    Setting("OUTLISTEN_WATCHED_FOLDERS", "paths, separated by commas", "none",
            "Folders of this machine whose files sources may read, such as /srv/outlisten/incoming; everything else on it is "
            "refused, and so are links that lead out of them."),
    Setting("OUTLISTEN_SOURCES_KEY", "text", "made once and kept in the home, readable by its owner alone",
            "Seals the keys and passwords of sources in the database; at least 32 characters, the same for every process "
            "that shares the database. With another key they must be entered again."),
    Setting("OUTLISTEN_SOURCES_KEY_FILE", "file", "none",
            "A file that holds that key, for containers; used when OUTLISTEN_SOURCES_KEY is not given."),
    Setting("OUTLISTEN_SESSION_DAYS", "number", "14",
            "After how many days without a visit one signs in again."),
    Setting("OUTLISTEN_LOCALE", "en or zh-hans", "the language of the terminal",
            "The language of the command line; a page has the language its reader chose."),
    Setting("OUTLISTEN_LOG_LEVEL", "DEBUG, INFO, WARNING or ERROR", "INFO",
            "How much is written to the log."),
    Setting("OUTLISTEN_DEBUG", "True or False", "False",
            "For work on the code only: errors show source and settings, and static files are read afresh."),
)  # fmt: skip
_NAMES = frozenset(setting.name for setting in SETTINGS)


class Environment:
    """Reads settings out of a mapping such as `os.environ`. Each reader raises ImproperlyConfigured with the
    setting's name, the value and what is expected."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = os.environ if values is None else values

    def text(self, name: str, default: str = "") -> str:
        """The value without surrounding blanks, or the default when it is missing or blank."""
        if name not in _NAMES:
            raise LookupError(f"{name} is not declared in SETTINGS")
        return self._values.get(name, "").strip() or default

    def flag(self, name: str, default: bool = False) -> bool:
        """True or False."""
        value = self.text(name, str(default))
        if value not in ("True", "False"):
            raise ImproperlyConfigured(f"{name}={value} is not understood; use True or False.")
        return value == "True"

    def whole(self, name: str, default: int, least: int = 0) -> int:
        """A whole number, not smaller than `least`."""
        value = self.text(name, str(default))
        if not value.isdecimal() or int(value) < least:
            raise ImproperlyConfigured(
                f"{name}={value} is not understood; use a whole number, {least} or more."
            )
        return int(value)

    def names(self, name: str, default: str = "") -> list[str]:
        """The parts between commas, blanks left out."""
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def one_of(self, name: str, choices: tuple[str, ...], default: str) -> str:
        """One of the choices."""
        value = self.text(name, default)
        if value not in choices:
            raise ImproperlyConfigured(f"{name}={value} is not understood; use one of {', '.join(choices)}.")
        return value

    def secret(self, name: str) -> str:
        """The value of `name`, else what the file `name`_FILE holds, else the empty string."""
        value = self.text(name)
        file = self.text(f"{name}_FILE")
        if not value and file:
            value = _read(f"{name}_FILE", Path(file))
        if value and len(value) < 32:
            raise ImproperlyConfigured(f"{name} is too short to be safe; use 32 characters or more.")
        return value


def _read(name: str, file: Path) -> str:
    try:
        return file.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}={file} cannot be read ({error}).") from error
