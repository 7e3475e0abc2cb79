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

    def __str__(self) -> str:
        return self.en

    def text(self, locale: Locale) -> str:
        """What a reader of that language is shown."""
        return self.zh if locale == "zh-hans" else self.en

    @classmethod
    def of(cls, table: object) -> Said:
        """From `{en = "…", zh = "…"}`. Raises ValueError when one is missing or empty."""
        said = [table.get("en"), table.get("zh")] if isinstance(table, Mapping) else []
        match said:
            case [str(en), str(zh)] if en.strip() and zh.strip():
                return cls(en, zh)
        raise ValueError(f"a sentence in both languages (en, zh) is needed, not {table!r}")
