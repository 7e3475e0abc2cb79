"""A day as commands take it."""

from __future__ import annotations

from datetime import date

from outlisten.cli.endings import WrongUsage
from outlisten.cli.session import Session


def day_named(session: Session, option: str, text: str) -> date:
    """The day that was typed after an option. Raises WrongUsage for what is none."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        said = session.words("{option} {text} is not a day. Write it as 2026-07-31.")
        raise WrongUsage(said.format(option=option, text=text)) from None
