"""How a file is laid out: everything needed to read its records."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from outlisten.posts.files.delimited import Dialect
from outlisten.posts.files.encodings import Encoding
from outlisten.posts.files.lines import COLUMN

Format = Literal["csv", "tsv", "json-lines", "json", "parquet", "xlsx", "text"]


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything needed to read a file's records. `parts` names the zip members that are read, in order."""

    path: Path
    format: Format
    compression: tuple[str, ...] = ()
    encoding: Encoding = field(default_factory=lambda: Encoding("utf-8"))
    dialect: Dialect | None = None
    key: str | None = None
    parts: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    unsafe: tuple[str, ...] = ()
    salvaged: bool = False
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns known before a record is read; JSON and Parquet tell theirs afterwards."""
        if self.dialect is not None:
            return self.dialect.columns
        return (COLUMN,) if self.format == "text" else ()

    @property
    def first_part(self) -> str:
        """The zip member that is read first; "" for a file that is no archive."""
        return self.parts[0] if self.parts else ""
