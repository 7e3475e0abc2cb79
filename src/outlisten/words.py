"""Words a person reads, in the asked language: standard gettext, one domain a room, English as the source."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from gettext import translation
from pathlib import Path
from typing import Literal

Locale = Literal["en", "zh-hans"]
LOCALES: tuple[Locale, ...] = ("en", "zh-hans")
FOLDER = Path(__file__).parent / "locale"


def locale_named(name: str) -> Locale:
    """The interface language nearest to a BCP 47 tag or POSIX locale name; English when none is near."""
    return "zh-hans" if name.lower().startswith(("zh", "cmn")) else "en"


@cache
def words(domain: str, locale: Locale) -> Callable[[str], str]:
    """The translating function of a room (`domain`) in a language; an untranslated sentence stays English."""
    languages = ["zh_Hans"] if locale == "zh-hans" else ["en"]
    return translation(domain, FOLDER, languages=languages, fallback=True).gettext
