"""The language of the command line: what was asked for, then what the terminal speaks."""

from __future__ import annotations

import gettext
import os
import sys
from collections.abc import Mapping, Sequence

from outlisten.words import FOLDER, Locale, locale_named, words

# In the order POSIX gives them; ours first.
VARIABLES = ("OUTLISTEN_LOCALE", "LC_ALL", "LC_MESSAGES", "LANG")


def asked_locale(arguments: Sequence[str], environment: Mapping[str, str]) -> Locale:
    """The language of `--locale` among the arguments, else of the environment, else English."""
    for place, word in enumerate(arguments):
        if word.startswith("--locale="):
            return locale_named(word.partition("=")[2])
        if word == "--locale" and place + 1 < len(arguments):
            return locale_named(arguments[place + 1])
    named = (environment[name] for name in VARIABLES if environment.get(name))
    return locale_named(next(named, "en"))


def speak_to_typer(locale: Locale) -> None:
    """Give Typer's own words (Options, …) this language: it asks the process's default catalogue."""
    os.environ["LANGUAGE"] = "zh_Hans" if locale == "zh-hans" else "en"
    gettext.bindtextdomain("cli", str(FOLDER))
    gettext.textdomain("cli")


# Help is made of sentences that Typer reads once, when the commands are defined.
STARTED_IN = asked_locale(sys.argv[1:], os.environ)
help_words = words("cli", STARTED_IN)
