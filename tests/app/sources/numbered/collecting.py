"""A process that collects with the workers of the server until it is killed: `python -m tests.app.sources.numbered.collecting`.

It works on the home of OUTLISTEN_HOME, whose database a test has made, and knows the numbered network.
"""

from __future__ import annotations

import os
from threading import Event

from outlisten.home import Home


def main() -> None:
    """Hold the home as a server does, and ask its sources."""
    home = Home.default()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "outlisten.app.settings")
    with home.lock("outlisten serve"):
        import django

        django.setup()
        from tests.app.sources.numbered.connector import register

        from outlisten.app.listening.store import pipeline
        from outlisten.app.sources import running

        register()
        pipeline()  # makes up for what a crash left
        running.start()
        Event().wait()


if __name__ == "__main__":
    main()
