"""What was installed: the models and the pages' files."""

from __future__ import annotations

from outlisten.cli.checks.check import Check
from outlisten.cli.session import Session


def models(session: Session) -> Check:
    """The language models are the files their card names, and read a sentence."""
    from outlisten.language import model_card, read

    _ = session.words
    card = model_card()
    read(["ok"])
    return Check("models", True, f"{card.id} {card.version}")


def static_files(session: Session) -> Check:
    """The pages' styles and scripts can be found."""
    from django.contrib.staticfiles import finders

    _ = session.words
    found = sum(1 for finder in finders.get_finders() for _file in finder.list(None))
    cure = None if found else _("Install Outlisten again.")
    return Check("static files", bool(found), _("{n} files").format(n=found), cure)
