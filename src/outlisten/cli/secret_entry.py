"""A key or password typed where nobody sees it: on the terminal, without echo."""

from __future__ import annotations

import warnings
from getpass import GetPassWarning, getpass


def typed_secret(prompt: str) -> str | None:
    """What the person typed after the prompt; None where there is no terminal to type on."""
    with warnings.catch_warnings():
        warnings.simplefilter("error", GetPassWarning)  # it would echo what is typed
        try:
            return getpass(prompt)
        except (GetPassWarning, EOFError, OSError):
            return None
