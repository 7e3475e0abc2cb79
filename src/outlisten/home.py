"""The home: the one folder in which an installation keeps its posts, database, secret, socket and log."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from outlisten.words import Locale, words


class HomeProblem(Exception):
    """A home that cannot be used; `text(locale)` is the sentence to show, with what to do."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self.path = path

    def text(self, locale: Locale = "en") -> str:
        """What is wrong with which folder, and what to do."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.text()


class HomeUnusable(HomeProblem):
    """The folder cannot be made, read or written; `reason` is the system's word for it."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path)
        self.reason = reason

    def text(self, locale: Locale = "en") -> str:
        """The folder, the reason, and the option that names another."""
        _ = words("cli", locale)
        return _("The home {path} cannot be used ({reason}). Choose another folder with --home.").format(
            path=self.path, reason=self.reason
        )


class HomeBusy(HomeProblem):
    """Another process owns the home: its process id (0 when it cannot be read) and what it runs."""

    def __init__(self, path: Path, pid: int, holder: str) -> None:
        super().__init__(path)
        self.pid = pid
        self.holder = holder

    def text(self, locale: Locale = "en") -> str:
        """Who holds it, and the two ways out."""
        _ = words("cli", locale)
        return _(
            "The home {path} is held by process {pid} ({holder}). "
            "Wait until it ends, or choose another folder with --home."
        ).format(path=self.path, pid=self.pid or "?", holder=self.holder)


def default_home() -> Path:
    """OUTLISTEN_HOME, else the platform's data folder for this user."""
    named = os.environ.get("OUTLISTEN_HOME")
    if named:
        return Path(named).expanduser().absolute()
    return _data_folder() / "outlisten"


def _data_folder() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


@dataclass(frozen=True, slots=True)
class Home:
    """Names of everything inside one home folder. Nothing is made until `create`, `secret_key` or `lock`."""

    path: Path

    @classmethod
    def default(cls) -> Home:
        """The home that OUTLISTEN_HOME names, or the platform's."""
        return cls(default_home())

    @property
    def posts_url(self) -> str:
        """Where posts are kept: OUTLISTEN_POSTS_URL, else a chDB folder in the home."""
        return os.environ.get("OUTLISTEN_POSTS_URL") or f"chdb://{quote(str(self.path / 'posts'))}"

    @property
    def database_url(self) -> str:
        """Where people, brands and topics are kept: OUTLISTEN_DATABASE_URL, else SQLite in the home."""
        return (
            os.environ.get("OUTLISTEN_DATABASE_URL")
            or f"sqlite:///{quote(str(self.path / 'outlisten.sqlite3'))}"
        )

    @property
    def socket(self) -> Path:
        """The Unix socket on which a running server meets commands."""
        return self.path / "server.sock"

    @property
    def meeting(self) -> Path:
        """Port and token, when the home's path is too long for a Unix socket."""
        return self.path / "server.token"

    @property
    def audit_head(self) -> Path:
        """How many acts the audit log holds and the digest of the newest: kept outside the database."""
        return self.path / "audit.head"

    @property
    def log(self) -> Path:
        """Where unexpected errors are written; never holds a post's text."""
        return self.path / "outlisten.log"

    @property
    def rejected(self) -> Path:
        """Folder of the rows that imports refused, each with its line number and reason."""
        return self.path / "rejected"

    @property
    def in_use(self) -> bool:
        """Whether anything was ever kept here."""
        return (self.path / "secret.key").exists()

    def create(self) -> Home:
        """Make the folder, readable by its owner alone. Raises HomeUnusable."""
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise HomeUnusable(self.path, _reason(error)) from error
        if not os.access(self.path, os.R_OK | os.W_OK | os.X_OK):
            raise HomeUnusable(self.path, os.strerror(13))
        return self

    def secret_key(self) -> str:
        """The installation's secret for sessions and signatures: made once, readable by the owner alone."""
        return self._secret("secret.key")

    def audit_key(self) -> str:
        """The key that chains the audit log, outside the database so that whoever can write there cannot forge it."""
        return self._secret("audit.key")

    def sources_key(self) -> str:
        """What seals the keys and passwords of sources: outside the database, so that a copy of that alone opens none."""
        return self._secret("sources.key")

    def kept_audit_key(self) -> str | None:
        """The key when there is one: who checks the log must not make another."""
        try:
            return (self.path / "audit.key").read_text("ascii")
        except (OSError, ValueError):
            return None

    def _secret(self, name: str) -> str:
        kept = self.create().path / name
        if not kept.exists():
            self._keep_secret(kept)
        return kept.read_text("ascii")

    def _keep_secret(self, kept: Path) -> None:
        fresh = kept.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")
        try:
            write_private(fresh, secrets.token_urlsafe(64))
            os.link(fresh, kept)  # fails when another process was first: its secret then is the one
        except FileExistsError:
            pass
        except OSError as error:
            raise HomeUnusable(self.path, _reason(error)) from error
        finally:
            fresh.unlink(missing_ok=True)

    @contextmanager
    def lock(self, holder: str) -> Iterator[None]:
        """Own the home while the block runs; even `kill -9` lets go of it. Raises HomeBusy."""
        name = self.create().path / "owner.lock"
        try:
            file = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise HomeUnusable(self.path, _reason(error)) from error
        try:
            self._own(file, holder)
            yield
        finally:
            os.close(file)

    def held(self) -> bool:
        """Whether a process owns the home at this moment."""
        try:
            file = os.open(self.path / "owner.lock", os.O_RDWR | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            os.close(file)
        return False

    def _own(self, file: int, holder: str) -> None:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            pid, other = _read_owner(file)
            raise HomeBusy(self.path, pid, other) from error
        os.ftruncate(file, 0)
        os.pwrite(file, json.dumps({"pid": os.getpid(), "holder": holder}).encode(), 0)


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner can read. Raises FileExistsError when there is one."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)


def _read_owner(file: int) -> tuple[int, str]:
    try:
        owner = json.loads(os.pread(file, 4096, 0))
        return int(owner["pid"]), str(owner["holder"])
    except (ValueError, KeyError, TypeError):
        return 0, "outlisten"


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
