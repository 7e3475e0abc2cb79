"""The reader's language, as the library's rooms name it."""

from __future__ import annotations

from django.utils.translation import get_language

from outlisten.words import Locale, locale_named


def locale() -> Locale:
    """The interface language of the request being answered."""
    return locale_named(get_language() or "en")
