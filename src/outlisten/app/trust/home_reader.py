"""Who may ask this room: an account by the rules, or whoever reads the home while nobody has an account yet."""

from __future__ import annotations

from outlisten.app.people.rules import Act, Actor, require

# None is the reader of the home: a command before set-up. Pages always name somebody, if only a visitor.
Asker = Actor | None


def allowed(by: Asker, act: Act) -> None:
    """Raise Refused unless this person may do it."""
    if by is not None:
        require(by, act)
