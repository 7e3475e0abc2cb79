"""What will be made of a file: found by looking at it, shown to a person, and overridable before anything is
read."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from outlisten.posts.files.columns import TableMaker
from outlisten.posts.files.date_order import DateDecision
from outlisten.posts.files.dates import DateReader
from outlisten.posts.files.layouts import Layout
from outlisten.posts.files.mapping import Mapper
from outlisten.posts.files.presets import Facts, named
from outlisten.words import Locale


@dataclass(frozen=True)
class ImportPlan:
    """Everything `read_batches` needs, and what a person wants to see first.

    `mapping` is {post field: column}. `dates` says how the order of day and month was decided. `sample` holds
    the first posts as they would be kept; `messages` are sentences in `locale`."""

    layout: Layout
    columns: tuple[str, ...]
    mapping: Mapping[str, str]
    preset: str | None
    network: str | None
    zone: str
    dates: DateDecision
    locale: Locale
    now: datetime
    size: int
    siblings: Mapping[str, object] = dataclasses.field(default_factory=dict, repr=False)
    sample: tuple[Mapping[str, object], ...] = ()
    messages: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The file."""
        return self.layout.path

    @property
    def format(self) -> str:
        """csv, tsv, json-lines, json, parquet, xlsx or text."""
        return self.layout.format

    @property
    def compression(self) -> str:
        """The packing from the outside in, such as "zip" or "gzip"; "plain" without any."""
        return "+".join(self.layout.compression) or "plain"

    @property
    def encoding(self) -> str | None:
        """The encoding's name; None for Parquet and XLSX, which settle it themselves."""
        return None if self.layout.format in {"parquet", "xlsx"} else self.layout.encoding.label

    @property
    def facts(self) -> Facts:
        """What a preset may know beside the record."""
        return Facts(self.path.name, siblings=self.siblings)

    def mapper(self) -> Mapper:
        """The mapping as code."""
        preset = named(self.preset) if self.preset else None
        constants = dict(preset.constants) if preset else {}
        if preset and preset.constants_of_name:
            constants.update(preset.constants_of_name(self.path.name))
        if self.network:
            constants["platform"] = self.network.lower()
        maker = TableMaker(
            DateReader(zone_named(self.zone), self.dates.order, self.now),
            constants,
            source=self.path.name,
            now=self.now,
            needs_text=bool(preset and preset.needs_text),
        )
        return Mapper(maker, self.mapping, preset, self.locale)

    def as_dict(self) -> dict[str, object]:
        """The plan as JSON values, for the page that shows it."""
        dialect = self.layout.dialect
        return {
            "path": str(self.path),
            "format": self.format,
            "compression": self.compression,
            "encoding": self.encoding,
            "delimiter": dialect.delimiter if dialect else None,
            "header_line": dialect.header_line if dialect else None,
            "parts": list(self.layout.parts),
            "columns": list(self.columns),
            "mapping": dict(self.mapping),
            "preset": self.preset,
            "network": self.network,
            "zone": self.zone,
            "bytes": self.size,
            "dates": dataclasses.asdict(self.dates),
            "sample": [dict(post) for post in self.sample],
            "messages": list(self.messages),
        }


def zone_named(name: str) -> tzinfo:
    """The zone; UTC needs no database."""
    return UTC if name == "UTC" else ZoneInfo(name)
