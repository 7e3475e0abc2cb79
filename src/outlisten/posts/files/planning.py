"""Looking at a file: what it is, which column is which field, how its dates are to be read."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from itertools import islice
from pathlib import Path

from outlisten.posts import schema
from outlisten.posts.files.column_names import guess, longest_text
from outlisten.posts.files.date_order import AMBIGUOUS, DateDecision, OrderSearch
from outlisten.posts.files.dates import Order
from outlisten.posts.files.inspection import inspect
from outlisten.posts.files.json_document import ASSIGNMENT
from outlisten.posts.files.layouts import Layout
from outlisten.posts.files.mapping import cell_at
from outlisten.posts.files.notes import notes
from outlisten.posts.files.opening import open_readers, read_part
from outlisten.posts.files.plan import ImportPlan
from outlisten.posts.files.presets import Preset, Shape, named, recognise
from outlisten.posts.files.problems import FileProblem
from outlisten.posts.files.records import Record
from outlisten.words import Locale

LOOKED_AT, SHOWN = 200, 20
# An id, a source and the raw record are made, not chosen.
FIELDS = tuple(name for name in schema.names("given") if name not in {"id", "source", "raw", "date_only"})


def plan_import(
    path: str | Path,
    preset: str | None = None,
    mapping: Mapping[str, str] | None = None,
    network: str | None = None,
    zone: tzinfo = UTC,
    locale: Locale = "en",
    *,
    encoding: str | None = None,
    dates: Order | None = None,
    now: datetime | None = None,
) -> ImportPlan:
    """What will be made of a file.

    `mapping` {post field: column} overrides the guess field by field; an empty column leaves the field out.
    `network` names the platform, `zone` the zone of dates that have none, `encoding` and `dates` override
    what the bytes and the column of dates suggest. Raises FileProblem with one sentence when the file cannot
    be imported."""
    path = Path(path)
    if encoding is not None:
        _check_encoding(encoding)
    layout = inspect(path, encoding)
    head, columns = _head(layout)
    found = named(preset) if preset else recognise(_shape(layout, columns, head))
    chosen, guessed_text = _mapping(found, columns, head, mapping or {}, layout)
    plan = ImportPlan(
        layout=layout,
        columns=columns,
        mapping=chosen,
        preset=found.name if found else None,
        network=network,
        zone=str(zone),
        dates=DateDecision("year-first", "unambiguous"),
        locale=locale,
        now=now or datetime.now(UTC),
        size=path.stat().st_size,
        siblings=_siblings(layout, found),
    )
    plan = replace(plan, dates=_date_order(plan, found, head, dates))
    table, _, _ = plan.mapper().table(head, plan.facts)
    shown = tuple(_shown(post) for post in table.slice(0, SHOWN).to_pylist())
    return replace(plan, sample=shown, messages=notes(plan, found, guessed_text, table))


def _check_encoding(name: str) -> None:
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise FileProblem("unknown-encoding", encoding=name) from error


def _head(layout: Layout) -> tuple[list[Record], tuple[str, ...]]:
    """(the first records, the columns). Raises the file's problem when there is not one record."""
    for _, reader in open_readers(layout):
        head = list(islice(reader, LOOKED_AT))
        if not head:
            raise reader.problem or FileProblem("no-rows")
        known = layout.columns or getattr(reader, "columns", ())
        return head, known or _keys(head)
    raise FileProblem("no-rows")


def _keys(head: list[Record]) -> tuple[str, ...]:
    """The keys of nested records as dotted paths, in the order in which they appear."""
    paths: dict[str, None] = {}
    for record in head:
        if record.problem is None:
            _walk(record.cells, "", paths, 0)
    return tuple(paths)


def _walk(cells: Mapping[str, object], prefix: str, paths: dict[str, None], depth: int) -> None:
    for key, value in cells.items():
        path = prefix + key
        if isinstance(value, Mapping) and depth < 4 and len(paths) < 1000:
            _walk(value, path + ".", paths, depth + 1)
        else:
            paths.setdefault(path)


def _shape(layout: Layout, columns: tuple[str, ...], head: list[Record]) -> Shape:
    sound = next((record.cells for record in head if record.problem is None), {})
    keys = frozenset(columns) | frozenset(sound)
    return Shape(layout.format, keys, layout.path.name, sound, layout.key, layout.parts)


def _mapping(
    preset: Preset | None,
    columns: tuple[str, ...],
    head: list[Record],
    wanted: Mapping[str, str],
    layout: Layout,
) -> tuple[dict[str, str], str | None]:
    """(mapping, the column taken as text for want of a name)."""
    nested = layout.format in {"json", "json-lines"}
    chosen = guess(columns)
    if preset is not None:
        chosen = {field: column for field, column in preset.mapping.items() if nested or column in columns}
    for field, column in wanted.items():
        _check_choice(field, column, () if nested else columns)
        if column:
            chosen[field] = column
        else:
            chosen.pop(field, None)
    guessed = None
    if preset is None and "text" not in wanted and not _has_words(head, chosen.get("text")):
        chosen.pop("text", None)
        guessed = longest_text([record.cells for record in head if record.problem is None], chosen.values())
        if guessed:
            chosen["text"] = guessed
    return chosen, guessed


def _check_choice(field: str, column: str, columns: tuple[str, ...]) -> None:
    if field not in FIELDS:
        raise FileProblem("unknown-field", field=field, fields=", ".join(FIELDS))
    if column and columns and column not in columns:
        raise FileProblem("unknown-column", column=column, columns=", ".join(columns[:100]))


def _has_words(head: list[Record], column: str | None) -> bool:
    """Whether a column holds words: a column called 评论 may hold the number of comments."""
    if column is None:
        return False
    cells = [cell_at(record.cells, column) for record in head if record.problem is None]
    texts = [cell for cell in cells if isinstance(cell, str) and cell.strip()]
    numbers = sum(text.strip().replace(",", "").isdigit() for text in texts)
    return bool(texts) and numbers < len(texts) / 2


def _siblings(layout: Layout, preset: Preset | None) -> Mapping[str, object]:
    """What the preset's mapping needs from beside the list of records."""
    if preset is None:
        return {}
    if preset.companion:
        found = read_part(layout.path, preset.companion)
        text = ASSIGNMENT.sub("", (found or b"null").decode("utf-8", "replace"), count=1)
        return {preset.companion: json.loads(text)}
    if not preset.needs_siblings or layout.format != "json":
        return {}
    siblings: dict[str, object] = {}
    for _, reader in open_readers(layout):
        for _ in reader:
            pass
        siblings.update(getattr(reader, "siblings", {}))
    return preset.prepare(siblings) if preset.prepare else siblings


def _date_order(
    plan: ImportPlan, preset: Preset | None, head: list[Record], given: Order | None
) -> DateDecision:
    """The order of day and month, from the whole column when the first rows leave it open."""
    if given is not None:
        return DateDecision(given, "given")
    column = plan.mapping.get("created_at")
    if column is None or (preset is not None and preset.settles_dates):
        return plan.dates
    first = (cell_at(record.cells, column) for record in head)
    if not any(isinstance(cell, str) and AMBIGUOUS.match(cell) for cell in first):
        return plan.dates
    search = OrderSearch(plan.now.date())
    for _, reader in open_readers(plan.layout):
        for record in reader:
            if record.problem is None:
                search.add(record.line, cell_at(record.cells, column))
    return search.decision()


def _shown(post: Mapping[str, object]) -> dict[str, object]:
    """A post as JSON values, without what is missing."""
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in post.items()
        if value is not None and name != "raw"
    }
