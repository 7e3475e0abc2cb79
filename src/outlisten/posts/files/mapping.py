"""Records into tables of posts: by columns, or by the function of a preset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from outlisten.posts.files.columns import Column, TableMaker
from outlisten.posts.files.presets import Facts, Fields, Preset
from outlisten.posts.files.presets.preset import at
from outlisten.posts.files.problems import Rejected, RowProblem
from outlisten.posts.files.records import Record
from outlisten.words import Locale


class Mapper:
    """Turns records into posts. Pure but for the clock its table maker was given."""

    def __init__(
        self, maker: TableMaker, mapping: Mapping[str, str], preset: Preset | None, locale: Locale
    ) -> None:
        self._maker, self._mapping, self._preset, self._locale = maker, mapping, preset, locale

    def table(self, records: Sequence[Record], facts: Facts) -> tuple[pa.Table, list[int], list[Rejected]]:
        """(posts, the line each comes from, rejected rows) of some records of one part of the file."""
        rejected = [self._rejected(record, record.problem) for record in records if record.problem]
        sound = [record for record in records if record.problem is None]
        if self._preset is not None and self._preset.adapt is not None:
            columns, origins, raws = self._adapted(sound, facts, rejected)
        else:
            columns = {field: self._cells(sound, column) for field, column in self._mapping.items()}
            origins, raws = sound, [record.as_json() for record in sound]
        table, problems = self._maker.table(columns, raws)
        for place, problem in problems.items():
            fields = {name: column[place] for name, column in columns.items()}
            rejected.append(self._rejected(origins[place], problem, fields))
        rejected.sort(key=lambda row: row.line)
        lines = [record.line for place, record in enumerate(origins) if place not in problems]
        return table, lines, rejected

    def _cells(self, records: Sequence[Record], column: str) -> Column:
        if "." not in column:
            return [record.cells.get(column) for record in records]
        return [cell_at(record.cells, column) for record in records]

    def _adapted(
        self, records: Sequence[Record], facts: Facts, rejected: list[Rejected]
    ) -> tuple[dict[str, Column], list[Record], list[str]]:
        posts: list[Fields] = []
        origins: list[Record] = []
        for record in records:
            try:
                made = self._adapt(record, facts)
            except RowProblem as problem:
                rejected.append(self._rejected(record, problem, self._mapped(record)))
                continue
            posts.extend(made)
            origins.extend([record] * len(made))
        names = {name for post in posts for name in post}
        raws = [str(post.get("raw") or origin.as_json()) for post, origin in zip(posts, origins, strict=True)]
        return {name: [post.get(name) for post in posts] for name in names - {"raw"}}, origins, raws

    def _adapt(self, record: Record, facts: Facts) -> list[Fields]:
        assert self._preset is not None
        assert self._preset.adapt is not None
        fields = self._mapped(record)
        # What a person chose stands above what the preset makes of it.
        chosen = {
            field: fields[field]
            for field, column in self._mapping.items()
            if self._preset.mapping.get(field) != column
        }
        try:
            return [post | chosen for post in self._preset.adapt(fields, record.cells, facts)]
        except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
            raise RowProblem("not-the-shape", preset=self._preset.name) from error

    def _mapped(self, record: Record) -> dict[str, object]:
        return {field: cell_at(record.cells, column) for field, column in self._mapping.items()}

    def _rejected(self, record: Record, problem: RowProblem, fields: Fields | None = None) -> Rejected:
        told = self._maker.told(fields or {})
        return Rejected(record.line, problem.text(self._locale), record.as_json(), told)


def cell_at(cells: Mapping[str, object], column: str) -> object:
    """The cell of a column, or the value at a dotted path inside the record."""
    value = cells.get(column)
    return at(cells, column) if value is None and "." in column else value
