"""What must be ready before the first page is served."""

from __future__ import annotations

import os


def prepare() -> None:
    """Make the home, load Django, bring the database up to date and collect the static files. Safe to
    repeat."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "outlisten.app.settings")
    from outlisten.home import Home

    Home.default().secret_key()  # makes the home too; the settings read it
    import django

    django.setup()
    from django.core.management import call_command

    from outlisten.app.web.static_files import collect

    call_command("migrate", interactive=False, verbosity=0)
    collect()
