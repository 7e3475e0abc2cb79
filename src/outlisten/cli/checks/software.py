"""What was installed: the models and the pages' files."""

from __future__ import annotations

from outlisten.cli.checks.check import Check
from outlisten.cli.session import Session


def models(session: Session) -> Check:
    """The weights are the ones the model's card describes, by their checksums."""
    from outlisten.language import model_card
    from outlisten.language.card import weights

    _ = session.words
    card = model_card()
    for name in card.files:
        weights(card, name)
    return Check("models", True, _("{model}, checksums right: {n}").format(model=card, n=len(card.files)))


def static_files(session: Session) -> Check:
    """The pages' styles and scripts can be found."""
    from django.contrib.staticfiles import finders

    _ = session.words
    found = sum(1 for finder in finders.get_finders() for _file in finder.list(None))
    cure = None if found else _("Install Outlisten again.")
    return Check("static files", bool(found), _("files: {n}").format(n=found), cure)
