"""One module a command. They import what is heavy inside the command, so that `outlisten --help` is quick."""

from __future__ import annotations

from collections.abc import Callable

from outlisten.cli.commands.demo import demo
from outlisten.cli.commands.doctor import doctor
from outlisten.cli.commands.explain import explain
from outlisten.cli.commands.imports import import_files
from outlisten.cli.commands.read import read
from outlisten.cli.commands.search import search
from outlisten.cli.commands.serve import serve
from outlisten.cli.commands.user import add, list_accounts, reset
from outlisten.cli.locales import help_words as _

Described = tuple[Callable[..., int], str]

# In the order of the help: try it, run it, fill it, ask it, check it.
COMMANDS: dict[str, Described] = {
    "demo": (demo, _("Load the bundled real sample into a throw-away home and serve it.")),
    "serve": (serve, _("Serve the application: pages, imports, and these commands.")),
    "import": (
        import_files,
        _("Bring in posts from files: CSV, JSON Lines, JSON, Parquet or XLSX, also compressed."),
    ),
    "search": (search, _("Find posts, newest first.")),
    "explain": (explain, _("Say a query in words, with its warnings.")),
    "read": (read, _("Say what the language models read in texts.")),
    "doctor": (doctor, _("Check that everything is in order.")),
}
GROUPS: dict[str, tuple[str, dict[str, Described]]] = {
    "user": (
        _("The accounts of this installation."),
        {
            "add": (add, _("Make an account.")),
            "reset": (reset, _("Print a link to sign in once and choose a new password.")),
            "list": (list_accounts, _("Show the accounts.")),
        },
    ),
}
