"""What a person entered for a source or a channel: the secrets it goes on with, and a name that no other has."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.utils.translation import gettext as _

from outlisten.app.sources.secrets import secrets_left
from outlisten.sources.options import Option

LONGEST_NAME = 120
Given = Mapping[str, str | Sequence[str]]


def with_kept_secrets(
    options: Sequence[Option], given: Given, before: Mapping[str, object], sealed: str
) -> dict[str, str]:
    """The entries as text, with the secrets that are there where none were entered anew: they are never shown, so never sent
    back.

    Raises WrongOption where a secret must be entered again.
    """
    told = {name: in_text(value) for name, value in given.items()}
    secret = {option.name for option in options if option.secret}
    kept = secrets_left(options, before, told, sealed) if sealed else {}
    return {
        **{name: text for name, text in kept.items() if name in secret},
        **{name: text for name, text in told.items() if text or name not in secret},
    }


def in_text(value: str | Sequence[str]) -> str:
    """An entry as text; several words one a line."""
    return (value if isinstance(value, str) else "\n".join(value)).strip()


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, with a number where another has it already."""
    found, number = name[:LONGEST_NAME], 2
    while found in taken:
        found = _("%(name)s (%(number)d)") % {"name": name[: LONGEST_NAME - 6], "number": number}
        number += 1
    return found
