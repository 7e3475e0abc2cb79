"""A sentence in both languages, as manifests hold it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from outlisten.words import Locale


@dataclass(frozen=True, slots=True)
class Said:
    """The same in English and in Simplified Chinese."""

    en: str
    zh: str

    def text(self, locale: Locale) -> str:
        """What a reader of that language is shown."""
        return self.zh if locale == "zh-hans" else self.en

    @classmethod
    def of(cls, table: object) -> Said:
        """From `{en = "…", zh = "…"}`. Raises ValueError when one is missing or empty."""
        if not isinstance(table, Mapping) or not (str(table.get("en") or "") and str(table.get("zh") or "")):
            raise ValueError(f"a sentence in both languages (en, zh) is needed, not {table!r}")
        return cls(str(table["en"]), str(table["zh"]))
