"""What must be ready before the first page is served."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def prepare() -> None:
    """Make the home, load Django, bring the database up to date and collect the static files. Safe to
    repeat."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "outlisten.app.settings")
    from outlisten.home import Home

    Home.default().secret_key()  # makes the home too; the settings read it
    import django

    django.setup()
    from outlisten.app.web.static_files import collect

    update_database()
    collect()


def update_database() -> None:
    """Give the database the shape of this version; Django is set up."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        _make_private(str(connection.settings_dict["NAME"]))
    call_command("migrate", interactive=False, verbosity=0)


def _make_private(database: str) -> None:
    """The file of sessions and password hashes, for its owner alone even in a folder that others may enter.

    SQLite gives a journal the permissions of its database; one that is there already keeps its own.
    """
    Path(database).touch(mode=0o600)
    for file in (database, f"{database}-wal", f"{database}-shm"):
        with suppress(FileNotFoundError):
            os.chmod(file, 0o600)
